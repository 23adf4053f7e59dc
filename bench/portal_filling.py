"""Invented vacancies for the benchmark of the portal: filled into a node's tables by COPY as their owner.

Their shape is that of rows made by actions (`tests/domain/jobs/test_portal_filling.py` compares them). Names of employers are
made of invented parts.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import psycopg

from rahdari.base.reference import Book, Row, shipped_book
from rahdari.domain.jobs.rules.listing import PREFECTURE, TOWN, VERSION, keys_of_employer, keys_of_vacancy, pay_a_month
from rahdari.domain.jobs.rules.terms import with_hash

FIRST = (
    "Hinata", "Minamo", "Kazemori", "Tsukishiro", "Aomori", "Hoshino", "Yukimura", "Akane", "Wakaba", "Midori", "Soramachi",
    "Kisaragi", "Nagisa", "Komorebi", "Asahi",
)  # fmt: skip
SECOND = (
    "Sakura", "Fuji", "Takara", "Mirai", "Kibou", "Nozomi", "Hikari", "Yamato", "Sora", "Umi", "Kaede", "Tsubaki", "Suzume",
    "Hotaru", "Kogane", "Shirasagi",
)  # fmt: skip
TRADES = (
    "Care", "Foods", "Works", "Kaihatsu", "Sangyo", "Group", "Service", "Kogyo", "Farm", "Logistics", "Kensetsu", "Hotel",
)  # fmt: skip
SSW = ("open", "suspended_in_part")
AT = dt.datetime(2026, 11, 1, 6, 0, tzinfo=dt.UTC)
DEMAND = (
    "id", "version", "home", "statement_hash", "level", "bodies", "employer", "employer_name", "placement_business", "route",
    "kind", "promoter", "promoter_licence", "field", "duty", "professional", "dispatch", "places", "prefecture", "municipality",
    "terms", "terms_hash", "tests", "opens_on", "closes_on", "filed_on", "source", "state", "closed_reason",
    "attestation_no", "attestor",
    "attested_on", "permission_no", "protectorate", "permitted_on", "permitted_until", "permitted_places",
)  # fmt: skip
VACANCY = (
    "id", "version", "home", "statement_hash", "level", "bodies", "demand_id", "publisher", "places", "applicants", "costs",
    "published_on", "closes_on", "url", "state",
)  # fmt: skip
LISTING = (
    "id", "version", "vacancy_id", "keys", "employer_name", "field", "duty", "kind", "prefecture", "municipality", "pay",
    "currency", "per", "pay_month", "places", "published_on", "closes_on", "listed_at", "demand_version", "keyed_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """One vacancy: the values of its three rows."""

    demand: dict[str, object]
    vacancy: dict[str, object]
    listing: dict[str, object]


@lru_cache(maxsize=1)
def _places(book: Book) -> list[tuple[str, Row]]:
    codes = {row["name_ja"]: row["code"] for row in book.rows("prefectures")}
    return [(codes[row["pref"]], row) for row in book.rows("japan_municipalities")]


def employers(count: int, seed: int) -> list[str]:
    """Names of so many invented employers, all different."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        words = (chance.choice(FIRST), chance.choice(SECOND), chance.choice(TRADES), str(chance.randint(1, 99)))
        found[f"{words[0]} {words[1]} {words[2]} {words[3]} (invented)"] = None
    return list(found)


