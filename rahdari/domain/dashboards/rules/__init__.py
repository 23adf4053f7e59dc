"""The rules of the figures: what is counted, and which numbers are too small to be told."""
