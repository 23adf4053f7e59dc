"""Names: the same person or firm recognised across Latin, Urdu and Japanese script.

`normalise` takes a name apart, `compare` tells how alike two names are and why, `Index` finds names among a million.
Text is folded (`folding`), cut into sounds (`sounds`) and compared with learnt costs (`letters`); kanji are read
(`kanji`); titles, legal forms and trades are known in three languages (`lexicon`, `parsing`).

A workshop: pure functions, the same answer for the same names. It needs the standard library alone, nothing of Django
and nothing of the rest of the house. It gives codes; words for people are said where they are shown.
"""

from rahdari.names.comparing import CODES, Comparison, PartScore, Reason, compare, guess_kind, normalise
from rahdari.names.index import Entry, Hit, Index

__all__ = ["CODES", "Comparison", "Entry", "Hit", "Index", "PartScore", "Reason", "compare", "guess_kind", "normalise"]
