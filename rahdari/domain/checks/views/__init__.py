"""Pages of the checkers, and of the papers anyone can check."""
