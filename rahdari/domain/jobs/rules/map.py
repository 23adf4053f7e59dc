"""The prefectures as a map of tiles: each a square of the same size, standing about where the prefecture lies. Pure.

Every prefecture can be seen and touched, the small ones too; how large one is says nothing of how much work there is.
"""

from __future__ import annotations

import math

# Prefecture: column from the west, row from the north.
TILES = {
    "01": (13, 0), "02": (13, 1), "05": (12, 2), "03": (13, 2), "06": (12, 3), "04": (13, 3), "17": (9, 4), "16": (10, 4),
    "15": (11, 4), "07": (12, 4), "18": (9, 5), "20": (10, 5), "10": (11, 5), "09": (12, 5), "08": (13, 5), "32": (5, 6),
    "31": (6, 6), "28": (7, 6), "26": (8, 6), "21": (9, 6), "19": (10, 6), "11": (11, 6), "13": (12, 6), "12": (13, 6),
    "35": (4, 7), "34": (5, 7), "33": (6, 7), "27": (7, 7), "25": (8, 7), "23": (9, 7), "22": (10, 7), "14": (11, 7),
    "41": (1, 8), "40": (2, 8), "44": (3, 8), "30": (7, 8), "29": (8, 8), "24": (9, 8), "42": (1, 9), "43": (2, 9),
    "45": (3, 9), "38": (5, 9),
    "37": (6, 9), "46": (2, 10), "39": (5, 10), "36": (6, 10), "47": (0, 11),
}  # fmt: skip
SIDE, GAP = 76, 4
COLUMNS, ROWS = 14, 12
WIDTH, HEIGHT = COLUMNS * (SIDE + GAP), ROWS * (SIDE + GAP)
SHADES = 4


def corner(prefecture: str) -> tuple[int, int] | None:
    """Where the tile of a prefecture begins, across and down; None for none on the map."""
    place = TILES.get(prefecture)
    return (place[0] * (SIDE + GAP), place[1] * (SIDE + GAP)) if place is not None else None


def shade(count: int, most: int) -> int:
    """How dark a tile is, from 0 for none to 4; equal steps of the square root, so that one large place hides no others."""
    if not count or not most:
        return 0
    return max(1, min(SHADES, round(SHADES * math.sqrt(count / most))))
