"""How often each door of signing in may be tried: from one address, for one account."""

from rahdari.web.rates import Rate

PASSWORD = Rate("password", minutes=15, by_address=40, by_account=10)
SECOND = Rate("second-factor", minutes=15, by_address=60, by_account=8)
PASSKEY = Rate("passkey", minutes=5, by_address=40, by_account=40)
ASK_CODE = Rate("ask-code", minutes=30, by_address=20, by_account=4)
ENTER_CODE = Rate("enter-code", minutes=15, by_address=60, by_account=10)
ASK_PASSWORD = Rate("ask-password", minutes=60, by_address=20, by_account=3)
LINK = Rate("link", minutes=15, by_address=30, by_account=10)
COUNTER = Rate("counter", minutes=60, by_address=120, by_account=40)
