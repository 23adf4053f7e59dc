"""The line and its routes, terms and their hash, papers, and the shapes of what is told: pure, by example and by property."""

from __future__ import annotations

import datetime as dt
import json
import random
from uuid import uuid4

import jsonschema_rs
import pytest

from rahdari.base.reference import shipped_book
from rahdari.domain.contracts.rules.costs_shape import CostsFacts
from rahdari.domain.jobs.messages import DETAILS, PUBLISHED, SCHEMAS, STAGE, Subject, journey_stage, papers_marking, step_marking
from rahdari.domain.jobs.messages.journey import PUBLIC, SEEN_BY
from rahdari.domain.jobs.queries.clocks import due_after
from rahdari.domain.jobs.rules.line import (
    ALWAYS,
    NEVER,
    ROUTES,
    STATION_OF,
    STATIONS,
    STEPS,
    own_side,
    passes,
    side_of,
    stations_open_before,
    stations_passed,
    why_not_before,
)
from rahdari.domain.jobs.rules.papers import agrees
from rahdari.domain.jobs.rules.terms import below_comparable, hash_holds, terms_hash, with_hash
from tests.make import jobs as make

BOOK = shipped_book()
STAGE_SHAPE = jsonschema_rs.validator_for(SCHEMAS[STAGE], validate_formats=True)
DEMAND_SHAPE = jsonschema_rs.validator_for(SCHEMAS[PUBLISHED], validate_formats=True)
CASE = Subject("case", uuid4())
PARTIES = {
    "employer": "jp:org:e", "placement_business": "jp:org:p", "support_org": "jp:org:s", "promoter": "pk:org:o",
    "exam_body": "jp:org:x",
}  # fmt: skip


class TestTheLine:
    def test_has_the_stations_of_the_tables(self):
        assert [int(row["station"]) for row in BOOK.rows("stations")] == list(STATIONS)

    def test_takes_each_step_on_the_side_of_its_station(self):
        sides = {int(row["station"]): row["side"] for row in BOOK.rows("stations")}
        passing = {step: (station, side) for step, (station, ends, side) in STEPS.items() if ends}
        assert {step: side for step, (station, side) in passing.items()} == {
            step: sides[station] for step, (station, _side) in passing.items()
        }

    def test_can_pass_every_station_but_the_one_that_lasts(self):
        assert {STATION_OF[step] for step in STEPS if passes(step)} == set(STATIONS) - {18}

    @pytest.mark.parametrize("route", ROUTES)
    def test_every_route_speaks_of_every_station(self, route):
        assert set(ROUTES[route]) == set(STATIONS)

    def test_routes_are_those_of_the_table_of_actions(self):
        drawn = {route: [no for no, kind in kinds.items() if kind == NEVER] for route, kinds in ROUTES.items()}
        assert drawn == {
            "oep": [], "oec": [], "direct": [3, 4], "inside": [2, 3, 4, 13, 14, 15, 16], "professional": [6],
            "remote": [2, 3, 6, 12, 13, 14, 15, 16],
        }  # fmt: skip

    def test_routes_bear_the_codes_of_the_fees_where_they_have_them(self):
        codes = {row["route"] for row in BOOK.rows("fees_pk")}
        assert codes <= set(ROUTES) and "route" in CostsFacts.model_fields

    def test_whoever_was_named_had_applied(self):
        assert stations_passed(["candidate_nominated"]) == {5, 7}
        assert stations_passed(["costs_declared", "terms_confirmed"]) == set()

    @pytest.mark.parametrize(
        ("station", "passed", "route", "still"),
        [
            (7, {1, 2, 3, 4, 5}, "oep", [6]),
            (5, {1, 2, 3, 4}, "oep", []),
            (5, {1, 2, 4}, "oec", []),
            (10, {1, 5, 6, 7, 8, 9}, "direct", []),
            (12, set(), "remote", [1, 5, 7, 8, 9, 10, 11]),
        ],
    )
    def test_knows_what_must_come_before(self, station, passed, route, still):
        assert stations_open_before(station, passed, route) == still

    def test_a_route_without_a_station_never_waits_for_it(self):
        for route, kinds in ROUTES.items():
            waits = set(stations_open_before(20, set(), route))
            assert waits == {no for no in STATIONS if kinds[no] == ALWAYS}

    def test_days_keep_their_order_but_for_the_night_between_the_calendars(self):
        day, today = dt.date(2026, 12, 8), dt.date(2026, 12, 10)
        assert why_not_before(day, today, []) == []
        assert why_not_before(day, today, [(day, False)]) == []
        assert [one.code for one in why_not_before(day, today, [(dt.date(2026, 12, 9), False)])] == ["before_previous_step"]
        assert why_not_before(day, today, [(dt.date(2026, 12, 9), True)]) == []
        assert [one.code for one in why_not_before(day, today, [(dt.date(2026, 12, 10), True)])] == ["before_previous_step"]
        assert [one.code for one in why_not_before(dt.date(2026, 12, 11), today, [])] == ["date_in_future"]

    def test_sides(self):
        assert (side_of("coe_issued"), side_of("departed"), side_of("returned")) == ("jp", "pk", "both")
        assert own_side("returned", "pk") and own_side("returned", "jp") and not own_side("departed", "jp")


