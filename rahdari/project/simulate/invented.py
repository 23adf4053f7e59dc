"""Invented people: the same number of the same seed is the same person. Pure.

Given and family names are drawn as often as `names.csv` says: parts of real names of Pakistan, most frequent first, from the
hand-written tables (CC0) of the project's benchmark of names. An official count of names is not open, so the weights follow
the order alone. Identity cards, passports and phones are made up; whoever reads a name sees that it is invented.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rahdari.project.simulate.chances import Chances

MARK = "(invented)"
# Where people live: the first figures of their card, the town, the nearest airport; the weight is a guess from populations.
HOMES = (
    (("17301", "Peshawar", "PEW"), 20),
    (("16202", "Swabi", "PEW"), 8),
    (("61101", "Islamabad", "ISB"), 10),
    (("37405", "Rawalpindi", "ISB"), 22),
    (("35202", "Lahore", "LHE"), 25),
    (("34603", "Sialkot", "LHE"), 12),
    (("42201", "Karachi", "KHI"), 28),
    (("41303", "Hyderabad", "KHI"), 10),
)
SCHOOLING = (
    ("Matriculation", 5),
    ("Intermediate", 8),
    ("Diploma in nursing", 3),
    ("Bachelor of Arts", 3),
    ("Bachelor of Science", 2),
)
JAPANESE = (("basic", 6), ("middle", 3), ("good", 1))


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    number: int
    name: str  # as in the passport
    name_urdu: str
    father: str
    sex: str
    born_on: dt.date
    town: str
    airport: str
    card: str
    passport: str
    phone: str
    schooling: str
    japanese: str
    months_of_work: int

    @property
    def shown_as(self) -> str:
        """The name of their account."""
        return f"{self.name.title()} {MARK}"


def person(chances: Chances, number: int, woman: float, on: dt.date) -> Person:
    """The person with this number, of an age at which people go to Japan, on a day."""
    female = chances.happens(woman, number, "woman")
    names, urdu = _name(chances, number, female)
    father, _ = _name(chances, f"{number} father", False)
    (district, town, airport), age = chances.weighed(HOMES, number, "home"), 20 + int(chances.number(number, "age") * 14)
    return Person(
        number=number,
        name=names.upper(),
        name_urdu=urdu,
        father=father.upper(),
        sex="F" if female else "M",
        born_on=dt.date(on.year - age, 1, 1) - dt.timedelta(days=int(chances.number(number, "born") * 365)),
        town=town,
        airport=airport,
        card=f"{district}-{1_000_000 + number:07}-{2 if female else 1}",
        passport=f"ZZ{1_000_000 + number:07}",
        phone=f"+92300{1_000_000 + number:07}",
        schooling=chances.weighed(SCHOOLING, number, "schooling"),
        japanese=chances.weighed(JAPANESE, number, "japanese"),
        months_of_work=int(chances.number(number, "work") * 60),
    )


def _name(chances: Chances, who: object, female: bool) -> tuple[str, str]:
    kind = "female" if female else "male"
    given = chances.weighed(table(kind), who, "given")
    second = chances.weighed(table("male"), who, "second") if chances.happens(0.5, who, "has second") else None
    family = chances.weighed(table("family"), who, "family")
    parts = [given, *([second] if second not in (None, given) else []), family]
    if not female and chances.happens(0.4, who, "Muhammad"):
        parts.insert(0, ("Muhammad", "محمد"))
    return " ".join(latin for latin, _ in parts if latin), " ".join(urdu for _, urdu in parts)


@cache
def table(kind: str) -> tuple[tuple[tuple[str, str], int], ...]:
    """The names of a kind, in Latin and Urdu letters, each with its weight."""
    text = resources.files("rahdari.project.simulate").joinpath("names.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["kind"] == kind]
    return tuple(((row["name"], row["name_urdu"]), int(row["weight"])) for row in rows)
