"""How often each door of signing in may be tried: from one address, for one account, and what may be spent on codes.

Thousands share one address of a mobile network, so a bound by address is high and only stops a flood; a phone, an
account or a person is bound first. A phone that came in on this device before is bound by its own number alone.
"""

from rahdari.web.rates import Rate

PASSWORD = Rate("password", minutes=15, by_address=40, by_account=10)
SECOND = Rate("second-factor", minutes=15, by_address=60, by_account=8)
PASSKEY = Rate("passkey", minutes=5, by_address=40, by_account=40)
# A code that got lost, one mistyped, one more: four. A day of a bad network: ten. More is somebody else's phone being rung.
ASK_CODE = Rate("ask-code", minutes=30, by_address=600, by_account=4)
ASK_CODE_DAY = Rate("ask-code-day", minutes=24 * 60, by_account=10)
# Numbers given out together: who earns by messages to numbers rents them so. A hall full of people lies in many blocks.
CODES_OF_BLOCK = Rate("codes-of-block", minutes=60, by_account=30)
# A code counts for five tries; ten are two codes. From one address as many as ask there.
ENTER_CODE = Rate("enter-code", minutes=15, by_address=600, by_account=10)
# The card of somebody else is not found by trying: six times a day from one phone that is held.
OPEN_ACCOUNT = Rate("open-account", minutes=24 * 60, by_address=2400, by_account=6)
# A family of five, and each asked twice.
ASK_PROXY = Rate("ask-proxy", minutes=24 * 60, by_address=1200, by_account=10)
ASK_PASSWORD = Rate("ask-password", minutes=60, by_address=20, by_account=3)
LINK = Rate("link", minutes=15, by_address=30, by_account=10)
COUNTER = Rate("counter", minutes=60, by_address=120, by_account=40)


def codes_of_node(most: int) -> Rate:
    """What the whole node may send in an hour: the setting of whoever pays for the messages."""
    return Rate("codes-of-node", minutes=60, by_account=most)
