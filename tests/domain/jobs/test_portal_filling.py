"""What the benchmark of the portal fills in has the shape of rows made by actions. No database."""

from __future__ import annotations

import datetime as dt
import json

from bench.portal_filling import DEMAND, LISTING, VACANCY, vacancies
from bench.portal_queries import queries
from rahdari.base.clock import now
from rahdari.base.reference import shipped_book
from rahdari.domain.jobs.actions.listing import _listing
from rahdari.domain.jobs.models import Demand, Listing, Vacancy
from rahdari.domain.jobs.rules.terms import hash_holds

TODAY = dt.date(2026, 11, 25)
JSON = ("terms", "tests", "bodies", "costs")


def test_every_column_that_must_hold_something_is_filled():
    for model, columns in ((Demand, DEMAND), (Vacancy, VACANCY), (Listing, LISTING)):
        asked = {one.column for one in model._meta.concrete_fields if not one.null}
        assert asked <= set(columns) <= {one.column for one in model._meta.concrete_fields}, model


def test_a_listing_is_what_the_action_makes_of_the_same_demand():
    for one in vacancies(40, TODAY):
        told = {name: json.loads(value) if name in JSON else value for name, value in one.demand.items()}
        demand = Demand(**told)
        vacancy = Vacancy(**{name: json.loads(value) if name in JSON else value for name, value in one.vacancy.items()})
        vacancy.demand = demand
        made = _listing(vacancy, shipped_book(), now())
        assert hash_holds(demand.terms)
        for name in set(LISTING) - {"id", "version", "listed_at"}:
            assert getattr(made, name) == one.listing[name], name


def test_a_query_describes_its_planted_vacancy_half_of_them_with_an_error():
    rows = list(vacancies(200, TODAY))
    asked = queries(rows, 60)
    assert {one.language for one in asked} == {"en", "ur", "ja"} and sum(one.errors for one in asked) == 30
    assert all(one.planted in rows and one.text for one in asked)