def vacancies(count: int, today: dt.date, seed: int = 7) -> Iterator[Invented]:
    """So many vacancies, spread over fields, places, pay and the last ninety days, the oldest first; the same for a seed."""
    book, chance = shipped_book(), random.Random(seed)
    fields = [row["code"] for row in book.rows("fields") if row["status"] in SSW]
    needs = {field: book.in_force("field_requirements", today, field=field) for field in fields}
    weights = [1 / (place + 2) for place in range(len(fields))]
    firms = employers(max(20, min(20_000, count // 10)), seed)
    for number in range(count):
        field = chance.choices(fields, weights)[0]
        duty = chance.choice(needs[field])["duty_category"]
        prefecture, town = chance.choice(_places(book))
        published = today - dt.timedelta(days=90 - 90 * number // count)
        yield _one(number, field, duty, prefecture, town["lgcode"], chance.choice(firms), published, today, chance, book)


def _one(
    number: int, field: str, duty: str, prefecture: str, town: str, employer: str, published: dt.date, today: dt.date,
    chance: random.Random, book: Book,
) -> Invented:  # fmt: skip
    pay, route = chance.randrange(170_000, 320_000, 1_000), chance.choice(("oep", "oep", "oep", "oec", "direct"))
    tests = ["SSW1_SKILL", chance.choice(("JFT_BASIC", "JLPT"))] if chance.random() < 0.9 else []
    closes, places = today + dt.timedelta(days=chance.randint(1, 90)), chance.randint(1, 40)
    vacancy, demand = _id(2, number), _id(1, number)
    terms = _terms(pay)
    named = {"employer_name": employer, "field": field, "duty": duty, "kind": "ssw1"}
    named |= {"prefecture": prefecture, "municipality": town}
    home = {"version": 1, "home": "pk", "statement_hash": "", "level": "public", "bodies": "[]"}
    keys = _keys(field, duty, route, prefecture, town, tuple(tests), employer, today)
    shown = {"places": places, "published_on": published, "closes_on": closes}
    return Invented(
        {
            "id": demand, **home, **named, "employer": f"jp:org:e{number % 20_000}", "placement_business": "", "route": route,
            "promoter": "OEC" if route == "oec" else "pk:org:oep", "promoter_licence": "",
            "professional": "{}", "dispatch": False, "places": places,
            "terms": json.dumps(terms), "terms_hash": terms["terms_hash"], "tests": json.dumps(tests), "opens_on": published,
            "closes_on": closes, "filed_on": published, "source": "system", "state": "permitted", "closed_reason": "",
            "attestation_no": f"A-{number}",
            "attestor": "CWA", "attested_on": published, "permission_no": f"PEW-2026-{number:07}", "protectorate": "PEW",
            "permitted_on": published, "permitted_until": closes + dt.timedelta(days=30), "permitted_places": places,
        },
        {
            "id": vacancy, **home, "demand_id": demand, "publisher": "pk:org:oep", "applicants": 0, "costs": "[]", **shown,
            "url": "", "state": "open",
        },
        {
            "id": _id(3, number), "version": 1, "vacancy_id": vacancy, "keys": keys, **named, "pay": pay, "currency": "JPY",
            "per": "month", "pay_month": pay_a_month(terms), **shown, "listed_at": AT, "demand_version": 1, "keyed_by": VERSION,
        },
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def _keys_without_name(
    field: str, duty: str, route: str, prefecture: str, town: str, tests: tuple[str, ...], today: dt.date
) -> frozenset[str]:
    named = {"field": field, "duty": duty, "kind": "ssw1", "prefecture": prefecture, "municipality": town, "employer_name": ""}
    return frozenset(keys_of_vacancy(**named, route=route, tests=tests, book=shipped_book(), on=today))


def _keys(
    field: str, duty: str, route: str, prefecture: str, town: str, tests: tuple[str, ...], employer: str, today: dt.date
) -> list[str]:
    """As `keys_of_vacancy` makes them; what does not depend on the place is worked out once."""
    keys = _keys_without_name(field, duty, route, "", "", tests, today)
    return sorted(keys | keys_of_employer(employer) | {PREFECTURE + prefecture, TOWN + town})


@lru_cache(maxsize=512)
def _terms(pay: int) -> dict[str, object]:
    money = {"amount": pay, "currency": "JPY"}
    return with_hash(
        {
            "pay_basic": money | {"per": "month"}, "comparable_pay": money, "allowances": [], "deductions": [], "hours_week": 40,
            "days_year": 250, "overtime": "paid_by_law", "leave": 10, "length_months": 36, "work_place": "fixed",
            "housing": {"code": "own_search", "money": {"amount": 0, "currency": "JPY"}, "m2": "12"},
            "return_travel": "employer", "language": "en",
        }
    )  # fmt: skip


def _id(table: int, number: int) -> uuid.UUID:
    return uuid.UUID(int=(0x019B00000000 << 80) | (0x7 << 76) | (0x8 << 60) | (table << 48) | number)


def fill(owner_url: str, count: int, today: dt.date) -> list[Invented]:
    """Puts so many vacancies into a node's tables and has them analysed; gives them back."""
    rows = list(vacancies(count, today))
    with psycopg.connect(owner_url) as connection:
        for table, columns in (("demand", DEMAND), ("vacancy", VACANCY), ("listing", LISTING)):
            with connection.cursor().copy(f"copy jobs_{table} ({', '.join(columns)}) from stdin") as into:
                for row in rows:
                    values = getattr(row, table)
                    into.write_row([values[name] for name in columns])
        connection.commit()
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("vacuum analyze")
    return rows
