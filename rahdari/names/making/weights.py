"""Fits the weights of the evidence to labelled pairs, by logistic regression; a tool of development, it needs numpy.

`weights PAIRS.csv …` reads pairs with the columns left, right, kind, label. It prints what five-fold cross-validation
finds, and what it finds when no word of a name is on both sides of a split, then writes `weights.py` anew from all pairs.
With `--only NAMES` the weights of these numbers alone are fitted, and all others stay as they are.
"""

from __future__ import annotations

import csv
import importlib
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rahdari.names.evidence import Features, evidence
from rahdari.names.frequency import frequent
from rahdari.names.keys import keys_of
from rahdari.names.parsing import ORGANISATION, PERSON, Name, parse
from rahdari.names.weights import WEIGHTS

FOLDS, ROUNDS, HOLD_BACK = 5, 40, 3.0  # HOLD_BACK: the ridge that keeps a weight small unless many pairs ask for it
HEAD = '''"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by `python -m rahdari.names.making weights` to the development pairs of the benchmark and to pairs its generator made
of the same names with other seeds: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
'''


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair: its evidence, whether it is the same name, and by what its names are known."""

    kind: str
    features: Features
    same: bool
    words: frozenset[str]


def read(paths: Sequence[Path]) -> list[Pair]:
    """All pairs of the files, each once."""
    pairs: dict[tuple[str, str, str], Pair] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                left, right = parse(row["left"], row["kind"]), parse(row["right"], row["kind"])
                words = frozenset({*_known_by(left), *_known_by(right)})
                pairs[row["left"], row["right"], row["kind"]] = Pair(
                    row["kind"], evidence(left, right).features, row["label"] == "1", words
                )
    return list(pairs.values())


def _known_by(name: Name) -> Iterator[str]:
    """The sounds of the words of a name, but for those that half of all people bear."""
    for part in name.core:
        if not frequent(part.text, part.script)[0]:
            yield from keys_of(part.text, part.script, part.read_as)[:1]


def fitted(pairs: Sequence[Pair], names: Sequence[str]) -> tuple[list[float], float]:
    """One weight for each number, and the bias."""
    np: Any = importlib.import_module("numpy")
    raw = np.array([[pair.features.get(name, 0.0) for name in names] for pair in pairs])
    same = np.array([float(pair.same) for pair in pairs])
    middle, spread = raw.mean(0), raw.std(0) + 1e-9
    table = np.c_[(raw - middle) / spread, np.ones(len(raw))]
    weights = _regression(table, same, np.r_[np.full(len(names), HOLD_BACK), 1e-6], 0.0)
    plain = weights[:-1] / spread
    return [float(one) for one in plain], float(weights[-1] - (plain * middle).sum())


def fitted_alone(pairs: Sequence[Pair], names: Sequence[str], weights: dict[str, float]) -> dict[str, float]:
    """The weights with those of the named numbers fitted anew, all others as they are."""
    np: Any = importlib.import_module("numpy")
    raw = np.array([[pair.features.get(name, 0.0) for name in names] for pair in pairs])
    same = np.array([float(pair.same) for pair in pairs])
    others = [name for name in weights if name not in (*names, "bias")]
    given = [_odds(pair, others, [weights[name] for name in others], weights["bias"]) for pair in pairs]
    spread = raw.std(0) + 1e-9
    found = _regression(raw / spread, same, np.full(len(names), HOLD_BACK), np.array(given)) / spread
    return weights | {name: float(one) for name, one in zip(names, found, strict=True) if one}


def _regression(table: Any, same: Any, held: Any, given: Any) -> Any:
    """The weights of the columns, added to log-odds that are given, by Newton's method."""
    np: Any = importlib.import_module("numpy")
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-given - table @ weights))
        slope = table.T @ (told - same) + held * weights
        bend = (table * (told * (1 - told))[:, None]).T @ table + np.diag(held)
        weights -= np.linalg.solve(bend, slope)
    return weights


def names_of(pairs: Sequence[Pair]) -> list[str]:
    """The numbers of the evidence, in the order in which they are told."""
    return list(dict.fromkeys(name for pair in pairs for name in pair.features))


def _odds(pair: Pair, names: Sequence[str], weights: Sequence[float], bias: float) -> float:
    return bias + sum(weight * pair.features.get(name, 0.0) for name, weight in zip(names, weights, strict=True))


