"""Two names compared: a score from 0 to 1, part by part, with the reasons.

The score is the probability that a careful bilingual clerk, who sees the two names alone, would call them the same name.
It says nothing about whether the two are the same person or firm: that is decided by a person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rahdari.names import lexicon
from rahdari.names.evidence import Evidence, Features, evidence
from rahdari.names.folding import KANA, KANJI, LATIN, fold, script_of
from rahdari.names.parsing import ORGANISATION, PERSON, Name, Part, parse
from rahdari.names.weights import WEIGHTS

SAME, ALIKE, NEAR, OTHER = "same", "alike", "near", "other"
_ALIKE_UP_TO, _NEAR_UP_TO = 0.45, 0.9  # cost per unit
LACKS = 4.0  # log-odds, in a register: a part more or less
TURNED = {ORGANISATION: 4.0, PERSON: 1.0}  # parts in another order
TURNED_WITHIN = 6.0  # the same of a person, where it is not that the family name stands first here and last there
LEAST_SAID = 0.15  # log-odds under which a number is no reason

# The numbers of the evidence that are said together, by the code they are said with.
SAID_AS: dict[str, tuple[str, ...]] = {
    "one_part_in_common": ("one",),
    "parts_sound_apart": ("worst", "worst_over_half", "worst_over_one", "cost", "torn", "weak"),
    "other_part": ("two_names", "known_apart", "other_gender", "conflict", "more_conflict", "clan_differs"),
    "part_missing": ("missing", "missing_one_left", "clan_left_out"),
    "frequent_name": ("common_and_more",),
    "only_family_name": ("single_of_more",),
    "parts_swapped": ("two_swapped", "two_swapped_common"),
    "other_father": ("father_known", "father_differs"),
    "trade_agrees": ("trade_shared",),
    "other_trade": ("trade_differs", "trade_generic_differs"),
    "trade_left_out": ("trade_left_out",),
    "other_legal_form": ("form_differs",),
    "places_named": ("places",),
}
CODES = frozenset(SAID_AS)
_CODE_OF = {name: code for code, names in SAID_AS.items() for name in names}


@dataclass(frozen=True, slots=True)
class PartScore:
    """Two words of the names side by side (one of them empty if it has no partner), how alike they are, and as what."""

    left: str
    right: str
    score: float
    code: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, and how much it moves the score: log-odds, above 0 for the same name."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of `compare`."""

    score: float
    parts: tuple[PartScore, ...]
    reasons: tuple[Reason, ...]


def normalise(text: str, kind: str = "") -> Name:
    """A name folded and taken apart; without a kind, a firm is told by its legal form or trade."""
    return parse(text, kind or guess_kind(text))


def guess_kind(text: str) -> str:
    """`organisation` if the text has a legal form, or words of a trade behind a name; else `person`."""
    name = parse(text, ORGANISATION)
    if any(part.kind == lexicon.LEGAL for part in name.beside):
        return ORGANISATION
    trades = name.codes(lexicon.TRADE) - {"sons", "brothers", "iron", "care"}
    return ORGANISATION if trades and name.core else PERSON


def compare(left: str | Name, right: str | Name, kind: str = "") -> Comparison:
    """Compares two names of one kind; without a kind, firms if either of the two looks like one.

    Which name is the left one does not matter to the score.
    """
    if not kind:
        told = [one.kind if isinstance(one, Name) else guess_kind(one) for one in (left, right)]
        kind = ORGANISATION if ORGANISATION in told else PERSON
    ours, theirs = (one if isinstance(one, Name) and one.kind == kind else parse(_text(one), kind) for one in (left, right))
    if ours.folded == theirs.folded and ours.folded:
        return Comparison(1.0, tuple(PartScore(part.text, part.text, 1.0, SAME) for part in ours.core), ())
    if ours.folded > theirs.folded:
        return _turned(_compared(theirs, ours))
    return _compared(ours, theirs)


