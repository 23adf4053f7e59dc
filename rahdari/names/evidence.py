"""What speaks for and against two names being one: a few numbers, each of which can be said in words.

`weighed` turns them into the log-odds; the weights are in `weights.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.names import lexicon
from rahdari.names.alignment import ARTICLES, Pairing, align, span_cost
from rahdari.names.folding import KANA, KANJI, LATIN
from rahdari.names.frequency import CLAN, are_two_names, kind_of
from rahdari.names.kanji import known_key
from rahdari.names.known import known_apart
from rahdari.names.parsing import ORGANISATION, PERSON, PLACE, Name, Part

GENERIC_TRADE = {"service", "agency", "solution", "group", "works", "center", "office", "international", "sons", "brothers"}
NO_FATHER = 1.5  # stands for the cost per unit of a father's first word without a partner
TORN = 1.5  # cost per unit above which two words are paired only because no others are left
WEAK = 0.8  # cost per unit above which a pairing is doubtful
UNSURE = 0.1  # per unit: known names that near each other may be one in two spellings
ONE_WORD = 0.45  # cost per unit up to which two words beside the names are one
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The pairing of two names, what stayed alone on each side, and the numbers made of it."""

    pairings: tuple[Pairing, ...]
    alone_left: tuple[Part, ...]
    alone_right: tuple[Part, ...]
    features: Features


def evidence(left: Name, right: Name) -> Evidence:
    """The evidence of the best way to read both names."""
    best: tuple[float, list[Pairing]] | None = None
    for rank, ours in enumerate(_ways(left, right)):
        for other_rank, theirs in enumerate(_ways(right, left)):
            pairings = align(ours, theirs)
            paired = sum(len(one.left) for one in pairings), sum(len(one.right) for one in pairings)
            gain = sum(1.9 * one.length - one.cost for one in pairings) - 0.3 * (rank + other_rank)
            gain -= 4.0 * min(len(ours) - paired[0], len(theirs) - paired[1])
            if best is None or gain > best[0]:
                best, chosen = (gain, pairings), (ours, theirs)
    assert best is not None
    pairings = best[1]
    alone_left = _alone(chosen[0], [part for one in pairings for part in one.left], right)
    alone_right = _alone(chosen[1], [part for one in pairings for part in one.right], left)
    features = _of_pairings(pairings, alone_left, alone_right, left.kind)
    features |= (
        _of_firms(left, right) if left.kind == ORGANISATION else _of_persons(left, right, pairings, alone_left, alone_right)
    )
    return Evidence(tuple(pairings), tuple(alone_left), tuple(alone_right), features)


def _ways(name: Name, other: Name) -> tuple[tuple[Part, ...], ...]:
    """How a name may be parted; against a name without a space also with its titles, since that has them within."""
    if other.joined and not name.joined and 1 < len(name.spoken) < 5 and len(name.spoken) > len(name.core):
        return (*name.ways, name.spoken)
    return name.ways


def _alone(core: tuple[Part, ...], paired: list[Part], other: Name) -> list[Part]:
    """The words of one side without partner, also not among what goes with the other name."""
    left = list(core)
    for part in paired:
        if part in left:
            left.remove(part)
    titles = {lexicon.CLAN_TITLE, lexicon.MUHAMMAD}
    return [part for part in left if part.kind not in titles and not any(_same_word(part, one) for one in other.beside)]


def _same_word(one: Part, other: Part) -> bool:
    if one.codes and one.codes == other.codes:
        return True
    if KANJI in (one.script, other.script) or len(other.text) < 3:
        return False
    cost, length = span_cost((one,), (other,))
    return cost < ONE_WORD * length


