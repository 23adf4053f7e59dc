"""The doors for people: one's own file, and what one allows."""
