"""What a judgement is made of: yes, no or not said; what is missing, what stays open, and why.

A fact that was left out says nothing: neither that a thing is there nor that it is
missing. So every question has three answers, and None is *not said*. Pure: no
Django, no database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rahdari.base.reference import Row
from rahdari.base.refusal import Reason


def both(*answers: bool | None) -> bool | None:
    """Yes when every answer is yes, no when one is no, else not said."""
    return False if False in answers else None if None in answers else True


def either(*answers: bool | None) -> bool | None:
    """Yes when one answer is yes, no when every one is no, else not said."""
    return True if True in answers else None if None in answers else False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The needs that are missing, those of which nothing certain was said, the reasons, and the row of the duty judged."""

    missing: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    duty: Row | None = None

    @property
    def eligible(self) -> bool | None:
        """Yes only when everything needed is shown, no when something is missing, None when something was not said."""
        return False if self.missing else None if self.unsaid else True

    @property
    def distance(self) -> tuple[int, bool, int]:
        """How far from eligible, to compare the duties that come into question."""
        return len(self.missing), "skill_test" in self.missing, len(self.unsaid)


def because(code: str, row: Row, about: Mapping[str, object] | None = None, *, rule: str | None = None) -> Reason:
    """A reason decided by a row of reference data; `rule` names the row where it has no column `code`."""
    return Reason(code, about or {}, row["code"] if rule is None else rule, row["source"], row["confidence"])


def joined(parts: Iterable[Judgement]) -> Judgement:
    """The parts as one judgement, in their order."""
    parts = tuple(parts)
    return Judgement(
        tuple(code for part in parts for code in part.missing),
        tuple(code for part in parts for code in part.unsaid),
        tuple(reason for part in parts for reason in part.reasons),
    )
