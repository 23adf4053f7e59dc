"""The invented firms, promoters and agreements of a scenario. Pure.

The first promoter, the first firm and the examiner are those of the demonstration, so that its people find the simulated cases
on their pages. Names are invented and marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from rahdari.domain.organisations.rules.identifiers import corporate_digit
from rahdari.project.simulate.chances import Chances
from rahdari.project.simulate.invented import MARK, table

EXAMINER = "jp:org:demo-exams"
CITIES = (("PEW", "PWR", "Peshawar"), ("LHR", "LHR", "Lahore"), ("KHI", "KHI", "Karachi"), ("RWP", "RWP", "Rawalpindi"))
TOWNS = ("Niigata", "Sendai", "Nagano", "Gifu", "Okayama", "Matsuyama", "Kumamoto", "Fukui")
TRADES = {"NURSING_CARE": "Care", "BUILDING_CLEANING": "Cleaning", "FOOD_MFG": "Foods"}
SKILL = {"NURSING_CARE": "NURSING_CARE_SKILL"}  # fields with a skill test of their own name; the others share one
FIELDS = tuple(TRADES)


@dataclass(frozen=True, slots=True)
class Promoter:
    """A licensed promoter and the Protectorate it goes to."""

    body: str
    name: str
    licence: str
    office: str
    new: bool


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm in Japan with its field."""

    body: str
    name: str
    town: str
    field: str
    new: bool
    corporate_number: str = ""


def skill_test(field: str) -> str:
    """The skill test of a field."""
    return SKILL.get(field, "SSW1_SKILL")


def promoters(chances: Chances, number: int) -> list[Promoter]:
    """So many promoters, the first that of the demonstration."""
    made = [Promoter("pk:org:demo-promoter", f"Sitara Promoters {MARK}", "OP&HRD/0001/PWR/2024", "PEW", new=False)]
    for one in range(1, number):
        office, code, _city = CITIES[one % len(CITIES)]
        (latin, _), _weight = chances.pick(table("family"), "promoter", one)
        name = f"{latin} Overseas {one + 1} {MARK}"
        made.append(Promoter(f"pk:org:sim-promoter-{one + 1}", name, f"OP&HRD/{7000 + one}/{code}/2024", office, new=True))
    return made


def firms(chances: Chances, number: int) -> list[Firm]:
    """So many firms, the first that of the demonstration."""
    made = [Firm("jp:org:demo-employer", f"Hinata Care {MARK}", "Niigata", FIELDS[0], new=False)]
    for one in range(1, number):
        town, field = chances.pick(TOWNS, "firm", one), FIELDS[one % len(FIELDS)]
        made.append(
            Firm(
                f"jp:org:sim-firm-{one + 1}",
                f"{town} {TRADES[field]} {one + 1} {MARK}",
                town,
                field,
                new=True,
                corporate_number=corporate_number(one),
            )
        )
    return made


def corporate_number(number: int) -> str:
    """An invented corporate number with the check digit that its form asks for."""
    digits = f"{9_000_000 + number:012}"
    return f"{corporate_digit(digits)}{digits}"


def fields_of(made: list[Firm]) -> list[str]:
    """The fields in which these firms look for people."""
    return list(dict.fromkeys(one.field for one in made))
