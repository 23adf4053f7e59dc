"""Signs of fraud in a sitting: shared marks, one face under many names, a pass rate, answers too fast. A person decides of each.

Every rule takes what is known of the bookings and its limits (dated rows), and gives hits with the measure behind them.
Facts in, hits out. No Django, no database, no clock here; whole numbers throughout, so that the same answer comes everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import comb
from statistics import median

from rahdari.base.reference import Book

from .figures import figure

ANOMALY_MOVES: dict[str, set[str]] = {
    "anomaly_open": {"anomaly_upheld", "anomaly_dismissed"},
    "anomaly_upheld": set(),
    "anomaly_dismissed": set(),
}
MARKS = ("phone", "identity", "address", "device", "account")
RULES = (*(f"shared_{mark}" for mark in MARKS), "one_face", "pass_rate_high", "pass_rate_low", "answers_too_fast")
MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Traced:
    """What is known of one booking: its marks as blind values, the photo's hash, the seconds for all answers."""

    number: str
    marks: Mapping[str, str] = field(default_factory=dict)
    photo: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """How many passed of those who sat: in this sitting, and in the sittings of the same test at the same place before."""

    passed: int = 0
    sat: int = 0
    passed_before: int = 0
    sat_before: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is told (exam_rules)."""

    people: int
    phone_people: int
    address_people: int
    face_distance: int
    rate_people: int
    rate_history: int
    rate_chance: int
    time_people: int
    time_distance: int
    time_share: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign of fraud: the rule, whose bookings, what makes it one of its kind (`about`), the measure, the limits held to."""

    rule: str
    numbers: tuple[str, ...]
    about: str
    measure: Mapping[str, int]


def limits_on(book: Book, day: dt.date, exam: str) -> Limits:
    """The limits that hold for a test on a day."""
    names = (
        "shared_mark_people", "shared_phone_people", "shared_address_people", "face_distance", "pass_rate_people",
        "pass_rate_history", "pass_rate_chance", "answer_time_people", "answer_time_distance", "answer_time_share",
    )  # fmt: skip
    return Limits(*(figure(book, name, day, exam) for name in names))


def hits_in(traced: Sequence[Traced], rate: Rate, limits: Limits) -> list[Hit]:
    """Every sign of fraud of a sitting, by rule."""
    found = [hit for mark in MARKS for hit in shared_marks(traced, mark, limits)]
    return found + one_face(traced, limits) + pass_rate(rate, limits) + answers_too_fast(traced, limits)


def shared_marks(traced: Iterable[Traced], mark: str, limits: Limits) -> list[Hit]:
    """Bookings that share an identity number, a device or an account; a phone and an address from more people on."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in traced:
        if one.marks.get(mark):
            groups[one.marks[mark]].append(one.number)
    least = {"address": limits.address_people, "phone": limits.phone_people}.get(mark, limits.people)
    shared = ((value, sorted(numbers)) for value, numbers in groups.items() if len(numbers) >= least)
    return [
        Hit(f"shared_{mark}", tuple(numbers), value[-32:], {"people": len(numbers), "from_people": least})
        for value, numbers in sorted(shared, key=lambda one: one[1])
    ]


def distance(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return (one ^ other).bit_count()


def one_face(traced: Iterable[Traced], limits: Limits) -> list[Hit]:
    """Bookings whose photos are one face, each within the distance of another of its group."""
    photos = [(one.number, one.photo) for one in traced if one.photo is not None]
    leader = {number: number for number, _ in photos}
    nearest: dict[str, int] = {}

    def head(number: str) -> str:
        while leader[number] != number:
            number = leader[number]
        return number

    for place, (number, photo) in enumerate(photos):
        for other, theirs in photos[place + 1 :]:
            apart = distance(photo, theirs)
            if apart <= limits.face_distance:
                first, second = sorted((head(number), head(other)))
                leader[second] = first
                nearest[first] = max(apart, nearest.get(first, 0), nearest.get(second, 0))
    groups: dict[str, list[str]] = defaultdict(list)
    for number, _ in photos:
        groups[head(number)].append(number)
    hits = []
    for first, numbers in sorted(groups.items()):
        if len(numbers) > 1:
            measure = {"people": len(numbers), "bits": nearest[first], "within_bits": limits.face_distance}
            hits.append(Hit("one_face", tuple(sorted(numbers)), min(numbers), measure))
    return hits


def upper_tail(hits: int, tries: int, part: int, whole: int) -> int:
    """The exact chance, in millionths rounded up, of at least so many hits in so many tries of `part` in `whole`."""
    least = sum(comb(tries, one) * part**one * (whole - part) ** (tries - one) for one in range(hits, tries + 1))
    return int(-(-least * MILLION // whole**tries))


def pass_rate(rate: Rate, limits: Limits) -> list[Hit]:
    """A pass rate that the history of place and test makes all but impossible, above it or below.

    The history counts with one pass and one fail more than it had, so that a place where all passed proves nothing.
    """
    if rate.sat < limits.rate_people or rate.sat_before < limits.rate_history:
        return []
    part, whole = rate.passed_before + 1, rate.sat_before + 2
    tails = {
        "pass_rate_high": upper_tail(rate.passed, rate.sat, part, whole),
        "pass_rate_low": upper_tail(rate.sat - rate.passed, rate.sat, whole - part, whole),
    }
    told = {"passed": rate.passed, "sat": rate.sat, "passed_before": rate.passed_before, "sat_before": rate.sat_before}
    return [
        Hit(rule, (), rule, told | {"chance_per_million": chance, "at_most_per_million": limits.rate_chance})
        for rule, chance in tails.items()
        if chance <= limits.rate_chance
    ]


def answers_too_fast(traced: Iterable[Traced], limits: Limits) -> list[Hit]:
    """Bookings whose answers took far less time than the others: by the median deviation, and by a share of the median."""
    times = [(one.number, one.seconds) for one in traced if one.seconds is not None]
    if len(times) < limits.time_people:
        return []
    middle = int(median(seconds for _, seconds in times))
    spread = max(1, int(median(abs(seconds - middle) for _, seconds in times)))
    hits = []
    for number, seconds in times:
        apart = (middle - seconds) * 100 // spread
        if apart >= limits.time_distance and seconds * 100 < middle * limits.time_share:
            measure = {"seconds": seconds, "median_seconds": middle, "distance_per_cent": apart,
                       "from_per_cent": limits.time_distance, "below_share": limits.time_share}  # fmt: skip
            hits.append(Hit("answers_too_fast", (number,), number, measure))
    return hits


def dhash(rows: Sequence[Sequence[int]]) -> int:
    """The difference hash of a grey picture of 9 × 8 points: for each row whether a point is brighter than the next.

    Whoever hands in traces makes it of the photo reduced to that size, so that the photo itself need not leave its place.
    """
    if len(rows) != 8 or any(len(row) != 9 for row in rows):
        raise ValueError("a picture of 9 by 8 points is hashed")
    bits = 0
    for row in rows:
        for left, right in pairwise(row):
            bits = bits << 1 | (left > right)
    return bits
