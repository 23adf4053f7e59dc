"""Seals: JOSE tokens, envelopes, journal and verifier of the exchange. Pure; no Django, nothing of rahdari.

Not built yet.
"""
