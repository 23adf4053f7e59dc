"""Lists of people as training centres keep them, in mixed scripts; all invented.

rows(50)            as many rows that are right
csv_of(rows)        the same as a file
handed_in(desk)     a list handed in, as its draft
"""

from __future__ import annotations

import csv
import io
from typing import Any

from rahdari.base.actor import Actor
from rahdari.domain.candidates.actions import draft_list
from rahdari.domain.candidates.models import PeopleList
from tests.make.candidates import AT

HEAD = [
    "S No",
    "Name of Trainee",
    "نام",
    "Father's Name",
    "CNIC No",
    "D.O.B",
    "Gender",
    "Mobile No",
    "Passport No",
    "Passport Expiry",
]
GIVEN = ("Bilal", "Zarghuna", "Saima", "Imran", "Gul", "Hamza", "Nadia", "Yousaf", "Rukhsana", "Waqar")
FAMILY = ("Afridi", "Bugti", "Chandio", "Durrani", "Gilgiti", "Hunzai", "Jatoi", "Khattak", "Leghari", "Marri")
MIDDLE = (
    "Akbar", "Bashir", "Daud", "Ejaz", "Faisal", "Ghazala", "Habib", "Iqra", "Javed", "Kulsoom", "Latif", "Mehwish", "Noreen", "Owais",
    "Pervez", "Qasim", "Rabia", "Sohail", "Tahira", "Uzma",
)  # fmt: skip
URDU = ("بلال آفریدی", "زرغونہ بگٹی", "صائمہ چانڈیو", "عمران درانی")


def row(number: int) -> list[str]:
    """One row that is right; no two share a number, or stand a slip apart in day and name."""
    given, family = GIVEN[number % 10], FAMILY[number // 10 % 10]
    middle = f" {MIDDLE[number // 100 % 20]}" if number >= 100 else ""
    card = f"1730{number % 8 + 1}{number * 7_919 % 10_000_000:07}{number % 10}"
    month = "JanFebMarAprMayJunJulAugSepOctNovDec"[number // 28 % 12 * 3 : number // 28 % 12 * 3 + 3]
    born = f"{number * 5 % 28 + 1:02}-{month}-{1980 + number // 336 % 25}"
    phone = f"0300 {number % 10_000_000:07}"
    passport = f"ZX{number % 10_000_000:07}"
    return [
        str(number), f"{given}{middle} {family}", URDU[number % 4], f"{GIVEN[(number + 3) % 10]} {family}", card, born, "FM"[number % 2], phone,
        passport, "2034-05-01",
    ]  # fmt: skip


def rows(count: int, first: int = 1) -> list[list[str]]:
    """As many rows that are right."""
    return [row(number) for number in range(first, first + count)]


SPOILT: tuple[tuple[int, str], ...] = (
    (4, "12345"), (4, ""), (5, "3/4/99"), (5, "31/02/1999"), (1, ""), (1, "زرغونہ"), (7, "12"), (8, "12-ZX"), (6, "maybe"),
    (4, "1.73E+12"), (1, "=1+1"), (5, "01/01/2025"),
)  # fmt: skip


def spoil(told: list[list[str]], every: int = 8) -> int:
    """Makes every so-manieth row wrong, each in another way; says how many."""
    wrong = 0
    for place in range(0, len(told), every):
        column, value = SPOILT[wrong % len(SPOILT)]
        told[place][column] = value
        wrong += 1
    return wrong


def csv_of(told: list[list[str]], head: list[str] | None = None) -> bytes:
    """The rows as a file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head or HEAD)
    writer.writerows(told)
    return text.getvalue().encode()


def handed_in(desk: Actor, told: list[list[str]] | None = None, *, at: Any = AT, **more: Any) -> PeopleList:
    """A list handed in."""
    return draft_list(actor=desk, name="people.csv", content=csv_of(told or rows(4)), at=at, **more)