class TestTerms:
    def test_hash_is_that_of_the_canonical_text(self):
        # Worked out apart from the program: the SHA-256 of {"a":1,"b":"ü"} in UTF-8.
        known = "1a59e522e02ce50ad2c27c11a6d30f8667489c199580627fe9e3e33e2b0e91d5"
        assert terms_hash({"b": "ü", "a": 1}) == terms_hash({"a": 1, "b": "ü", "terms_hash": "x"}) == known

    def test_hash_does_not_see_the_order_of_names(self):
        told = with_hash(make.TERMS)
        names = list(told)
        for seed in range(20):
            random.Random(seed).shuffle(names)
            assert terms_hash({name: told[name] for name in names}) == told["terms_hash"]

    @pytest.mark.parametrize("name", make.TERMS)
    def test_hash_sees_every_member(self, name):
        told = with_hash(make.TERMS)
        assert hash_holds(told)
        assert not hash_holds(told | {name: "x"})

    def test_survives_the_way_through_json(self):
        assert hash_holds(json.loads(json.dumps(with_hash(make.asked().terms.told()))))

    @pytest.mark.parametrize(
        ("pay", "comparable", "below"),
        [
            ((198_000, "JPY"), (198_000, "JPY"), False),
            ((197_999, "JPY"), (198_000, "JPY"), True),
            ((1, "USD"), (2, "JPY"), False),
        ],
    )
    def test_pay_is_compared_in_one_currency(self, pay, comparable, below):
        told = {name: dict(zip(("amount", "currency"), value, strict=True)) for name, value in
                (("pay_basic", pay), ("comparable_pay", comparable))}  # fmt: skip
        assert below_comparable(told) is below


class TestPapers:
    @pytest.mark.parametrize(
        ("details", "on", "same"),
        [
            ({"coe_number": "A1", "until": "2027-03-01"}, 8, True),
            ({"coe_number": "A1"}, 8, True),
            ({}, 8, True),
            ({"coe_number": "A2", "until": "2027-03-01"}, 8, False),
            ({"coe_number": "A1", "until": "2027-03-01"}, 9, False),
        ],
    )
    def test_agree_when_day_and_every_value_both_name_are_equal(self, details, on, same):
        told = {"coe_number": "A1", "until": "2027-03-01"}
        assert agrees(dt.date(2026, 12, on), details, dt.date(2026, 12, 8), told) is same


class TestWhoIsTold:
    @pytest.mark.parametrize("step", DETAILS)
    def test_every_step_names_bodies_of_the_receiving_side_and_its_contact_point(self, step):
        for to, contact in (("pk", "CONTACT_PK"), ("jp", "CONTACT_JP")):
            if side_of(step) == to:
                continue
            marking = step_marking(step, to=to, parties=PARTIES)
            if step in PUBLIC:
                assert marking.told() == {"level": "public", "bodies": []}
                continue
            assert marking.bodies[0] == contact
            sides = {
                BOOK.one("authorities", code=one)["side"] if one.isupper() or "_" in one else one[:2] for one in marking.bodies
            }
            assert sides == {to}, (step, marking.bodies)

    def test_who_has_no_part_is_left_out(self):
        assert step_marking("contract_signed", to="jp", parties={"employer": "jp:org:e"}).bodies == (
            "CONTACT_JP", "jp:org:e", "ISA",
        )  # fmt: skip
        assert step_marking("test_booked", to="jp", parties=PARTIES).bodies == ("CONTACT_JP", "jp:org:x")
        assert papers_marking("").bodies == ("CWA", "EMB_PK_TOKYO", "PROTECTOR", "CONTACT_PK")

    def test_the_table_has_a_row_for_every_step(self):
        assert set(SEEN_BY) | set(PUBLIC) == set(DETAILS)