def area(told: Sequence[tuple[float, bool]]) -> float:
    """Area under the curve of (odds, same); ties count half."""
    ranked = sorted(told)
    above, total, at = 0, 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        same = sum(one for _, one in ranked[at:end])
        total += same * (above + (end - at - same) / 2)
        above += end - at - same
        at = end
    alike = sum(one for _, one in ranked)
    return total / max(1, alike * (len(ranked) - alike))


def crossed(pairs: Sequence[Pair]) -> float:
    """Area under the curve when each fifth is judged by weights fitted to the other four."""
    names, order = names_of(pairs), list(pairs)
    order.sort(key=lambda pair: zlib.crc32(repr(sorted(pair.features.items())).encode()))
    told = []
    for fold in range(FOLDS):
        weights, bias = fitted([pair for at, pair in enumerate(order) if at % FOLDS != fold], names)
        told += [(_odds(pair, names, weights, bias), pair.same) for pair in order[fold::FOLDS]]
    return area(told)


def apart(pairs: Sequence[Pair]) -> tuple[float, float, int]:
    """Area when no word is on both sides, area when the same pairs are judged by weights fitted to themselves, and how many."""
    sides = _sides(pairs)
    names = names_of(pairs)
    strange: list[tuple[float, bool]] = []
    own: list[tuple[float, bool]] = []
    for ours, theirs in (sides, sides[::-1]):
        if not ours or not theirs:
            return float("nan"), float("nan"), 0
        for kept, judged in ((strange, fitted(theirs, names)), (own, fitted(ours, names))):
            kept += [(_odds(pair, names, *judged), pair.same) for pair in ours]
    return area(strange), area(own), len(strange)


def _sides(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs parted so that no word is on both sides; those that have words of both are left out."""
    sides: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in pairs:
        side = {zlib.crc32(word.encode()) & 1 for word in pair.words}
        if len(side) == 1:
            sides[side.pop()].append(pair)
    return sides


def apart_alone(pairs: Sequence[Pair], only: Sequence[str], weights: dict[str, float]) -> tuple[float, float]:
    """Area without the named numbers, and with their weights fitted to pairs that share no word with those judged."""
    without = {name: weight for name, weight in weights.items() if name not in only}
    sides = _sides(pairs)
    before: list[tuple[float, bool]] = []
    after: list[tuple[float, bool]] = []
    for ours, theirs in (sides, sides[::-1]):
        for kept, judged in ((before, without), (after, fitted_alone(theirs, only, weights))):
            names = [name for name in judged if name != "bias"]
            kept += [(_odds(pair, names, [judged[name] for name in names], judged["bias"]), pair.same) for pair in ours]
    return area(before), area(after)


def write(paths: Sequence[Path], out: Path, only: Sequence[str] = ()) -> None:
    """Prints the checks and writes the weights: all of them, or only those of the named numbers anew."""
    pairs = read(paths)
    text = HEAD
    for kind in (PERSON, ORGANISATION):
        of_kind = [pair for pair in pairs if pair.kind == kind]
        sys.stdout.write(f"{kind}: {len(of_kind)} pairs; ")
        weights = _only(of_kind, only, WEIGHTS[kind]) if only else _all(of_kind)
        order = [*(name for name in names_of(of_kind) if name in weights), "bias"]
        lines = "".join(f'        "{name}": {round(weights[name], 2) + 0.0},\n' for name in order)
        text += f'    "{kind}": {{\n{lines}    }},\n'
    out.write_text(text + "}\n", encoding="utf-8")


def _only(pairs: Sequence[Pair], only: Sequence[str], weights: dict[str, float]) -> dict[str, float]:
    before, after = apart_alone(pairs, only, weights)
    sys.stdout.write(f"no word on both sides: area {before:.4f} without {', '.join(only)}, {after:.4f} with\n")
    return fitted_alone(pairs, only, weights)


def _all(pairs: Sequence[Pair]) -> dict[str, float]:
    strange, own, many = apart(pairs)
    sys.stdout.write(f"area in cross-validation {crossed(pairs):.4f}; ")
    sys.stdout.write(f"no word on both sides {strange:.4f} against {own:.4f} ({many} pairs)\n")
    names = names_of(pairs)
    weights, bias = fitted(pairs, names)
    return dict(zip(names, weights, strict=True)) | {"bias": bias}
