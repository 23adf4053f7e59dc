"""The doors for people: terms, costs and contract of one case."""
