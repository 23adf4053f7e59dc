"""What no contract may say, found in free text in three languages: phrases with their place, lawful look-alikes left alone.

The words and the patterns are the tables `clause_words` and `clause_patterns`; the codes are those of `clause_kinds`.
Here is only the grammar: folding of spellings, sentences, what a "not" reaches. Pure: no Django, no database, no clock.
"""

from .finding import Finding, find_clauses
from .folding import fold
from .kinds import CODES, kind_row
from .terms import Written, why_not_clauses, written_in

__all__ = ["CODES", "Finding", "Written", "find_clauses", "fold", "kind_row", "why_not_clauses", "written_in"]
