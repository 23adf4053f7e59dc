"""When two organisations may be one, or have the same people behind them: what ties them, and when a person is asked. Pure.

A licence number first, other numbers next, names last. Nothing follows from a tie by itself: a person decides, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.names import compare
from rahdari.names.doors import score

from .names import FIRM, SOMEONE, fold, keys_of_person

MATCH_MOVES = {
    "to_decide": {"same_one", "another", "unsure", "untied"},
    "unsure": {"to_decide", "same_one", "another", "unsure", "untied"},
    "same_one": {"to_decide"},
    "another": {"to_decide"},
    "untied": {"to_decide"},
}
STATE_OF_MATCH = MappingProxyType({"confirm_match": "same_one", "dismiss_match": "another", "doubt_match": "unsure"})
MATCH_GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "confirm_match": ("same_number", "same_people", "own_statement", "seen_on_the_spot"),
        "dismiss_match": ("other_number", "other_people", "other_place", "other_business"),
        "doubt_match": ("papers_asked", "cannot_be_told"),
    }
)
# In the order in which they count; the last four are no number and no card.
SAME_NUMBER, SAME_IDENTIFIER, SAME_PERSON, SAME_ACCOUNT, SAME_PHONE, LIKE_PERSON, SAME_ADDRESS, LIKE_NAME = TIES = (
    "same_number", "same_identifier", "same_person", "same_account", "same_phone", "like_person", "same_address", "like_name",
)  # fmt: skip
HARD = frozenset({SAME_NUMBER, SAME_IDENTIFIER, SAME_PERSON, SAME_ACCOUNT, SAME_PHONE})
PERSONAL = frozenset({SAME_PERSON, SAME_ACCOUNT, SAME_PHONE, LIKE_PERSON})
LIKE_FIRM, LIKE_BANNED_FIRM, LIKE_SOMEONE = 0.8, 0.5, 0.9  # scores from which a name is a reason
SHORTEST_ADDRESS = 12  # letters: a town alone ties nobody


@dataclass(frozen=True, slots=True)
class Someone:
    """A person behind an organisation: the name, and the number of the card where it is known."""

    name: str
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What an organisation is compared by; numbers and phones in their one way of writing."""

    names: tuple[str, ...]
    numbers: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    accounts: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    people: tuple[Someone, ...] = ()
    address: str = ""
    banned: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing two organisations share: its code, how each side writes it, and for names how alike they are."""

    code: str
    ours: str
    theirs: str
    score: float = 1.0

    @property
    def mark(self) -> str:
        """What the tie rests on, the same whichever side is asked first."""
        return f"{self.code} " + " | ".join(sorted((fold(self.ours), fold(self.theirs))))


def ties_between(ours: Side, theirs: Side) -> list[Tie]:
    """Everything the two share, in the order in which it counts."""
    found = [Tie(SAME_NUMBER, one, one) for one in sorted(ours.numbers & theirs.numbers)]
    found += [Tie(SAME_IDENTIFIER, value, value) for _, value in sorted(ours.identifiers & theirs.identifiers)]
    people = list(_same_people(ours.people, theirs.people))
    found += [tie for tie in people if tie.code == SAME_PERSON]
    found += [Tie(SAME_ACCOUNT, one, one) for one in sorted(ours.accounts & theirs.accounts)]
    found += [Tie(SAME_PHONE, one, one) for one in sorted(ours.phones & theirs.phones)]
    found += [tie for tie in people if tie.code == LIKE_PERSON]
    if len(fold(ours.address)) >= SHORTEST_ADDRESS and fold(ours.address) == fold(theirs.address):
        found.append(Tie(SAME_ADDRESS, ours.address, theirs.address))
    best = likest_names(ours.names, theirs.names)
    if best is not None and best.score >= LIKE_BANNED_FIRM:
        found.append(best)
    return found


def _same_people(ours: Sequence[Someone], theirs: Sequence[Someone]) -> Iterator[Tie]:
    heard = {one.name: frozenset(keys_of_person(one.name)) for one in (*ours, *theirs)} if ours and theirs else {}
    for one in ours:
        for other in theirs:
            if one.identity and other.identity:
                if one.identity == other.identity:
                    yield Tie(SAME_PERSON, one.name, other.name)
                continue  # two cards are two people, whatever they are called
            if not heard[one.name] & heard[other.name]:
                continue  # names that share no sounds need not be compared in full
            alike = compare(one.name, other.name, SOMEONE).score
            if alike >= LIKE_SOMEONE:
                yield Tie(LIKE_PERSON, one.name, other.name, alike)


def likest_names(ours: Sequence[str], theirs: Sequence[str]) -> Tie | None:
    """The two names that are most alike, as a tie of whatever score."""
    found = [Tie(LIKE_NAME, one, name, value) for one in ours if theirs for value, name in [score(one, tuple(theirs), FIRM)]]
    return max(found, key=lambda tie: tie.score, default=None)


def is_asked(ties: Iterable[Tie], *, banned: bool) -> bool:
    """Whether a person is asked about two organisations; `banned` where the licence of one of them was taken away.

    A like person or a less like name is reason enough beside a licence that was taken away, and else only beside another one.
    """
    codes = {tie.code for tie in ties}
    like = max((tie.score for tie in ties if tie.code == LIKE_NAME), default=0.0)
    if codes & HARD or like >= LIKE_FIRM:
        return True
    return (banned and bool(codes - {SAME_ADDRESS})) or (LIKE_PERSON in codes and len(codes) > 1)


def why_not_decide(use_case: str, *, state: str, ground: str, entered: bool, taken_by_another: bool) -> list[Refusal]:
    """Why a person cannot decide a match; `entered` where it was they who entered one of the two."""
    against = why_not_move(MATCH_MOVES, state, STATE_OF_MATCH[use_case])
    if ground not in MATCH_GROUNDS[use_case]:
        against.append(Refusal("reason_missing", member="ground"))
    if entered:
        against.append(Refusal("four_eyes"))
    if taken_by_another:
        against.append(Refusal("match_taken"))
    return against
