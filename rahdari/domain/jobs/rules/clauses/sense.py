"""What a "not" reaches: whether a thing is said or denied, counted by negations within the clause it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .grammar import Grammar

DENIES = ("not", "ban")
HARMS = ("harm", "leave_needed")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its conditions and its negations marked."""

    text: str
    conditions: tuple[tuple[int, int], ...]
    edges: tuple[int, ...]
    denials: tuple[tuple[int, int], ...]
    harms: tuple[tuple[int, int], ...]
    refusals: tuple[tuple[int, int], ...]
    lead_denied: bool
    negation_follows: bool


def read(grammar: Grammar, text: str, lead: str = "") -> Reading:
    """Marks in a sentence where conditions, edges of clauses and negations stand."""
    masked = _masked(grammar, text)
    conditions = tuple(hit.span() for hit in _all(grammar, "condition", masked))
    # "shall not keep, take or restrict": one negation at the end for all of them.
    parted = [] if _all(grammar, "joint", text) else _all(grammar, "edge", text)
    edges = tuple(sorted({hit.start() for hit in parted} | {end for _, end in conditions}))
    return Reading(
        text=text,
        conditions=conditions,
        edges=edges,
        denials=_hits(grammar, DENIES, masked),
        harms=_hits(grammar, HARMS, masked),
        refusals=_hits(grammar, ("refuse",), masked),
        lead_denied=bool(len(_hits(grammar, DENIES, _masked(grammar, lead))) % 2),
        negation_follows=grammar.language == "ja",
    )


def conditional(reading: Reading, begin: int) -> bool:
    """Whether something stands in a condition, so that it is supposed and not said."""
    return any(first <= begin < last for first, last in reading.conditions)


def denied(reading: Reading, begin: int, end: int) -> bool:
    """Whether the act at this place is denied: an odd number of negations reach it."""
    first, last = _clause(reading, begin, end)
    return _odd(reading, reading.denials, begin if reading.negation_follows else first, last)


def withheld(reading: Reading, begin: int, end: int) -> bool:
    """Whether a giving back is denied or refused, and not forbidden to be refused."""
    first, last = _clause(reading, begin, end)
    first = begin if reading.negation_follows else first
    return _odd(reading, tuple(sorted(reading.denials + reading.refusals)), first, last)


def barred(reading: Reading, begin: int, end: int, within: int) -> tuple[int, int] | None:
    """The stretch of the negations, prohibitions and ill effects that bar something; None when it is left free."""
    first, last = _clause(reading, begin, end)
    denials, harms = (
        [hit for hit in hits if first <= hit[0] < last and not conditional(reading, hit[0])]
        for hits in (reading.denials, reading.harms)
    )
    harms = [one for one in harms if not any(one[0] < hit[1] and hit[0] < one[1] for hit in denials)]
    near = [hit for hit in denials + harms if hit[0] <= end + within and hit[1] >= begin - within]
    # "dismissed and sent home" bars once, however many ill effects are told.
    odd = bool((len(denials) + bool(harms)) % 2) != reading.lead_denied
    if not odd or not (near or reading.lead_denied):
        return None
    return (min(hit[0] for hit in near), max(hit[1] for hit in near)) if near else (begin, end)


def _clause(reading: Reading, begin: int, end: int) -> tuple[int, int]:
    """The clause around something; where it stands in a condition, with the clause that follows from it."""
    within = next((one for one in reading.conditions if one[0] <= begin < one[1]), None)
    end = max(end, within[1] + 1) if within else end
    first = max((edge for edge in reading.edges if edge <= begin), default=0)
    last = min((edge for edge in reading.edges if edge >= end), default=len(reading.text))
    return first, last


def _odd(reading: Reading, hits: tuple[tuple[int, int], ...], first: int, last: int) -> bool:
    counted = [hit for hit in hits if first <= hit[0] < last and not conditional(reading, hit[0])]
    return bool(len(counted) % 2) != reading.lead_denied


def _all(grammar: Grammar, name: str, text: str) -> list[re.Match[str]]:
    return list(grammar.words[name].finditer(text)) if name in grammar.words else []


def _hits(grammar: Grammar, names: tuple[str, ...], text: str) -> tuple[tuple[int, int], ...]:
    """Where the classes stand, each stretch of text counted once."""
    held: list[tuple[int, int]] = []
    for hit in (hit for name in names for hit in _all(grammar, name, text)):
        if not any(begin < hit.end() and hit.start() < end for begin, end in held):
            held.append(hit.span())
    return tuple(sorted(held))


def _masked(grammar: Grammar, text: str) -> str:
    """The sentence with what only looks like a negation blanked out: "no later than", "must" said as "not without"."""
    blank = grammar.words.get("no_negation")
    return blank.sub(lambda hit: "\x00" * len(hit[0]), text) if blank else text
