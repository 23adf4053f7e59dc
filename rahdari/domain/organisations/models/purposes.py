"""What the blind indexes of this package are for: equal values are found by one another within a purpose alone."""

PHONE, IDENTITY, NAME, ACCOUNT = (f"organisations.{one}" for one in ("phone", "identity", "name", "account"))
NAME_KEY = "organisations.name_key"