def example(schema):
    """The smallest value of a schema."""
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return example(schema["anyOf"][0])
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "object":
        return {name: example(schema["properties"][name]) for name in schema.get("required", ())}
    if kind == "array":
        return [example(schema["items"])]
    if kind == "string":
        return {
            "date": "2026-12-08", "date-time": "2026-12-08T05:00:00.000Z", "uuid": str(uuid4()),
        }.get(schema.get("format", ""), "A" * 64 if "64" in schema.get("pattern", "") else "MOFA_JP").replace("A" * 64, "a" * 64)  # fmt: skip
    return {"integer": schema.get("minimum", 0), "boolean": True}[kind]


class TestTheShapes:
    @pytest.mark.parametrize("step", DETAILS)
    def test_take_every_step_with_its_details(self, step):
        details = example(DETAILS[step])
        told = journey_stage(
            subject=CASE, station=STATION_OF[step], step=step, on=dt.date(2026, 12, 8), acting="CWA", details=details
        )
        STAGE_SHAPE.validate(told)
        for missing in details:
            assert not STAGE_SHAPE.is_valid(told | {"details": {name: details[name] for name in details if name != missing}})
        STAGE_SHAPE.validate(told | {"details": details | {"a_later_member": "x"}})  # exchange.md, section 0.1

    @pytest.mark.parametrize(
        "changed",
        [{"step": "married"}, {"station": 0}, {"station": 20}, {"source": "rumour"}, {"on": "8.12.2026"}, {"on": "2026-02-30"},
         {"acting": "somebody else"}, {"reason": "In words"}, {"subject": "person"}, {"id": "17301-5550000-4"}],
    )  # fmt: skip
    def test_refuse_what_is_no_step(self, changed):
        told = journey_stage(subject=CASE, station=15, step="departed", on=dt.date(2026, 12, 8), acting="PROTECTOR")
        STAGE_SHAPE.validate(told)
        assert not STAGE_SHAPE.is_valid(told | changed)

    def test_keep_the_two_parts_of_a_demand_apart(self):
        blob = {"name": "a.pdf", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64}
        papers = {"part": "papers", "demand": str(uuid4()), "demand_letter": [blob], "power_of_attorney": [],
                  "poa_from": None, "poa_until": "2027-06-30", "signatory": "S"}  # fmt: skip
        DEMAND_SHAPE.validate(papers)
        assert not DEMAND_SHAPE.is_valid({name: papers[name] for name in papers if name != "signatory"})
        assert not DEMAND_SHAPE.is_valid(papers | {"part": "vacancy"})
        assert SCHEMAS[PUBLISHED]["properties"]["demand_letter"]["x-rahdari"] == "blobs"


class TestClocks:
    @pytest.mark.parametrize(
        ("use_case", "side", "mission", "due"),
        [
            ("jobs.permit_demand", "pk", False, dt.date(2026, 11, 25)),
            ("jobs.attest_demand", "pk", True, dt.date(2026, 11, 30)),
            ("jobs.publish_vacancy", "pk", False, dt.date(2026, 11, 28)),
            ("placements.record_decision", "jp", False, dt.date(2026, 12, 9)),
        ],
    )
    def test_count_the_days_of_the_side_that_acts(self, use_case, side, mission, due):
        found = due_after(use_case, make.AT, BOOK, side, mission=mission)
        assert found.date() == due and (found.hour, found.minute) == (23, 59)

    def test_none_without_a_target(self):
        assert due_after("jobs.file_demand", make.AT, BOOK, "jp") is None
