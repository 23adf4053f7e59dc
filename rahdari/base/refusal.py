"""Why something is so, and why something is refused.

Rules return these as data: a code and the values that belong to it. The words
are found later, in the reader's language, by `rahdari.web.words`. Nothing of
Django, no clock and no database may be brought in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of an answer, still without words.

    `code` picks the wording; `about` holds the values the wording names. `rule`
    is the code of the reference row that decided, `source` the tags of
    `sources.csv` (or an address), `confidence` is high, medium, low or empty
    when no row of law was needed.
    """

    code: str
    about: Mapping[str, object] = field(default_factory=dict)
    rule: str = ""
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Refusal(Reason):
    """A reason not to do what was asked; `member` is the input it stands beside, if one."""

    member: str = ""


class Refused(Exception):
    """The action was not done and left nothing behind; holds every refusal, not only the first."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.code for refusal in self.refusals))
