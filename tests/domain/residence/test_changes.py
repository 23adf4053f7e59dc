"""A change of status of residence: the law of it, who may, what a paper says, and what the other node takes up."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.reference import Book, shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.departures import actions as departures
from rahdari.domain.departures.models import Departure
from rahdari.domain.fields.queries.orders import application_stopped
from rahdari.domain.jobs.models import DemandPapers
from rahdari.domain.placements.models import StationEvent, Turn
from rahdari.domain.placements.rules.standing import missing_now
from rahdari.domain.residence import actions
from rahdari.domain.residence.models import Guidance, StatusChange
from rahdari.domain.residence.queries import change_of
from rahdari.domain.residence.rules.beginning import why_not_begin
from rahdari.domain.residence.rules.changes import (
    StayLimits,
    limits_of,
    longest_until,
    stays_on_until,
    why_not_file_change,
    why_not_permit_change,
    why_not_refuse_change,
)
from tests.make import jobs
from tests.make.people import actor
from tests.make.thread import at, both, on
from tests.make.two_nodes import two_nodes

BOOK = shipped_book()
ENDS = dt.date(2027, 3, 31)  # the last day of the present stay
FILED, PERMITTED = on("change_filed"), on("status_changed")
STAY = {"bureau": "TOKYO", "receipt_no": "TYO-C-1", "from_status": "student", "stay_ends_on": ENDS, "council_member": True}
DAY = dt.timedelta(days=1)


def codes(found):
    return [one.code for one in (found.value.refusals if hasattr(found, "value") else found)]


class TestFiling:
    FACTS = {
        "inside": True, "open_one": False, "signed": True, "guided": True, "health_fit": True, "council_needed": True,
        "council_member": True, "field": "NURSING_CARE", "stopped": False, "stay_ends_on": ENDS, "on": ENDS,
        "limits": StayLimits(60, 36), "months_used": 59,
    }  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({}, ""),
            ({"inside": False}, "change_not_on_route"),
            ({"open_one": True}, "wrong_state"),
            ({"signed": False}, "contract_missing"),
            ({"guided": False}, "guidance_missing"),
            ({"health_fit": False}, "health_check_missing"),
            ({"council_member": False}, "council_missing"),
            ({"council_member": False, "council_needed": False}, ""),
            ({"stopped": True}, "field_suspended"),
            ({"on": ENDS + DAY}, "stay_over"),
            ({"months_used": 60}, "five_years_used"),
            ({"months_used": 60, "limits": StayLimits(None, 36)}, ""),
        ],
    )
    def test_needs_a_stay_that_goes_on_and_what_lies_behind_it(self, changed, code):
        assert codes(why_not_file_change(**self.FACTS | changed)) == ([code] if code else [])

    def test_says_every_reason_at_once(self):
        wrong = {"signed": False, "guided": False, "on": ENDS + DAY}
        assert codes(why_not_file_change(**self.FACTS | wrong)) == ["contract_missing", "guidance_missing", "stay_over"]


class TestDeciding:
    FACTS = {
        "state": "change_filed", "on": PERMITTED, "until": dt.date(2028, 3, 23), "longest": dt.date(2030, 3, 23),
        "stays_on": dt.date(2027, 5, 31),
    }  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({}, ""),
            ({"until": dt.date(2030, 3, 23)}, ""),
            ({"until": dt.date(2030, 3, 24)}, "stay_too_long"),
            ({"until": dt.date(2030, 3, 24), "longest": None}, ""),
            ({"until": PERMITTED + DAY}, "stay_ends_before"),
            ({"state": "status_changed"}, "wrong_state"),
            ({"state": "change_refused"}, "wrong_state"),
            ({"stays_on": PERMITTED - DAY}, "continuation_over"),
            ({"stays_on": None}, ""),
        ],
    )
    def test_keeps_to_the_lengths_of_the_tables(self, changed, code):
        assert codes(why_not_permit_change(**self.FACTS | changed)) == ([code] if code else [])

    def test_reads_them_from_the_rows_of_the_day(self):
        assert limits_of(BOOK, "ssw1", FILED) == StayLimits(60, 36)
        assert limits_of(BOOK, "ssw2", FILED).total is None
        before = limits_of(BOOK, "ssw1", dt.date(2025, 9, 29))
        assert before.one is None  # a change and an extension have a longest period of their own since 30 September 2025
        assert longest_until(StayLimits(60, 36), PERMITTED, 0) == dt.date(2030, 3, 23)
        assert longest_until(StayLimits(60, 36), PERMITTED, 50) == dt.date(2028, 1, 23)
        assert longest_until(StayLimits(None, None), PERMITTED, 0) is None
        assert stays_on_until(BOOK, ENDS) == dt.date(2027, 5, 31)  # two months while it is pending
        assert stays_on_until(Book({**BOOK.tables, "windows": ()}, BOOK.identifiers, BOOK.version), ENDS) == ENDS

    def test_a_refusal_gives_a_reason_of_the_list(self):
        assert why_not_refuse_change(state="change_filed", codes=["employer"]) == []
        assert codes(why_not_refuse_change(state="change_filed", codes=[])) == ["reason_missing"]
        assert codes(why_not_refuse_change(state="change_filed", codes=["religion"])) == ["reason_missing"]
        assert codes(why_not_refuse_change(state="status_changed", codes=["employer"])) == ["wrong_state"]


def test_work_begins_on_the_day_of_the_permission_at_the_earliest():
    told = {"inside": True, "arrived_on": None, "begun": False}
    assert why_not_begin(**told, permitted_on=PERMITTED, on=PERMITTED) == []
    assert codes(why_not_begin(**told, permitted_on=PERMITTED, on=PERMITTED - DAY)) == ["before_permission"]
    assert codes(why_not_begin(**told, permitted_on=None, on=PERMITTED)) == ["before_permission"]


@pytest.mark.parametrize(
    ("field", "kind", "excepted", "stopped"),
    [
        ("FOOD_SERVICE", "change_of_status", None, True),
        ("FOOD_SERVICE", "change_of_status", True, False),
        ("FOOD_SERVICE", "coe", None, True),
        ("FOOD_SERVICE", "extension", None, False),
        ("NURSING_CARE", "change_of_status", None, False),
        ("INDUSTRIAL_MACHINERY", "coe", None, False),  # lifted in 2022
    ],
)
def test_an_order_stops_the_kind_of_application_its_rows_name(db, field, kind, excepted, stopped):
    reader = actor("contact_point_jp", node="jp")
    assert application_stopped(reader, field, kind, FILED, BOOK, excepted=excepted) is stopped


class TestWhatIsMissing:
    BEFORE = ("demand_filed", "application_filed", "tests_passed", "candidate_nominated", "interviewed", "selected",
              "costs_confirmed", "contract_signed")  # fmt: skip

    @pytest.mark.parametrize(
        ("steps", "missing"),
        [
            ((), ["guidance_given", "change_filed", "status_changed"]),
            (("guidance_given", "change_filed"), ["status_changed"]),
            (("guidance_given", "change_filed", "change_refused"), ["change_filed", "status_changed"]),
            (("status_changed",), ["work_begun"]),
        ],
    )
    def test_is_the_change_in_the_place_of_the_certificate(self, steps, missing):
        assert missing_now([*self.BEFORE, *steps], "inside") == missing


@pytest.fixture
def story(db, settings):
    return both(two_nodes(settings), route="inside")


def employer(story):
    return story.who("employer", jobs.EMPLOYER, "jp")


def bureau(story):
    return story.who("isa_regional", "ISA", "jp", office="TOKYO")


class TestOnBothNodes:
    def test_lies_before_no_office_of_pakistan(self, story):
        story.go("demand_filed")
        with story.on("pk"):
            assert not Waiting.objects.filter(closed_at=None).exists() and not DemandPapers.objects.exists()

    def test_begins_no_departure_and_lets_none_begin(self, story):
        story.go("guidance_given")
        for node in ("pk", "jp"):
            with story.on(node):
                assert Guidance.objects.exists() and not Departure.objects.exists()
        with story.on("jp"), pytest.raises(Refused) as refused:
            told = {"bureau": "TOKYO", "receipt_no": "TYO-1", "council_member": True}
            departures.file_coe(actor=employer(story), case_id=story.case_id, **told, at=at("coe_filed"))
        assert codes(refused) == ["nobody_travels"]

    def test_tells_the_bureau_and_the_receipt_and_keeps_what_the_card_says(self, story):
        story.go("change_filed")
        with story.on("jp"):
            mine = StatusChange.objects.get()
            assert (mine.from_status, mine.stay_ends_on, mine.receipt_no) == ("student", ENDS, "TYO-C-12345")
            waits = Waiting.objects.get(task="residence.decide_change", closed_at=None)
            assert waits.holder_body == "ISA" and waits.due_at.date() == dt.date(2027, 5, 31)
            told = OutboxEntry.objects.filter(kind="statement").latest("id").content
            assert str(ENDS) not in str(told) and "student" not in str(told)
        with story.on("pk"):
            theirs = StatusChange.objects.get()
            assert (theirs.state, theirs.bureau, theirs.filed_on) == ("change_filed", "TOKYO", FILED)
            assert (theirs.from_status, theirs.stay_ends_on, theirs.months_used) == ("", None, None)
            assert Turn.objects.get().task == "residence.decide_change"

    def test_is_marked_to_the_mission_and_the_contact_point(self, story):
        story.go("status_changed")
        with story.on("pk"):
            for row in StationEvent.objects.filter(step__in=("change_filed", "status_changed")):
                assert set(row.bodies) == {"CONTACT_PK", "CWA"}

    def test_leaves_a_month_for_the_first_day_of_work(self, story):
        story.go("status_changed")
        with story.on("jp"):
            waits = Waiting.objects.get(task="residence.begin_work", closed_at=None)
            assert (waits.holder_body, waits.due_at.date()) == (jobs.EMPLOYER, dt.date(2027, 4, 22))
        with story.on("pk"):
            assert change_of(story.case()).until == dt.date(2028, 3, 22)

    def test_that_was_refused_is_filed_again(self, story):
        story.go("change_filed")
        asked = {"actor": bureau(story), "case_id": story.case_id}
        with story.on("jp"):
            with pytest.raises(Refused) as refused:
                actions.refuse_change(**asked, codes=[], at=at("visa_filed"))
            assert codes(refused) == ["reason_missing"]
            actions.refuse_change(**asked, codes=["papers_missing"], at=at("visa_filed"))
            assert Turn.objects.get().task == "residence.file_change"
            assert Waiting.objects.filter(task="residence.file_change", closed_at=None).exists()
            with pytest.raises(Refused) as again:
                actions.decide_change(**asked, until=dt.date(2028, 3, 22), at=at("visa_issued"))
            assert codes(again) == ["wrong_state"]
            actions.file_change(actor=employer(story), case_id=story.case_id, **STAY, at=at("visa_issued"))
        story.corridor.exchange(at=at("visa_issued"))
        with story.on("pk"):
            assert [one.state for one in StatusChange.objects.order_by("id")] == ["change_refused", "change_filed"]
            assert StatusChange.objects.order_by("id").first().codes == ["papers_missing"]

    def test_is_filed_once_at_a_time(self, story):
        story.go("change_filed")
        with story.on("jp"), pytest.raises(Refused) as refused:
            actions.file_change(actor=employer(story), case_id=story.case_id, **STAY, at=at("visa_filed"))
        assert codes(refused) == ["wrong_state"]

    def test_of_a_route_through_a_certificate_is_none(self, db, settings):
        story = both(two_nodes(settings), route="direct").go("guidance_given")
        with story.on("jp"), pytest.raises(Refused) as refused:
            actions.file_change(actor=employer(story), case_id=story.case_id, **STAY, at=at("coe_filed"))
        assert codes(refused) == ["change_not_on_route"]


class TestWhoMay:
    def test_is_the_employer_of_the_case_and_the_bureau_for_the_decision(self, story):
        story.go("guidance_given")
        filed = {"case_id": story.case_id, **STAY, "at": at("change_filed")}
        with story.on("jp"):
            for other in (
                actor("employer", "jp:org:other", node="jp"),
                bureau(story),
                actor("visa_desk", "EMB_JP_PK", node="jp"),
            ):
                with pytest.raises((Refused, Missing)):
                    actions.file_change(actor=other, **filed)
        story.go("change_filed")
        with story.on("jp"):
            for other in (actor("employer", "jp:org:other", node="jp"), actor("support_org", "jp:org:rso", node="jp")):
                with pytest.raises((Refused, Missing)):
                    actions.decide_change(actor=other, case_id=story.case_id, until=ENDS, at=at("visa_filed"))

    def test_on_pakistans_node_only_its_worker_and_only_from_paper(self, story):
        story.go("guidance_given")
        worker, filed = story.people["worker"], {"case_id": story.case_id, **STAY, "at": at("change_filed")}
        with story.on("pk"):
            with pytest.raises(Refused) as refused:
                actions.file_change(actor=worker, **filed)
            assert codes(refused) == ["scan_missing"]
            for other in (story.who("protector", office="PEW"), actor("promoter_manager", jobs.PROMOTER, node="pk")):
                with pytest.raises((Refused, Missing)):
                    actions.file_change(actor=other, **filed, paper=jobs.paper(at("change_filed")))

    def test_a_step_of_the_own_side_is_not_entered_from_paper(self, story):
        story.go("guidance_given")
        with story.on("jp"), pytest.raises(Refused) as refused:
            paper = jobs.paper(at("change_filed"))
            actions.file_change(actor=employer(story), case_id=story.case_id, **STAY, paper=paper, at=at("change_filed"))
        assert codes(refused) == ["own_side_step"]


class TestFromPaper:
    def entered(self, story, until=dt.date(2028, 3, 22)):
        told = {"actor": story.people["worker"], "case_id": story.case_id}
        with story.on("pk"):
            moment = at("change_filed")
            actions.file_change(**told, **STAY, on=FILED, paper=jobs.paper(moment), at=moment)
            moment = at("status_changed")
            actions.decide_change(**told, until=until, on=PERMITTED, paper=jobs.paper(moment), at=moment)

    def steps(self, story):
        with story.on("pk"):
            return {one.step: one for one in StationEvent.objects.filter(step="status_changed", source="paper")}

    @pytest.mark.parametrize(("until", "same"), [(dt.date(2028, 3, 22), True), (dt.date(2028, 6, 22), False)])
    def test_is_confirmed_or_contested_by_the_bureaus_word(self, story, until, same):
        story.go("guidance_given")
        self.entered(story, until)
        entered = self.steps(story)["status_changed"]
        assert entered.confirmed_by is None and entered.stands_for == "jp"
        with story.on("jp"):
            told = {"bureau": "TOKYO", "receipt_no": "TYO-C-1", "from_status": "student", "stay_ends_on": ENDS}
            actions.file_change(
                actor=employer(story), case_id=story.case_id, **told, council_member=True, on=FILED, at=at("status_changed")
            )
            until = dt.date(2028, 3, 22)
            actions.decide_change(actor=bureau(story), case_id=story.case_id, until=until, on=PERMITTED, at=at("status_changed"))
        story.corridor.exchange(at=at("status_changed"))
        step = self.steps(story)["status_changed"]
        assert (step.confirmed_by is not None, step.contested_by is not None) == (same, not same)
        with story.on("pk"):
            kept = StatusChange.objects.get()
            assert (kept.state, kept.until, kept.source) == ("status_changed", dt.date(2028, 3, 22), "system")
