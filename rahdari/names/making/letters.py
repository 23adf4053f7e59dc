"""Learns which unit of one script stands for which of another, from lists of the same name written in several scripts.

The model is a pair of units at a time (one unit for one, one for none, none for one), its weights found by expectation
and maximisation over all alignments. It keeps sounds, not names: there are a few thousand numbers in all, and no name
could be read out of them.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rahdari.names.folding import KANA, LATIN, URDU, fold, script_of
from rahdari.names.making import spelling
from rahdari.names.sounds import Units, units_of

SIDES = {"latin-urdu": (LATIN, URDU), "kana-latin": (KANA, LATIN), "kana-urdu": (KANA, URDU)}
SAME = {"latin-latin": (LATIN, LATIN), "urdu-urdu": (URDU, URDU), "kana-kana": (KANA, KANA)}
ROUNDS, MOST_FORMS, DEAREST = 6, 3, 6.0
FIRM = 2.6  # the least that leaving out a firm consonant costs
FLOOR = 1e-6
NONE = ""
Pair = tuple[Units, Units, float]
Weights = dict[tuple[str, str], float]

_CLEAN = {
    LATIN: re.compile(r"[a-z' -]{3,}"),
    URDU: re.compile(r"[\u0621-\u064a\u066e-\u06d3 ]{2,}"),
    KANA: re.compile(r"[\u30a1-\u30fc]{2,}"),
}
_URDU_ONLY = re.compile("[ٹڈڑھےگچ]")


def sets_of(persons: Path) -> Iterator[dict[str, list[str]]]:
    """The lines `form, form, … => item` of rigour's list of name items, as folded forms by script."""
    for line in persons.read_text(encoding="utf-8").splitlines():
        forms: dict[str, list[str]] = defaultdict(list)
        for raw in line.rsplit("=>", 1)[0].split(","):
            form = fold(raw.strip())
            script = script_of(form)
            if script in _CLEAN and _CLEAN[script].fullmatch(form) and form not in forms[script]:
                forms[script].append(form)
        yield forms


def pairs_of(persons: Path, towns: Iterable[Path], left: str, right: str) -> list[Pair]:
    """Pairs of units with a weight each; only sets that have Urdu or kana forms tell anything about this corridor."""
    pairs: list[Pair] = []
    for place, forms in enumerate(sets_of(persons)):
        if not forms.get(URDU) and place % 4:
            continue  # enough of the rest of the world
        if not (forms.get(URDU) or ((left, right) in (SAME["kana-kana"], SIDES["kana-latin"]) and forms.get(KANA))):
            continue
        weight = (3.0 if _URDU_ONLY.search("".join(forms[URDU])) else 2.0) if forms.get(URDU) else 1.0
        chosen = [
            (one, other)
            for one in forms.get(left, ())[:MOST_FORMS]
            for other in forms.get(right, ())[:MOST_FORMS]
            if left != right or one != other
        ]
        pairs += [(units_of(one, left), units_of(other, right), weight / len(chosen)) for one, other in chosen]
    for path in towns:
        for row in csv.DictReader(path.open(encoding="utf-8")):
            pair = {LATIN: fold(row.get("latin") or row.get("district") or ""), URDU: fold(row.get("urdu") or "")}
            words = {script: text.split() for script, text in pair.items()}
            if left in words and right in words and left != right and len(words[left]) == len(words[right]):
                both = zip(words[left], words[right], strict=True)
                pairs += [(units_of(one, left), units_of(other, right), 4.0) for one, other in both]
    return [pair for pair in pairs if 1 < len(pair[0]) < 14 and 1 < len(pair[1]) < 14]


def learn(pairs: list[Pair]) -> Weights:
    """The joint probability of each pair of units, by expectation and maximisation."""
    weights: Weights = {}
    for turn in range(ROUNDS):
        counts: Weights = defaultdict(float)
        bar = -3.2 if turn > 1 else -99.0  # sets also hold forms that are other names: leave out what reads badly
        for left, right, weight in pairs:
            _expect(left, right, weights, counts, weight, bar)
        everything = sum(counts.values())
        weights = {pair: count / everything for pair, count in counts.items() if count > 1e-3}
    return weights


def _probability(weights: Weights, one: str, other: str) -> float:
    if weights:
        return weights.get((one, other), 0.0) + FLOOR * (0.2 if one and other else 0.05)
    return 1e-2 if one and other else 2e-3


def _ahead(left: Units, right: Units, weights: Weights) -> list[list[float]]:
    """The probability of each beginning of the left with each beginning of the right."""
    table = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    table[0][0] = 1.0
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i and j:
                table[i][j] += table[i - 1][j - 1] * _probability(weights, left[i - 1], right[j - 1])
            if i:
                table[i][j] += table[i - 1][j] * _probability(weights, left[i - 1], NONE)
            if j:
                table[i][j] += table[i][j - 1] * _probability(weights, NONE, right[j - 1])
    return table


def _expect(left: Units, right: Units, weights: Weights, counts: Weights, weight: float, bar: float) -> None:
    """Adds the expected uses of each pair of units in all alignments of two words."""
    n, m = len(left), len(right)
    ahead = _ahead(left, right, weights)
    behind = [row[::-1] for row in _ahead(left[::-1], right[::-1], weights)[::-1]]
    total = ahead[n][m]
    if total <= 0 or math.log(total) / (n + m) < bar:
        return
    for i in range(n + 1):
        for j in range(m + 1):
            here = ahead[i][j] * weight / total
            steps = [(left[i], right[j], behind[i + 1][j + 1])] if i < n and j < m else []
            steps += [(left[i], NONE, behind[i + 1][j])] if i < n else []
            steps += [(NONE, right[j], behind[i][j + 1])] if j < m else []
            for one, other, rest in steps:
                counts[one, other] += here * _probability(weights, one, other) * rest


def costs_of(weights: Weights, name: str) -> dict[str, dict[str, float]]:
    """What each pair costs: how much rarer it is than the commonest partner of either unit, in nats, halved over both.

    What `spelling` knows holds above that: a listed pair is no dearer, other consonants are no cheaper.
    """
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    columns: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), weight in weights.items():
        rows[one][other] = columns[other][one] = weight
    known = spelling.dearest(name)
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    for one, other in sorted({*weights, *known}):
        weight = weights.get((one, other), 0.0)
        terms = [max(rows[one].values())] if one and one in rows else []
        terms += [max(columns[other].values())] if other and other in columns else []
        cost = sum(math.log(best / weight) for best in terms) / len(terms) if weight and terms else DEAREST
        if (one, other) in known:
            cost = min(cost, known[one, other])
        elif one and other and one != other and not (spelling.is_vowel(one) and spelling.is_vowel(other)):
            cost = max(cost, spelling.STRANGE)
        elif not (one and other):
            cost = max(cost, 0.8 if spelling.is_vowel(one or other) else FIRM)
        else:
            cost = max(cost, 0.4)
        if cost < DEAREST and one != other:
            costs[one][other] = round(cost, 2)
    return costs


def write(persons: Path, towns: list[Path], out: Path) -> None:
    """Learns all six tables and writes them as one JSON file."""
    tables = {}
    for name, (left, right) in (SIDES | SAME).items():
        pairs = pairs_of(persons, towns, left, right)
        if left == right:
            pairs += [(other, one, weight) for one, other, weight in pairs]
        costs = costs_of(learn(pairs), name)
        tables[name] = {one: dict(sorted(row.items())) for one, row in sorted(costs.items())}
    out.write_text(json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
