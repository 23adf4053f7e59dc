"""The law of notices: what a draft must say, how it is answered, taken back, and when it is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.days import offices_of
from rahdari.base.reference import shipped_book
from rahdari.base.statements import Marking
from rahdari.domain.notices.messages import (
    SCHEMAS,
    notice_answered,
    notice_raised,
    read_notice_answered,
    read_notice_raised,
)
from rahdari.domain.notices.rules.notices import (
    MOST_PARTIES,
    Party,
    StepTaken,
    days_late,
    due_day,
    marking_to_say,
    number_of,
    why_not_accept,
    why_not_answer,
    why_not_approve,
    why_not_draft,
    why_not_mirror,
    why_not_recall,
    why_not_told,
    why_not_update,
)
from tests.make.notices import ANSWER, DRAFT, TODAY

BOOK = shipped_book()
LATER = TODAY + dt.timedelta(days=1)


def codes(refusals):
    return [one.code for one in refusals]


def draft(**changed):
    return codes(why_not_draft(BOOK, replace(DRAFT, **changed), receiver="jp", today=TODAY))


class TestWhyNotDraft:
    @pytest.mark.parametrize(("changed", "found"), [
        ({}, []),
        ({"kind": "gossip"}, ["notice_kind_unknown"]),
        ({"category": ""}, ["category_missing"]),
        ({"category": "MOC_Z"}, ["category_missing"]),
        ({"kind": "exam", "category": ""}, ["category_missing"]),
        ({"kind": "intermediary", "category": ""}, []),
        ({"kind": "information", "category": "", "about": ()}, []),
        ({"known_on": None}, ["known_on_missing"]),
        ({"known_on": LATER}, ["date_in_future"]),
        ({"about": ()}, ["party_missing"]),
        ({"about": (Party("organisation", " "),)}, ["party_without_name"]),
        ({"about": (Party("", "x"),)}, ["party_without_name"]),
        ({"about": (Party("person", "x"),) * MOST_PARTIES}, []),
        ({"about": (Party("person", "x"),) * (MOST_PARTIES + 1)}, ["too_many"]),
        ({"what": " "}, ["what_missing"]),
        ({"asked": "beg"}, ["asked_missing"]),
        ({"worker": "Invented Worker"}, ["identity_of_complainant"]),
        ({"worker": "Invented Worker", "worker_consents": True}, []),
        ({"amount": 5, "currency": ""}, ["money_half_said"]),
        ({"amount": None, "currency": "JPY"}, ["money_half_said"]),
        ({"amount": None, "currency": ""}, []),
        ({"workers": -1}, ["workers_wrong"]),
        ({"level": "public"}, ["marking_missing"]),
        ({"level": "office"}, ["marking_missing"]),
        ({"level": ""}, ["marking_missing"]),
        ({"level": "named_bodies"}, ["marking_missing"]),
        ({"bodies": ("ISA",)}, ["marking_missing"]),
        ({"level": "named_bodies", "bodies": ("ISA", "jp:org:hoshi")}, []),
        ({"level": "named_bodies", "bodies": ("PROTECTOR",)}, ["body_not_theirs"]),
        ({"level": "named_bodies", "bodies": ("pk:org:x",)}, ["body_not_theirs"]),
        ({"level": "authorities"}, []),
        ({"what": "", "asked": "", "known_on": None}, ["known_on_missing", "what_missing", "asked_missing"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, changed, found):
        assert draft(**changed) == found


class TestMarking:
    def test_the_receiving_contact_point_is_always_among_named_bodies(self):
        assert marking_to_say("named_bodies", ["ISA"], "CONTACT_JP") == Marking("named_bodies", ("CONTACT_JP", "ISA"))
        assert marking_to_say("named_bodies", ["CONTACT_JP", "ISA"], "CONTACT_JP").bodies == ("CONTACT_JP", "ISA")
        assert marking_to_say("authorities", [], "CONTACT_JP") == Marking("authorities")

    def test_one_that_closes_it_to_the_contact_point_cannot_be_taken_up(self):
        assert why_not_mirror(Marking(), "CONTACT_PK") == []
        assert codes(why_not_mirror(Marking("named_bodies", ("BEOE",)), "CONTACT_PK")) == ["contact_point_not_addressed"]


class TestWhyNotApprove:
    @pytest.mark.parametrize(("state", "same", "found"), [
        ("drafted", False, []), ("drafted", True, ["four_eyes"]), ("raised", False, ["wrong_state"]),
        ("recalled", True, ["wrong_state", "four_eyes"]),
    ])  # fmt: skip
    def test_needs_a_draft_and_a_second_officer(self, state, same, found):
        assert codes(why_not_approve(state=state, same_person=same)) == found


class TestTheClock:
    def test_is_the_same_working_day_or_the_next(self):
        jp, pk = offices_of("JP", BOOK), offices_of("PK", BOOK)
        assert due_day(TODAY, jp, 0) == TODAY
        assert due_day(dt.date(2026, 11, 28), jp, 0) == dt.date(2026, 11, 30)  # a Saturday
        assert due_day(dt.date(2026, 11, 23), jp, 0) == dt.date(2026, 11, 24)  # a holiday of Japan alone
        assert due_day(dt.date(2026, 11, 23), pk, 0) == dt.date(2026, 11, 23)

    @pytest.mark.parametrize(("known", "sent", "late"), [
        ("2026-11-25", "2026-11-25", 0), ("2026-11-25", "2026-11-26", 1), ("2026-11-27", "2026-11-29", 0),
        ("2026-11-27", "2026-11-30", 1), ("2026-11-28", "2026-11-30", 0), ("2026-11-25", "2026-12-09", 10),
    ])  # fmt: skip
    def test_counts_working_days_after_it(self, known, sent, late):
        offices = offices_of("JP", BOOK)
        assert days_late(dt.date.fromisoformat(known), dt.date.fromisoformat(sent), offices, 0) == late

    @given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(0, 40))
    def test_never_gives_a_negative_lateness(self, known, days):
        assert days_late(known, known + dt.timedelta(days=days), offices_of("PK", BOOK), 0) >= 0


class TestWhyNotAccept:
    @pytest.mark.parametrize(("state", "own", "found"), [
        ("raised", False, []), ("raised", True, ["raised_from_here"]), ("accepted", False, ["wrong_state"]),
        ("drafted", True, ["raised_from_here", "wrong_state"]),
    ])  # fmt: skip
    def test_is_for_the_state_that_was_told(self, state, own, found):
        assert codes(why_not_accept(state=state, own=own)) == found


def answer(kind="act", state="accepted", own=False, **changed):
    return codes(why_not_answer(BOOK, replace(ANSWER, **changed), state=state, own=own, kind=kind, today=TODAY))


class TestWhyNotAnswer:
    @pytest.mark.parametrize(("changed", "found"), [
        ({}, []),
        ({"state": "raised"}, []),
        ({"state": "answered"}, ["wrong_state"]),
        ({"own": True}, ["raised_from_here"]),
        ({"steps": ()}, ["no_steps"]),
        ({"steps": (StepTaken(TODAY, "prayed"),)}, ["step_unknown"]),
        ({"steps": (StepTaken(TODAY, "useful"),)}, ["step_unknown"]),
        ({"steps": (StepTaken(LATER, "party_heard"),)}, ["date_in_future"]),
        ({"measure": ""}, ["measure_missing"]),
        ({"measure": "none", "measure_on": None}, []),
        ({"measure": "none", "measure_on": None, "evidence_asked": False}, ["bare_denial"]),
        ({"measure_on": None}, ["measure_day_missing"]),
        ({"measure_on": LATER}, ["date_in_future"]),
        ({"reason": " "}, ["answer_without_reason"]),
        ({"returned_amount": 5}, ["money_half_said"]),
        ({"steps": (), "measure": "none", "evidence_asked": False, "reason": ""},
         ["no_steps", "bare_denial", "answer_without_reason"]),
    ])  # fmt: skip
    def test_finds_everything_wrong(self, changed, found):
        assert answer(**changed) == found

    def test_information_is_answered_as_useful_or_not_ours_alone(self):
        plain = {"measure": "none", "measure_on": None, "evidence_asked": False}
        assert answer("information", steps=(StepTaken(TODAY, "useful"),), **plain) == []
        assert answer("information", steps=(StepTaken(TODAY, "party_heard"),), **plain) == ["step_unknown"]


class TestWhyNotRecall:
    @pytest.mark.parametrize(("changed", "found"), [
        ({}, []), ({"state": "answered"}, []), ({"state": "drafted"}, ["wrong_state"]), ({"state": "recalled"}, ["wrong_state"]),
        ({"own": False}, ["raised_from_there"]), ({"reason": "because"}, ["reason_missing"]),
    ])  # fmt: skip
    def test_is_for_whoever_raised_it_with_a_reason(self, changed, found):
        assert codes(why_not_recall(**({"state": "raised", "own": True, "reason": "recall_wrong_facts"} | changed))) == found


class TestWhatThePartnerSays:
    @pytest.mark.parametrize(("kind", "category", "found"), [
        ("act", "MOC_A", []), ("act", "", ["category_missing"]), ("exam", "", ["category_missing"]), ("information", "", []),
        ("intermediary", "", []), ("gossip", "MOC_A", ["category_missing"]),
    ])  # fmt: skip
    def test_an_act_needs_its_category(self, kind, category, found):
        assert codes(why_not_told(BOOK, kind, category, TODAY)) == found

    @pytest.mark.parametrize(("state", "accepts", "found"), [
        (None, False, ["notice_not_known"]), (None, True, ["notice_not_known"]), ("raised", True, []), ("accepted", True, ["wrong_state"]),
        ("raised", False, []), ("answered", False, []), ("recalled", False, ["wrong_state"]),
    ])  # fmt: skip
    def test_word_of_what_goes_on_needs_a_notice_that_stands(self, state, accepts, found):
        assert codes(why_not_update(state, accepts=accepts)) == found


class TestMessages:
    def test_a_notice_reads_back_as_it_was_written(self):
        told = replace(DRAFT, worker="Invented", worker_consents=True, about=(*DRAFT.about, Party("person", "Invented Agent")))
        assert read_notice_raised(notice_raised(told)) == told

    def test_an_answer_reads_back_as_it_was_written(self):
        told = replace(ANSWER, returned_amount=5, returned_currency="JPY")
        assert read_notice_answered(notice_answered(of=uuid4(), statement="", answer=told)) == told

    def test_a_notice_may_leave_out_what_is_not_needed(self):
        least = {
            "kind": "information",
            "known_on": "2026-11-25",
            "about": [],
            "what": {"language": "ur", "value": "x"},
            "asked": "know",
        }
        read = read_notice_raised(least)
        assert (read.category, read.amount, read.workers, read.language) == ("", None, 0, "ur")

    def test_a_notice_is_about_as_many_parties_as_its_schema_takes(self):
        assert SCHEMAS["notice.raised/1"]["properties"]["about"]["maxItems"] == MOST_PARTIES == 40

    def test_schemas_are_open_to_members_they_do_not_know(self):
        assert all("additionalProperties" not in str(schema) for schema in SCHEMAS.values())


def test_a_number_is_the_same_wherever_it_is_made():
    assert number_of("jp", "0198c0de00007000800000000012abcd", TODAY) == "JP-N-2026-12ABCD"