def _of_pairings(pairings: list[Pairing], alone_left: list[Part], alone_right: list[Part], kind: str) -> Features:
    shares = sorted(one.share for one in pairings)
    worst = shares[-1] if shares else 2.0
    conflict = min(len(alone_left), len(alone_right))
    apart = [
        known_apart(one.left[0], one.right[0]) for one in pairings if one.share > UNSURE and len(one.left) == len(one.right) == 1
    ]
    farthest = max((far for far, _ in apart), default=0.0)
    return {
        "worst": worst,
        "worst_over_half": max(0.0, worst - 0.5),
        "worst_over_one": max(0.0, worst - 0.9),
        "two_names": float(
            any(len(one.left) == len(one.right) == 1 and are_two_names(one.left[0], one.right[0]) for one in pairings)
        ),
        "known_apart": max(0.0, farthest - UNSURE),
        "other_gender": float(kind == PERSON and any(other and far > UNSURE for far, other in apart)),
        "torn": float(any(one.cost > TORN * one.length for one in pairings)),
        "weak": float(sum(one.share > WEAK for one in pairings)),
        "cost": sum(one.cost for one in pairings),
        "one": float(len(pairings) == 1),
        "conflict": float(conflict > 0),
        "more_conflict": float(max(0, conflict - 1)),
        "missing": float(max(len(alone_left), len(alone_right)) - conflict),
    }


def _of_persons(left: Name, right: Name, pairings: list[Pairing], alone_left: list[Part], alone_right: list[Part]) -> Features:
    fathers = 0.0
    father_worst = 0.0
    if left.father and right.father:
        pairs = align(left.father, right.father)
        # A father's family name is also his child's: the first words tell fathers apart.
        ours = min((one.share for one in pairs if left.father[0] in one.left), default=NO_FATHER)
        theirs = min((one.share for one in pairs if right.father[0] in one.right), default=NO_FATHER)
        father_worst = max(ours, theirs)
        fathers = 1.0
    words = [one for one in pairings if not all(part.text in ARTICLES for part in one.left + one.right)]
    fewest = min(sum(part.text not in ARTICLES for part in name.core) for name in (left, right))
    missing = bool(alone_left) != bool(alone_right)
    swapped = len(words) == 2 and words[0].swapped and not alone_left and not alone_right
    clans = sum(any(kind_of(part) == CLAN for part in one.left + one.right) for one in pairings)
    common = all(any(kind_of(part) for part in one.left + one.right) for one in pairings)
    lone = alone_left + alone_right
    kanji = any(part.script == KANJI for name in (left, right) for part in name.core)
    return {
        "father_known": fathers,
        "father_differs": fathers * max(0.0, father_worst - 0.3),
        "single_of_more": float(fewest == 1 and len(words) == 1 and missing and not (left.joined or right.joined)),
        "two_swapped": float(swapped and not clans and not (kanji or _is_japanese(left) or _is_japanese(right))),
        "two_swapped_common": float(swapped and common and not clans),
        "common_and_more": float(missing and common),
        "clan_left_out": float(missing and any(kind_of(part) == CLAN for part in lone)),
        "clan_differs": float(bool(alone_left) and bool(alone_right) and all(kind_of(part) == CLAN for part in lone)),
        "missing_one_left": float(missing and len(words) == 1),
    }


def _is_japanese(name: Name) -> bool:
    """Whether all words of a name in kana or romaji are known Japanese names, which stand in either order."""
    return all(part.script in (KANA, LATIN) and known_key(part.text, part.script) for part in name.core)


def _of_firms(left: Name, right: Name) -> Features:
    forms = _form(left), _form(right)
    return firms_apart(left.codes(lexicon.TRADE), right.codes(lexicon.TRADE)) | {
        "form_differs": float(all(forms) and forms[0] != forms[1]),
        "places": float(bool(_places(left)) and bool(_places(right))),
    }


def firms_apart(ours: frozenset[str], theirs: frozenset[str]) -> Features:
    """What the trades of two firms say."""
    firm_ours, firm_theirs = ours - GENERIC_TRADE, theirs - GENERIC_TRADE
    shared = len(firm_ours & firm_theirs)
    union = len(firm_ours | firm_theirs)
    both = bool(firm_ours) and bool(firm_theirs)
    return {
        "trade_shared": shared / union if union else float(bool(ours & theirs)),
        "trade_differs": float(both and not shared) + (0.5 if both and shared and shared < union else 0.0),
        "trade_left_out": float(bool(ours) != bool(theirs)),
        "trade_generic_differs": float(not both and bool(ours) and bool(theirs) and not ours & theirs),
    }


def _form(name: Name) -> str:
    codes = name.codes(lexicon.LEGAL)
    for form in ("cooperative", "association"):
        if form in codes:
            return form
    return "company" if codes else ""


def _places(name: Name) -> list[Part]:
    return [part for part in name.beside if part.kind == PLACE]
