"""The engine of the forms: what a line becomes, what counts as missing, what programs are told. Pure."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from rahdari.base.money import Money
from rahdari.base.reference import Row, shipped_book
from rahdari.domain.paperwork.rules import Asked, Form, data_of, fill, form_of, forms_on, tally_of
from rahdari.domain.paperwork.rules.filling import Code, Entry, Found, hash_of, plain
from rahdari.domain.paperwork.rules.identity import opens_identity

DAY = dt.date(2026, 11, 28)


def asked(key, filled_from="", kind="text", *, needed=False):
    return Asked(key, "1", kind, filled_from, (), needed, {"en": key, "ur": key, "ja": key})


def form(*lines):
    return Form("X_1", "1", "jp", "case", "ja", "X-1", frozenset({"employer"}), Row({}), lines)


class TestFill:
    @pytest.mark.parametrize(("line", "found", "state"), [
        (asked("a", "s"), Found("x"), "filled"),
        (asked("a", "s"), Found(0), "filled"),
        (asked("a", "s"), Found(Money("JPY", 0)), "filled"),
        (asked("a", "s"), Found(None), "missing"),
        (asked("a", "s"), Found(""), "missing"),
        (asked("a", "s"), Found([]), "missing"),
        (asked("a", "s"), None, "missing"),
        (asked("a", "s"), Found(closed=True), "closed"),
        (asked("a", "slot.contracts.offer_employment.a"), Found("x"), "unbuilt"),
        (asked("a", "s", "part"), Found("x"), "printed"),
        (asked("a", "", "hand"), None, "printed"),
    ])  # fmt: skip
    def test_says_why_a_line_looks_as_it_does(self, line, found, state):
        [one] = fill(form(line), {"s": found} if found is not None else {})
        assert one.state == state
        assert (one.value is not None) is (state == "filled")

    def test_counts_what_is_there_and_what_the_form_does_not_go_without(self):
        lines = [asked("p", kind="part"), asked("a", "s", needed=True), asked("b", "t", needed=True), asked("c", "u")]
        tally = tally_of(fill(form(*lines), {"s": Found("x")}))
        assert (tally.asked, tally.filled, tally.missing, tally.needed) == (3, 1, 2, 1)

    def test_names_the_use_case_of_a_slot(self):
        assert asked("a", "slot.residence.plan_support.lang").slot_of == "residence.plan_support"
        assert asked("a", "worker.name").slot_of == ""


class TestData:
    def test_is_canonical_and_leaves_out_what_is_closed(self):
        lines = [asked("a", "s"), asked("b", "t"), asked("c", "u"), asked("h", kind="hand")]
        found = {"s": Found(Money("JPY", 198_000)), "t": Found(DAY), "u": Found("secret", closed=True)}
        data = data_of(form(*lines), fill(form(*lines), found), about={"node": "jp"}, made_on=DAY)
        told = json.loads(data)
        assert [one.get("value") for one in told["fields"]] == [{"amount": 198_000, "currency": "JPY"}, "2026-11-28", None]
        assert "secret" not in data
        assert data == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert len(hash_of(data)) == 64

    def test_tells_lists_in_plain_members(self):
        assert plain([Entry(Code("night"), Money("JPY", 1), ("four", DAY))]) == [
            {"what": "night", "money": {"amount": 1, "currency": "JPY"}, "beside": ["four", "2026-11-28"]}
        ]
        assert plain([Code("a")]) == ["a"]


class TestIdentity:
    @pytest.mark.parametrize(("role", "facts", "opened"), [
        ("worker", {"own": True}, True),
        ("promoter_manager", {"signed": True, "allowed": True}, True),
        ("promoter_clerk", {"signed": True, "allowed": True}, True),
        ("promoter_manager", {"signed": True}, False),
        ("promoter_manager", {"allowed": True}, False),
        ("protector", {"applied": True}, True),
        ("protector", {"signed": True, "allowed": True}, False),
        ("employer", {"signed": True, "allowed": True, "applied": True}, False),
    ])  # fmt: skip
    def test_opens_in_its_turn(self, role, facts, opened):
        told = dict.fromkeys(("own", "signed", "allowed", "applied"), False) | facts
        assert opens_identity(role, **told) is opened


class TestForms:
    def test_are_those_of_a_day(self):
        book = shipped_book()
        assert form_of(book, "JP_1_6", DAY).number == "参考様式第1-6号"
        assert form_of(book, "JP_9_9", DAY) is None
        assert {one.subject for one in forms_on(book, DAY, "demand")} <= {"demand"}

    def test_keep_the_order_of_the_paper(self):
        keys = [one.key for one in form_of(shipped_book(), "JP_1_6", DAY).lines]
        assert keys.index("part_1") < keys.index("renewal") < keys.index("part_2") < keys.index("field") < keys.index("part_9")
