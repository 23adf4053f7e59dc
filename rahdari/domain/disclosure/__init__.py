"""Disclosure: what may travel how far (markings), and the written consents and releases of MOC 3(2).

Nouns: marking, consent (of a state, of a worker), release.
It may lean on accounts, and on nothing of its neighbour organisations.
Every row that came from the partner is read through the markings kept here.
Built now: the markings, the filter that every read of a mirrored row goes through, and the words of the frame.
Narrowing a marking, consents and releases are not built yet: nothing received leaves its marking.
"""
