"""The drawing of the funnel: a band as wide as the people who passed each station; coordinates only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .funnel import LineFigures, StationFigures

APART, HALF, THINNEST = 100, 46.0, 0.4
DRAWN_UNTIL = 17  # at work; what follows is life in Japan, no way there


@dataclass(frozen=True, slots=True)
class Band:
    """The stations drawn, the sizes of the lying and of the standing picture, and the corners of the band in each."""

    stations: Sequence[StationFigures]
    wide: int
    high: int
    lying: str
    standing: str


def band_of(figures: LineFigures) -> Band:
    """The band through the stations of cases, linear from nought; where a number is not told it is as thin as can be."""
    drawn = [one for one in figures.of_cases if one.no <= DRAWN_UNTIL]
    most = max((one.passed or 0 for one in drawn), default=0)
    halves = [max(THINNEST, HALF * (one.passed or 0) / most if most else 0) for one in drawn]
    steps = [APART * n for n in range(len(drawn))]
    across = [*zip(steps, halves, strict=True), (steps[-1] + APART * 0.4, halves[-1])]
    there = [f"{x:g},{50 - half:.1f}" for x, half in across] + [f"{x:g},{50 + half:.1f}" for x, half in reversed(across)]
    down = list(zip(steps, halves, strict=True))
    below = [f"{50 - half:.1f},{y:g}" for y, half in down] + [f"{50 + half:.1f},{y:g}" for y, half in reversed(down)]
    return Band(drawn, APART * len(drawn), steps[-1], " ".join(there), " ".join(below))
