"""Accounts: the bodies one acts for, the people who sign in, their roles, sessions and tokens.

Nouns: body, person, grant (a role for a body), delegation, session, token, counter.
It is the lowest storey and leans on the ground and the hall alone.
A person signs in once and acts for one body in one role at a time.
"""
