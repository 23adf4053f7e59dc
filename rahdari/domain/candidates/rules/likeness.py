"""When two files may be of one person: what speaks for it, when a person is asked, what they may decide. Pure.

Numbers first, names last; two honest namesakes are not asked about. Nothing follows by itself: a person decides, with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.domain.organisations.rules.names import keys_of_person
from rahdari.names import compare
from rahdari.names.parsing import PERSON

DIGITS = "0123456789"
MOST_KEYS = 160  # of all names of a file

LIKENESS_MOVES = {
    "to_judge": {"same_person", "other_person", "unsure_person", "unlike"},
    "unsure_person": {"to_judge", "same_person", "other_person", "unsure_person", "unlike"},
    "same_person": {"to_judge", "other_person"},
    "other_person": {"to_judge", "same_person"},
    "unlike": {"to_judge"},
}
MERGE_MOVES = {
    "merge_asked": {"merged", "merge_refused"},
    "merged": {"parted"},
    "merge_refused": set(),
    "parted": set(),
}
VERDICTS = ("same_person", "other_person", "unsure_person")
GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "same_person": ("same_face", "same_papers", "own_word", "card_mistyped"),
        "other_person": ("other_father", "other_face", "other_papers", "own_word"),
        "unsure_person": ("papers_asked", "cannot_be_told"),
    }
)
# In the order in which they count.
CARD_NEARLY, PASSPORT_NEARLY, SAME_PHONE, SAME_BIRTH, BIRTH_NEARLY, LIKE_FATHER, LIKE_NAME = REASONS = (
    "card_nearly", "passport_nearly", "same_phone", "same_birth", "birth_nearly", "like_father", "like_name",
)  # fmt: skip
LIKE, RATHER_LIKE = 0.85, 0.6  # scores of names


@dataclass(frozen=True, slots=True)
class Side:
    """What a file is compared by; numbers without dashes, names in every spelling known."""

    names: tuple[str, ...]
    father: str
    born: dt.date
    card: str
    passport: str = ""
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two files share: codes of the reasons, how alike the names are, how alike the fathers (None where one is unknown)."""

    codes: tuple[str, ...]
    names: float
    fathers: float | None


def nearly(one: str, other: str) -> bool:
    """Whether two numbers differ as by one slip: one digit typed wrongly, or two neighbours changed over."""
    if one == other or len(one) != len(other) or not one:
        return False
    apart = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]


def slips_of(number: str) -> frozenset[str]:
    """Every number that differs by one slip in its digits, as `nearly` tells it; dashes stay where they are."""
    places = [place for place, letter in enumerate(number) if letter.isdecimal()]
    found = {number[:place] + digit + number[place + 1 :] for place in places for digit in DIGITS}
    for one, other in pairwise(places):
        found.add(number[:one] + number[other] + number[one + 1 : other] + number[one] + number[other + 1 :])
    return frozenset(found - {number})


def nearly_born(one: dt.date, other: dt.date) -> bool:
    """Whether two days of birth differ as by one slip: day and month changed over, or another year, month or day alone."""
    if one == other:
        return False
    swapped = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    return swapped or (same == 2 and abs(one.year - other.year) <= 10)


def likeness_of(ours: Side, theirs: Side) -> Likeness:
    """Everything that speaks for one person."""
    names = max((compare(one, other, PERSON).score for one in ours.names for other in theirs.names), default=0.0)
    fathers = compare(ours.father, theirs.father, PERSON).score if ours.father and theirs.father else None
    told = {
        CARD_NEARLY: nearly(ours.card, theirs.card),
        PASSPORT_NEARLY: nearly(ours.passport, theirs.passport),
        SAME_PHONE: bool(ours.phones & theirs.phones),
        SAME_BIRTH: ours.born == theirs.born,
        BIRTH_NEARLY: nearly_born(ours.born, theirs.born),
        LIKE_FATHER: fathers is not None and fathers >= LIKE,
        LIKE_NAME: names >= LIKE,
    }
    return Likeness(tuple(code for code in REASONS if told[code]), names, fathers)


def is_asked(found: Likeness) -> bool:
    """Whether a person is asked about the two.

    A like name alone never is a reason, nor a like name with the same birthday where the fathers differ: birthdays on the first
    of January and frequent names are common, and both may be honest people.
    """
    codes = set(found.codes)
    if CARD_NEARLY in codes and found.names >= RATHER_LIKE:
        return True
    if codes & {PASSPORT_NEARLY, SAME_PHONE} and found.names >= LIKE and codes & {SAME_BIRTH, BIRTH_NEARLY}:
        return True
    if LIKE_NAME not in codes:
        return False
    if SAME_BIRTH in codes:
        return found.fathers is None or found.fathers >= RATHER_LIKE
    return BIRTH_NEARLY in codes and LIKE_FATHER in codes


def why_not_judge(*, state: str, verdict: str, ground: str, merged: bool) -> list[Refusal]:
    """Why a person cannot judge so; what was made one must be parted first."""
    if verdict not in VERDICTS:
        return [Refusal("verdict_unknown", member="verdict")]
    against = [] if state == verdict else why_not_move(LIKENESS_MOVES, state, verdict)
    if ground not in GROUNDS[verdict]:
        against.append(Refusal("reason_missing", member="ground"))
    if merged:
        against.append(Refusal("merged_already"))
    return against


def why_not_merge(*, state: str, ended: Sequence[bool]) -> list[Refusal]:
    """Why two files cannot be made one: nobody judged them to be of one person, or one has ended."""
    against = [] if state == "same_person" else [Refusal("not_judged_same")]
    return against + ([Refusal("file_ended")] if any(ended) else [])


def why_not_end(*, others: bool) -> list[Refusal]:
    """`file_has_others` for a file that is to end in which `others` ended: the way back would be lost in a chain."""
    return [Refusal("file_has_others", member="keep")] if others else []


def keys_of_names(names: Iterable[str]) -> list[str]:
    """What a file is found by whose names are these; to be kept blinded alone."""
    return list(dict.fromkeys(key for name in names if name for key in keys_of_person(name)))[:MOST_KEYS]
