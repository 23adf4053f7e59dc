"""Seals: the tokens of the exchange between two nodes, and the journal that proves what was exchanged.

Two halves. JOSE: `forms` (how bytes, numbers, moments and identifiers are written), `keys`, `jws` (signatures),
`jwe` (seals), `tokens` (each kind of token with its members). Journal: the tree, the signed notes and the verifier.

A workshop: pure functions over text and bytes. It knows no database, no clock, no settings and no partner: whether a
key is known, whether a moment is right and what follows from a token is decided by whoever calls. It needs the
standard library and `cryptography`, nothing of Django and nothing of the rest of the house.
"""
