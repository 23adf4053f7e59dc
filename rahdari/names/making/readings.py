"""Takes readings of Japanese names out of the dictionary IPADIC, and learns from them how each kanji is read in names.

Three kinds: family names (s), given names (g), and other words (w: places, firms, nouns), since a kanji is read otherwise
in each. The dictionary is taken from the package janome, which carries it as Python modules.
"""

from __future__ import annotations

import gzip
import importlib
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rahdari.names.folding import fold

KINDS = {"名詞,固有名詞,人名,姓": "s", "名詞,固有名詞,人名,名": "g"}
WORDS = ("名詞,固有名詞,地域", "名詞,固有名詞,組織", "名詞,一般", "名詞,サ変接続", "名詞,形容動詞語幹")
NATS = 700.0  # the dictionary's word costs are 700 times the logarithm of a probability
LONGEST_READING, MOST_SEGMENTS = 5, 5
ROUNDS = 8
Entry = tuple[str, str, str, int]
Shares = dict[str, dict[str, float]]

_KANJI = re.compile("[\u3400-\u9fff々ヶノ]+")
_KANA = re.compile("[\u30a1-\u30fc]+")


def dictionary(package: Path) -> Iterator[tuple[str, str, str, int]]:
    """(surface, reading, part of speech, cost) of every entry of the dictionary."""
    sys.path.insert(0, str(package))
    for number in range(100):
        try:
            compact = importlib.import_module(f"janome.sysdic.entries_compact{number}").DATA
            extra = importlib.import_module(f"janome.sysdic.entries_extra{number}").DATA
        except ImportError:
            return
        for key, told in extra.items():
            yield compact[key][0], told[4], told[0], compact[key][3]


def entries(package: Path) -> Iterator[Entry]:
    """(surface, reading, kind, cost) of every name and noun in kanji."""
    for raw, reading, speech, cost in dictionary(package):
        kind = next((code for start, code in KINDS.items() if speech.startswith(start)), "")
        kind = kind or ("w" if speech.startswith(WORDS) else "")
        surface = fold(raw)
        if kind and len(surface) < 6 and _KANJI.fullmatch(surface) and _KANA.fullmatch(reading):
            yield surface, reading, kind, cost


def cuts(reading: str, parts: int) -> Iterator[list[str]]:
    """All ways to cut a reading into so many parts, none empty; a small kana or ー begins no part."""
    if parts == 1:
        if len(reading) <= LONGEST_READING:
            yield [reading]
        return
    for end in range(1, min(LONGEST_READING, len(reading) - parts + 1) + 1):
        if reading[end] not in "ァィゥェォャュョヮッー":
            for rest in cuts(reading[end:], parts - 1):
                yield [reading[:end], *rest]


def spelt(surface: str) -> str:
    """The surface with the sign of repetition written out."""
    return re.sub("(.)々", r"\1\1", surface)


def shares_of(words: list[tuple[str, str]]) -> Shares:
    """How often each kanji has each reading, by expectation and maximisation over all cuts."""
    shares: Shares = {}
    ways = [(spelt(surface), list(cuts(reading, len(surface)))) for surface, reading in words]
    for _ in range(ROUNDS):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for surface, all_cuts in ways:
            weights = [
                math.prod(
                    shares.get(sign, {}).get(part, 1e-4) if shares else 0.1 for sign, part in zip(surface, one, strict=True)
                )
                for one in all_cuts
            ]
            total = sum(weights)
            for one, weight in zip(all_cuts, weights, strict=True):
                for sign, part in zip(surface, one, strict=True):
                    counts[sign][part] += weight / total
        shares = {sign: {part: n / sum(row.values()) for part, n in row.items() if n > 0.05} for sign, row in counts.items()}
    return shares


def best_reading(surface: str, shares: Shares) -> str:
    """The likeliest reading, kanji by kanji."""
    return "".join(max(shares.get(sign, {"": 1.0}).items(), key=lambda pair: pair[1])[0] for sign in spelt(surface))


def write(package: Path, folder: Path) -> None:
    """Writes `kanji.tsv.gz` (kind, sign, readings with their cost) and `readings.tsv.gz` (kind, word, readings)."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for surface, reading, kind, cost in entries(package):
        known = found[kind, surface]
        known[reading] = min(cost, known.get(reading, cost))
    signs, lines = [], []
    for kind in "sgw":
        words = {surface: readings for (one, surface), readings in found.items() if one == kind}
        shares = shares_of([(surface, reading) for surface, readings in words.items() for reading in readings])
        for sign, row in sorted(shares.items()):
            kept = sorted((round(-math.log(share), 1), part) for part, share in row.items() if share > 0.004)
            signs.append(f"{kind}\t{sign}\t" + " ".join(f"{part}:{cost}" for cost, part in kept[:16]))
        for surface, readings in sorted(words.items()):
            if kind == "w" and (len(surface) > 3 or readings.keys() == {best_reading(surface, shares)}):
                continue
            least = min(readings.values())
            kept = sorted((round((cost - least) / NATS, 1), reading) for reading, cost in readings.items())
            lines.append(f"{kind}\t{surface}\t" + " ".join(f"{reading}:{cost}" for cost, reading in kept[:8]))
    for name, rows in (("kanji.tsv.gz", signs), ("readings.tsv.gz", lines)):
        with gzip.GzipFile(folder / name, "wb", mtime=0) as file:
            file.write(("\n".join(rows) + "\n").encode())