def _compared(left: Name, right: Name) -> Comparison:
    found = evidence(left, right)
    return Comparison(score_of(found, left.kind), _parts(found, left, right), _reasons(found.features, left.kind))


def _turned(found: Comparison) -> Comparison:
    parts = tuple(PartScore(part.right, part.left, part.score, part.code) for part in found.parts)
    return Comparison(found.score, parts, found.reasons)


def score_found(query: Name, found: Name) -> float:
    """The score of a name found in a register, of one kind with the query.

    As `compare`, but a part that one name has more, or parts in another order, count against it: among many names there is
    nearly always one that shares two parts.
    """
    if query.folded == found.folded:
        return 1.0
    told = evidence(*sorted((query, found), key=lambda name: name.folded))
    turned = TURNED[query.kind] if any(one.swapped for one in told.pairings) else 0.0
    if query.kind == PERSON and any(one.within for one in told.pairings):
        turned = TURNED_WITHIN
    return _probability(_odds(told.features, query.kind) - LACKS * told.features["missing"] - turned)


def to_compare(script: str, names: Sequence[str]) -> list[str]:
    """Of the names an entry of a register goes by, those a query in this script is compared with.

    Those in the same script, if there are such. A name in kanji whose reading the register tells in kana or Latin letters is read
    so, and not as its kanji may be read else.
    """
    by_script: dict[str, list[str]] = {}
    for name in names:
        by_script.setdefault(script_of(fold(name)), []).append(name)
    if script in by_script:
        return by_script[script]
    if KANJI in by_script and (KANA in by_script or LATIN in by_script):
        return [name for name in names if name not in by_script[KANJI]]
    return list(names)


def _text(name: str | Name) -> str:
    return name if isinstance(name, str) else name.folded


def score_of(found: Evidence, kind: str) -> float:
    """The probability the weights give to a piece of evidence."""
    return _probability(_odds(found.features, kind))


def _odds(features: Features, kind: str) -> float:
    weights = WEIGHTS[kind]
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _probability(odds: float) -> float:
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds)))), 6)


def _reasons(features: Features, kind: str) -> tuple[Reason, ...]:
    weights = WEIGHTS[kind]
    moved: dict[str, float] = {}
    for name, value in features.items():
        code = _CODE_OF[name]
        moved[code] = moved.get(code, 0.0) + weights.get(name, 0.0) * value
    reasons = (Reason(code, round(weight, 2)) for code, weight in moved.items() if abs(weight) >= LEAST_SAID)
    return tuple(sorted(reasons, key=lambda one: (-abs(one.weight), one.code)))


def _parts(found: Evidence, left: Name, right: Name) -> tuple[PartScore, ...]:
    parts: list[PartScore] = []
    for one in found.pairings:
        code = SAME if one.cost == 0 else ALIKE if one.share <= _ALIKE_UP_TO else NEAR if one.share <= _NEAR_UP_TO else OTHER
        parts.append(PartScore(_joined(one.left), _joined(one.right), round(math.exp(-one.share), 3), code))
    parts += [PartScore(part.text, "", 0.0, "alone") for part in found.alone_left]
    parts += [PartScore("", part.text, 0.0, "alone") for part in found.alone_right]
    if left.father or right.father:
        parts.append(PartScore(_joined(left.father), _joined(right.father), 0.0, "father"))
    for kind in (lexicon.TRADE, lexicon.LEGAL, lexicon.TITLE, lexicon.CLAN_TITLE, lexicon.MUHAMMAD, "place"):
        ours, theirs = (tuple(part for part in name.beside if part.kind == kind) for name in (left, right))
        if ours or theirs:
            same = left.codes(kind) == right.codes(kind) and kind != "place"
            parts.append(PartScore(_joined(ours), _joined(theirs), float(same), kind))
    return tuple(parts)


def _joined(parts: tuple[Part, ...]) -> str:
    return " ".join(part.text for part in parts)
