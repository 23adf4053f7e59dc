"""The law of requests: what may be asked, agreed, answered and rated, and how late something is."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.days import offices_of
from rahdari.base.reference import shipped_book
from rahdari.base.statements import Marking
from rahdari.domain.cooperation.messages import PERSONAL, SCHEMAS
from rahdari.domain.cooperation.rules.requests import (
    Lateness,
    asked_with,
    facts_for,
    is_of_form,
    lateness,
    number_of,
    questions_of,
    why_not_accept,
    why_not_answer,
    why_not_mirror,
    why_not_rate,
    why_not_send,
)
from tests.make.requests import ASK, CASE, RETURN

BOOK = shipped_book()
TODAY = dt.date(2026, 11, 25)
KINDS = [row["code"] for row in BOOK.rows("request_kinds")]
SAMPLES = {
    "text": "x",
    "day": "2026-01-31",
    "number": 3,
    "uuid": CASE,
    "field": "CONSTRUCTION",
    "exam": "JFT_BASIC",
    "yes_no": True,
}


def codes(refusals):
    return [one.code for one in refusals]


def sample(row):
    return row.codes("choices")[0] if row["form"] == "choice" else SAMPLES[row["form"]]


def send(**told):
    return codes(why_not_send(BOOK, **({"urgency": "routine", "due_on": None, "today": TODAY} | ASK | told)))


class TestTheTables:
    def test_hold_the_kinds_of_the_agreement_in_their_order(self):
        assert KINDS == [
            "case_status", "exam_help", "exam_data", "document_check", "complaint_referral", "emergency", "return_assistance",
            "tracing", "firm_enquiry", "visit", "stop_effects", "other",
        ]  # fmt: skip

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_has_questions_that_can_be_asked_with_their_facts(self, kind):
        rows = questions_of(BOOK, kind)
        needed, also = facts_for(BOOK, rows)
        facts = {row["code"]: sample(row) for row in (*needed, *also)}
        assert rows and needed
        assert send(kind=kind, questions=[row["code"] for row in rows], facts=facts) == []

    def test_every_personal_fact_says_why_it_crosses(self):
        personal = BOOK.rows("request_facts", personal="yes")
        assert all(row["reason"] for row in personal)
        crossing = {f"questions/facts/{row['code']}" for row in personal}
        # And of a person who said yes to one firm, in an answer.
        assert {member for member, _ in PERSONAL} == crossing | {f"person/{part}" for part in ("name", "cv", "contact")}

    def test_a_fact_that_is_not_personal_gives_no_reason(self):
        assert not [row for row in BOOK.rows("request_facts", personal="no") if row["reason"]]

    def test_the_schema_knows_every_kind(self):
        assert set(SCHEMAS["request.asked/1"]["properties"]["kind"]["enum"]) == set(KINDS)


class TestWhyNotSend:
    @pytest.mark.parametrize(("told", "found"), [
        ({}, []),
        ({"kind": "moon"}, ["kind_unknown"]),
        ({"questions": []}, ["question_missing", "fact_not_asked"]),
        ({"questions": ["where_it_stands", "is_genuine"]}, ["question_unknown"]),
        ({"facts": {}}, ["fact_missing"]),
        ({"facts": {"case": "  "}}, ["fact_wrong"]),
        ({"facts": {"case": "35201"}}, ["fact_wrong"]),
        ({"facts": {"case": CASE, "full_name": "x"}}, ["fact_not_asked"]),
        ({"urgency": "now!"}, ["urgency_unknown"]),
        ({"due_on": TODAY - dt.timedelta(days=1)}, ["due_in_past"]),
        ({"due_on": TODAY}, []),
        ({"questions": [], "facts": {}, "urgency": "", "due_on": dt.date(2020, 1, 1)},
         ["question_missing", "urgency_unknown", "due_in_past"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, told, found):
        assert send(**told) == found

    def test_needs_the_facts_of_the_questions_chosen_alone(self):
        assert send(**(RETURN | {"facts": {}})) == ["fact_missing"] * 4
        assert send(**RETURN) == []


class TestForms:
    @pytest.mark.parametrize(("form", "value"), [
        ("text", "x"), ("day", "2026-02-28"), ("number", 0), ("yes_no", False), ("uuid", CASE), ("field", "CONSTRUCTION"),
        ("exam", "JFT_BASIC"), ("choice", "a"),
    ])  # fmt: skip
    def test_take_what_they_are_for(self, form, value):
        assert is_of_form(value, form, ["a"], BOOK)

    @pytest.mark.parametrize(("form", "value"), [
        ("text", ""), ("text", " "), ("text", "a\0b"), ("text", 3), ("text", "x" * 4001), ("day", "2026-02-29"), ("day", "1.1.26"),
        ("day", "２０２６-01-01"), ("number", True), ("number", -1), ("number", 10**9), ("number", "3"), ("yes_no", "yes"),
        ("yes_no", 1), ("uuid", CASE[:-1]), ("uuid", "{" + CASE + "}"), ("field", "MOON"), ("exam", "x"), ("choice", "b"),
        ("choice", None),
    ])  # fmt: skip
    def test_refuse_everything_else(self, form, value):
        assert not is_of_form(value, form, ["a"], BOOK)

    @given(st.one_of(st.text(), st.integers(), st.booleans(), st.none()), st.sampled_from([*SAMPLES, "choice", "unheard of"]))
    def test_never_break(self, value, form):
        assert is_of_form(value, form, ["a"], BOOK) in (True, False)


class TestAskedWith:
    def test_gives_each_question_its_own_facts_alone(self):
        facts = {"exam": "JFT_BASIC", "from_day": "2026-12-01", "until_day": "2026-12-02", "people": ""}
        (ready,) = asked_with(BOOK, "exam_help", ["people_ready"], facts)
        assert dict(ready.facts) == {"exam": "JFT_BASIC", "from_day": "2026-12-01", "until_day": "2026-12-02"}

    def test_asks_in_the_order_of_the_table(self):
        asked = asked_with(BOOK, "case_status", ["when_next", "where_it_stands"], {"case": CASE})
        assert [one.code for one in asked] == ["where_it_stands", "when_next"]


class TestWhyNotAccept:
    @pytest.mark.parametrize(("told", "found"), [
        ({}, []),
        ({"agreed_on": TODAY}, []),
        ({"agreed_on": None}, ["agreed_day_missing"]),
        ({"agreed_on": TODAY - dt.timedelta(days=1)}, ["due_in_past"]),
        ({"own": True}, ["asked_from_here"]),
        ({"state": "accepted"}, ["wrong_state"]),
        ({"state": "answered", "own": True, "agreed_on": None}, ["asked_from_here", "wrong_state", "agreed_day_missing"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, told, found):
        asked = {"state": "asked", "own": False, "agreed_on": TODAY + dt.timedelta(days=3), "today": TODAY} | told
        assert codes(why_not_accept(**asked)) == found


class TestWhyNotAnswer:
    ASKED = ["where_it_stands", "stands_since"]

    @pytest.mark.parametrize(("told", "found"), [
        ({}, []),
        ({"state": "asked"}, []),
        ({"answers": {"where_it_stands": "at 12", "stands_since": None}}, []),
        ({"answers": {}}, ["answer_missing"]),
        ({"answers": {"where_it_stands": None, "stands_since": ""}}, ["answer_missing"]),
        ({"answers": {"where_it_stands": "at 12", "stands_since": "soon"}}, ["answer_wrong"]),
        ({"answers": {"where_it_stands": "at 12", "is_genuine": True}}, ["question_unknown"]),
        ({"own": True}, ["asked_from_here"]),
        ({"state": "rated"}, ["wrong_state"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, told, found):
        answer = {"state": "accepted", "own": False, "answers": {"where_it_stands": "at 12", "stands_since": "2026-11-01"}} | told
        assert codes(why_not_answer(BOOK, kind="case_status", asked=self.ASKED, **answer)) == found

    def test_a_question_the_tables_do_not_know_is_answered_in_words(self):
        asked = {"state": "asked", "own": False, "kind": "case_status", "asked": ["newer_question"]}
        assert why_not_answer(BOOK, **asked, answers={"newer_question": "in words"}) == []
        assert codes(why_not_answer(BOOK, **asked, answers={"newer_question": 3})) == ["answer_wrong"]


class TestWhyNotRate:
    @pytest.mark.parametrize(("told", "found"), [
        ({}, []),
        ({"timeliness": 0}, ["mark_missing"]),
        ({"timeliness": None, "effort": 6}, ["mark_missing", "mark_missing"]),
        ({"own": False}, ["asked_from_there"]),
        ({"state": "accepted"}, ["wrong_state"]),
        ({"state": "rated"}, ["wrong_state"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, told, found):
        assert codes(why_not_rate(**({"state": "answered", "own": True, "timeliness": 1, "effort": 5} | told))) == found


class TestWhyNotMirror:
    def test_a_request_must_be_open_to_the_contact_point(self):
        assert why_not_mirror(Marking(), "CONTACT_PK") == []
        assert why_not_mirror(Marking("named_bodies", ("CWA", "CONTACT_PK")), "CONTACT_PK") == []
        assert codes(why_not_mirror(Marking("named_bodies", ("CWA",)), "CONTACT_PK")) == ["contact_point_not_addressed"]


class TestLateness:
    DUE = dt.date(2026, 11, 25)

    @pytest.mark.parametrize(("today", "found"), [
        ("2026-11-25", None), ("2026-11-20", None), ("2026-11-26", Lateness(1, "late")), ("2026-11-29", Lateness(2, "late")),
        ("2026-12-02", Lateness(5, "coordinator")), ("2026-12-08", Lateness(9, "coordinator")),
        ("2026-12-09", Lateness(10, "agenda")), ("2026-12-10", Lateness(11, "agenda")),
    ])  # fmt: skip
    def test_counts_working_days_and_rises(self, today, found):
        assert lateness(BOOK, self.DUE, dt.date.fromisoformat(today), offices_of("JP", BOOK)) == found

    def test_is_nothing_without_a_day(self):
        assert lateness(BOOK, None, TODAY, offices_of("PK", BOOK)) is None

    @given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(0, 60))
    def test_never_falls_as_days_pass(self, due, days):
        offices = offices_of("PK", BOOK)
        one, other = (lateness(BOOK, due, due + dt.timedelta(days=n), offices) for n in (days, days + 1))
        assert (one.days if one else 0) <= (other.days if other else 0)


def test_a_number_is_the_same_wherever_it_is_made():
    asked = UUID("0198c0de-0000-7000-8000-00000012abcd")
    assert number_of("pk", asked, TODAY) == "PK-R-2026-12ABCD"
