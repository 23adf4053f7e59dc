"""Ids, money, states, access, facts: the pure ground."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base import ids
from rahdari.base.access import Clause, anyone, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.facts import Amount, Day, Facts, Moment, WrongFacts, code_of, own_fault, read_facts
from rahdari.base.ids import new_id
from rahdari.base.money import Money
from rahdari.base.reference import shipped_book
from rahdari.base.states import diagram, reachable, why_not_move

BOOK = shipped_book()


class TestNewId:
    def test_sorts_by_the_order_of_making(self):
        made = [new_id() for _ in range(20_000)]
        assert made == sorted(made)
        assert len(set(made)) == len(made)

    def test_is_a_uuid_of_version_7(self):
        one = new_id()
        assert one.version == 7
        assert one.variant == RFC_4122

    def test_carries_the_time_in_milliseconds(self, monkeypatch):
        monkeypatch.setattr(ids, "_last_ms", 0)  # ids never go back, and other tests travel in time
        stamp = new_id().int >> 80
        assert abs(stamp / 1000 - dt.datetime.now(dt.UTC).timestamp()) < 60


class TestMoney:
    def test_adds_amounts_of_one_currency(self):
        assert Money("JPY", 5) + Money("JPY", 7) - Money("JPY", 2) == Money("JPY", 10)

    @pytest.mark.parametrize(("currency", "amount"), [("JPY", 1.5), ("JPY", True), ("yen", 1), ("", 1), ("JPYX", 1)])
    def test_refuses_what_is_no_whole_amount_of_a_currency(self, currency, amount):
        with pytest.raises(ValueError, match=r"amount|currency"):
            Money(currency, amount)

    def test_never_adds_two_currencies(self):
        with pytest.raises(ValueError, match="cannot be added"):
            Money("JPY", 1) + Money("PKR", 1)


MOVES = {"asked": {"decided", "withdrawn"}, "decided": {"lifted"}, "lifted": set(), "withdrawn": set()}


class TestStates:
    def test_allows_a_move_of_the_table(self):
        assert why_not_move(MOVES, "asked", "decided") == []

    def test_refuses_any_other_move(self):
        assert [one.code for one in why_not_move(MOVES, "lifted", "asked")] == ["wrong_state"]

    def test_tells_what_can_be_reached(self):
        assert reachable(MOVES) == set(MOVES)
        assert "island" not in reachable({**MOVES, "island": set()})

    def test_draws_the_table(self):
        assert diagram(MOVES).splitlines()[1:4] == ["    [*] --> asked", "    asked --> decided", "    asked --> withdrawn"]


OWN = Clause("own", lambda actor, thing: thing == actor.body, "not_own", of_subject=True)
PERMITS = permits("things", {"see": (anyone,), "mark": (on_node("jp"), in_role("clerk"), OWN)})
CLERK = Actor(node="jp", role="clerk", body="A", person=new_id())


class TestPermit:
    def test_is_named_after_package_and_use_case(self):
        assert PERMITS["mark"].name == "things.mark"

    def test_lets_anyone_in_where_anyone_may(self):
        assert PERMITS["see"].why_not(stranger("pk")) == []

    def test_says_every_clause_that_fails(self):
        refused = PERMITS["mark"].why_not(stranger("pk"), "A")
        assert {one.code for one in refused} == {"wrong_node", "not_permitted", "not_own"}

    def test_asks_about_the_subject_only_when_there_is_one(self):
        assert PERMITS["mark"].why_not(CLERK) == []
        assert [one.code for one in PERMITS["mark"].why_not(CLERK, "B")] == ["not_own"]

    def test_knows_who_signed_in(self):
        permit = permits("things", {"own": (signed_in,)})["own"]
        assert [one.code for one in permit.why_not(stranger("pk"))] == ["sign_in_first"]
        assert permit.why_not(CLERK) == []

    def test_a_machine_is_nobody(self):
        assert not machine("pk", "timetable").known


class Shape(Facts):
    day: Day | None = None
    moment: Moment | None = None
    field: Annotated[str, code_of("fields")] | None = None
    kind: Literal["a", "b"] | None = None
    amount: Amount | None = None
    sure: bool | None = None
    inner: list[Shape] | None = None


class TestReadFacts:
    @pytest.mark.parametrize(
        ("given", "path", "code"),
        [
            ({"x": 1}, "/x", "unknown_member"),
            ({"a/b~c": 1}, "/a~1b~0c", "unknown_member"),
            ({"day": "2026-02-30"}, "/day", "not_a_day"),
            ({"day": "30.2.2026"}, "/day", "not_a_date"),
            ({"day": 20260230}, "/day", "not_a_date"),
            ({"moment": "2026-01-01T00:00:00"}, "/moment", "not_a_moment"),
            ({"field": "NOPE"}, "/field", "unknown_code"),
            ({"field": 3}, "/field", "not_text"),
            ({"kind": "c"}, "/kind", "not_in_list"),
            ({"amount": "7"}, "/amount", "not_a_number"),
            ({"amount": True}, "/amount", "not_a_number"),
            ({"amount": -1}, "/amount", "too_small"),
            ({"amount": 1.5}, "/amount", "not_a_number"),
            ({"sure": 1}, "/sure", "not_yes_or_no"),
            ({"inner": {}}, "/inner", "not_a_list"),
            ({"inner": [{"day": "x"}]}, "/inner/0/day", "not_a_date"),
            ({"inner": ["x"]}, "/inner/0", "not_an_object"),
            ("text", "", "not_an_object"),
            ([], "", "not_an_object"),
            (None, "", "not_an_object"),
        ],
    )
    def test_says_where_and_what_is_wrong(self, given, path, code):
        with pytest.raises(WrongFacts) as wrong:
            read_facts(Shape, given, BOOK)
        assert [(fault.path, fault.code) for fault in wrong.value.faults] == [(path, code)]

    def test_says_every_fault_at_once(self):
        with pytest.raises(WrongFacts) as wrong:
            read_facts(Shape, {"x": 1, "day": "x", "kind": "c"}, BOOK)
        assert len(wrong.value.faults) == 3

    def test_tells_left_out_from_none(self):
        facts = read_facts(Shape, {"day": None}, BOOK)
        assert facts.said("day")
        assert not facts.said("field")

    def test_a_fault_of_the_shape_itself_keeps_its_code(self):
        class Odd(Facts):
            day: Day

            def model_post_init(self, context: object) -> None:
                return None

        assert read_facts(Odd, {"day": "2026-01-01"}, BOOK).day == dt.date(2026, 1, 1)
        assert own_fault("from_after_to").type == "from_after_to"

    @given(
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))
    )
    def test_gives_facts_or_faults_for_anything(self, given):
        try:
            read_facts(Shape, given, BOOK)
        except WrongFacts as wrong:
            assert wrong.faults
