"""Disclosure: what may travel how far (markings), and the written consents and releases of MOC 3(2).

Nouns: marking, consent (of a state, of a worker), release.
It may lean on accounts, and on nothing of its neighbour organisations.
Every row that came from the partner is read through the markings kept here.
Not built yet: until it is, nothing from a partner is stored, so nothing can leak.
"""
