"""What the blind indexes of this package are for: equal values are found by one another within a purpose alone."""

CNIC, PASSPORT, NAME_KEY = "candidates.cnic", "candidates.passport", "candidates.name_key"
