"""How pairs of names are judged: area under the curve, recall at 1 % false alarms, best F1; by script pair and kind."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FALSE_ALARMS = 0.01
FEWEST = 30  # pairs: a smaller group is not told apart

Scored = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair."""

    id: str
    left: str
    right: str
    kind: str
    same: bool
    left_script: str
    right_script: str

    def scripts(self) -> str:
        """Both scripts, in one order."""
        return "-".join(sorted((self.left_script, self.right_script)))

    def which(self) -> str:
        """Person or organisation."""
        return self.kind


def read(path: Path) -> list[Pair]:
    """The pairs of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["id"], row["left"], row["right"], row["kind"], row["label"] == "1", row["left_script"], row["right_script"])
            for row in csv.DictReader(file)
        ]


def area(scored: Scored) -> float:
    """The probability that a pair of the same name scores above one of different names; ties count half."""
    same = sum(one for _, one in scored)
    other = len(scored) - same
    if not same or not other:
        return float("nan")
    below, total = 0, 0.0
    for alike, apart in _ties(sorted(scored)):
        total += alike * (below + apart / 2)
        below += apart
    return total / (same * other)


def _ties(ranked: Scored) -> list[tuple[int, int]]:
    """In runs of one score: how many are the same name, and how many are not."""
    runs: list[tuple[int, int]] = []
    last = None
    for score, same in ranked:
        if score != last:
            runs.append((0, 0))
        alike, apart = runs[-1]
        runs[-1] = (alike + same, apart + (not same))
        last = score
    return runs


def recall(scored: Scored) -> float:
    """The share of true matches above the strictest threshold that lets so few non-matches through."""
    same, allowed = sum(one for _, one in scored), FALSE_ALARMS * sum(not one for _, one in scored)
    found, wrong, best = 0, 0, 0
    for alike, apart in _ties(sorted(scored))[::-1]:
        found, wrong = found + alike, wrong + apart
        if wrong > allowed:
            break
        best = found
    return best / same if same else float("nan")


def best_f1(scored: Scored) -> float:
    """F1 at the threshold where it is best."""
    same, found, told, best = sum(one for _, one in scored), 0, 0, 0.0
    for alike, apart in _ties(sorted(scored))[::-1]:
        found, told = found + alike, told + alike + apart
        best = max(best, 2 * found / (told + same))
    return best


def table_of(
    pairs: Sequence[Pair], told: Mapping[str, tuple[Mapping[str, float], float]], name: str, group: Callable[[Pair], str]
) -> str:
    """One Markdown table: a line for each group, for each matcher area, recall and F1; the first line is all pairs."""
    lines = [f"| {name} | pairs | " + " | ".join(told) + " |", "|---" * (2 + len(told)) + "|"]
    groups = sorted({group(pair) for pair in pairs})
    for one in ["all", *groups]:
        chosen = [pair for pair in pairs if one in ("all", group(pair))]
        if len(chosen) < FEWEST:
            continue
        cells = []
        for scores, _ in told.values():
            scored = [(scores[pair.id], pair.same) for pair in chosen]
            cells.append(f"{area(scored):.3f} / {recall(scored):.3f} / {best_f1(scored):.3f}")
        lines.append(f"| {one} | {len(chosen)} | " + " | ".join(cells) + " |")
    lines.append("| ms a pair | | " + " | ".join(f"{spent:.3g}" for _, spent in told.values()) + " |")
    return "\n".join(lines) + "\n"
