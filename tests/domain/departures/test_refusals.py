"""More papers, a refusal, a paper that ends: who may say it, what is left behind, how it is asked for again, on both nodes."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure, Paper, Pass
from rahdari.domain.departures.rules.refusals import (
    COE_PAPERS,
    STOPPED_WITHOUT,
    why_not_ask_papers,
    why_not_expire,
    why_not_refuse_coe,
    why_not_refuse_visa,
)
from rahdari.domain.placements.models import StationEvent
from rahdari.project import timetable
from tests.make import jobs
from tests.make.passes import founded
from tests.make.people import actor
from tests.make.thread import alone, at, both, on
from tests.make.two_nodes import two_nodes

from .test_setbacks import DAY, codes, page, said, state, waits

TODAY = dt.date(2027, 1, 5)


def of(refusals):
    return [one.code for one in refusals]


class TestTheLaw:
    @pytest.mark.parametrize(
        ("refusals", "expected"),
        [
            (why_not_refuse_coe(state="coe_filed", codes=["employer"]), []),
            (why_not_refuse_coe(state="coe_filed", codes=[]), ["reason_missing"]),
            (why_not_refuse_coe(state="coe_filed", codes=["employer", "mood"]), ["reason_missing"]),
            (why_not_refuse_coe(state="coe_issued", codes=["employer"]), ["wrong_state"]),
            (why_not_ask_papers(state="coe_filed", items=COE_PAPERS, due=TODAY + DAY, on=TODAY), []),
            (why_not_ask_papers(state="coe_filed", items=["taxes"], due=TODAY, on=TODAY), ["due_too_soon"]),
            (why_not_ask_papers(state="coe_issued", items=[], due=TODAY + DAY, on=TODAY), ["wrong_state", "reason_missing"]),
            (why_not_refuse_visa(state="visa_filed"), []),
            (why_not_refuse_visa(state="coe_issued"), ["wrong_state"]),
            (why_not_expire(kind="coe", state="coe_issued", until=TODAY, today=TODAY), []),
            (why_not_expire(kind="coe", state="coe_issued", until=TODAY + DAY, today=TODAY), ["window_open"]),
            (why_not_expire(kind="visa", state="coe_issued", until=None, today=TODAY), ["window_open"]),
            (why_not_expire(kind="visa", state="flight_booked", until=TODAY, today=TODAY), ["wrong_state"]),
        ],
    )
    def test_says_every_reason(self, refusals, expected):
        assert of(refusals) == expected

    def test_stops_nobody_who_is_booked_or_has_left(self):
        assert not {"flight_booked", "departed", "not_arrived", "arrived"} & {
            one for of_ in STOPPED_WITHOUT.values() for one in of_
        }


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


@pytest.mark.django_db
class TestACertificateRefused:
    moment = at("coe_issued")

    @pytest.mark.sure
    def test_is_told_after_more_papers_and_filed_again(self, story):
        story.go("coe_filed")
        bureau = story.who("isa_regional", "ISA", "jp", office="TOKYO")
        with story.on("jp"):
            told = {"case_id": story.case_id, "items": ["taxes", "taxes"], "due": self.moment.date() + 9 * DAY}
            with pytest.raises((Refused, Missing)):
                actions.ask_for_papers(actor=actor("employer", "jp:org:other", node="jp"), **told, at=self.moment)
            actions.ask_for_papers(actor=bureau, **told, at=self.moment)
        story.corridor.exchange(at=self.moment)
        assert waits(story, "jp") == {"departures.decide_coe": "ISA", "departures.bring_papers": jobs.EMPLOYER}
        assert said(story, "jp", "coe_more_papers").content["details"] == {"items": ["taxes"], "due": "2027-03-01"}
        assert "proof of taxes" in page(story, "pk", "worker", moment=self.moment)
        with story.on("jp"):
            seen = Departure.objects.get().version
            actions.refuse_coe(actor=bureau, case_id=story.case_id, codes=["employer", "other"], seen=seen, at=self.moment)
            with pytest.raises(Refused) as wrong:
                actions.refuse_coe(actor=bureau, case_id=story.case_id, codes=["other"], seen=seen, at=self.moment)
            assert codes(wrong) == ["stale"]
        story.corridor.exchange(at=self.moment)
        assert (state(story, "pk"), state(story, "jp")) == ("coe_refused", "coe_refused")
        assert waits(story, "jp") == {"departures.file_coe": jobs.EMPLOYER}
        assert said(story, "jp", "coe_refused").content["details"] == {"codes": ["employer", "other"]}
        assert "requirements on the employer not met" in page(story, "pk", "worker", moment=self.moment)
        with story.on("jp"):
            told = {"bureau": "TOKYO", "receipt_no": "T-2", "council_member": True}
            actions.file_coe(actor=story.who("employer", jobs.EMPLOYER, "jp"), case_id=story.case_id, **told, at=self.moment)
        story.corridor.exchange(at=self.moment)
        assert (state(story, "pk"), state(story, "jp")) == ("coe_filed", "coe_filed")

    def test_counts_before_a_grant_entered_from_paper(self, story):
        story.go("coe_filed")
        with story.on("pk"):
            paper = {"coe_number": "COE-1", "paper": jobs.paper(self.moment, number="COE-1")}
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            actions.decide_coe(actor=promoter, case_id=story.case_id, **paper, at=self.moment)
        with story.on("jp"):
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            actions.refuse_coe(actor=employer, case_id=story.case_id, codes=["papers_false"], at=self.moment)
        story.corridor.exchange(at=self.moment)
        assert state(story, "pk") == "coe_refused"
        with story.on("pk"):
            assert StationEvent.objects.get(step="coe_issued").contested_by is not None


@pytest.mark.django_db
class TestAVisaRefused:
    @pytest.mark.sure
    def test_has_no_reason_and_is_applied_for_again(self, story):
        story.go("visa_filed")
        moment = at("visa_issued")
        with story.on("jp"):
            for other in (story.who("employer", jobs.EMPLOYER, "jp"), story.who("isa_regional", "ISA", "jp", office="TOKYO")):
                with pytest.raises(Refused) as wrong:
                    actions.refuse_visa(actor=other, case_id=story.case_id, at=moment)
                assert codes(wrong) == ["not_permitted"]
            actions.refuse_visa(actor=story.who("visa_desk", "EMB_JP_PK", "jp"), case_id=story.case_id, at=moment)
        story.corridor.exchange(at=moment)
        assert (state(story, "pk"), state(story, "jp")) == ("visa_refused", "visa_refused")
        assert said(story, "jp", "visa_refused").content["details"] == {}
        assert waits(story, "pk") == {"departures.record_visa_filed": jobs.PROMOTER}
        shown = page(story, "pk", "worker", moment=moment)
        assert "by practice; how sure: little" in shown and "2027" in shown
        with story.on("pk"):
            actions.record_visa_filed(actor=story.who("promoter_clerk", jobs.PROMOTER), case_id=story.case_id, at=moment + DAY)
        story.corridor.exchange(at=moment + DAY)
        assert (state(story, "pk"), state(story, "jp")) == ("visa_filed", "visa_filed")


@pytest.mark.django_db
class TestAPaperThatEnds:
    @pytest.mark.sure
    def test_is_told_by_the_node_on_the_first_day_without_it_and_asked_for_again(self, settings):
        founded(settings)
        story = both(two_nodes(settings)).go("registered")
        with story.on("jp"):
            until = Paper.objects.get(kind="coe").until
            first = dt.datetime.combine(until, dt.time(), dt.timezone(dt.timedelta(hours=9)))
            assert timetable.end_papers(at=first - dt.timedelta(seconds=1)) == 0
            assert timetable.end_papers(at=first) == 1
            assert timetable.end_papers(at=first) == 0
        story.corridor.exchange(at=first)
        assert (state(story, "pk"), state(story, "jp")) == ("coe_expired", "coe_expired")
        assert said(story, "jp", "coe_expired").content["acting"] == "ISA"
        assert waits(story, "jp") == {"departures.file_coe": jobs.EMPLOYER}
        assert waits(story, "pk") == {}
        with story.on("pk"):
            assert not Pass.objects.filter(ended_on=None).exists()
            assert timetable.end_papers(at=first + 90 * DAY) == 0  # the accepting side says it

    def test_what_was_done_before_it_ended_and_heard_of_later_counts(self, story):
        story.go("registered")
        story.done.append("flight_booked")
        with story.on("pk"):
            leaves = at("departed")
            told = {"flight": "PK898", "leaves_from": "ISB", "airport": "HND", "leaves_at": leaves}
            eta, clerk = leaves + dt.timedelta(hours=14), story.who("promoter_clerk", jobs.PROMOTER)
            actions.build_manifest(actor=clerk, case_ids=[story.case_id], **told, eta=eta, at=at("flight_booked"))
        late = dt.datetime(2027, 5, 21, 1, tzinfo=dt.UTC)
        with story.on("jp"):
            assert timetable.end_papers(at=late) == 1
        story.corridor.exchange(at=late)
        assert (state(story, "pk"), state(story, "jp")) == ("flight_booked", "flight_booked")


@pytest.mark.django_db
def test_on_pakistans_node_alone_a_refusal_is_entered_from_paper():
    story = alone().go("coe_filed")
    told = {"case_id": story.case_id, "codes": ["other"], "on": on("coe_issued"), "at": at("coe_issued")}
    promoter = story.who("promoter_manager", jobs.PROMOTER)
    with pytest.raises(Refused) as wrong:
        actions.refuse_coe(actor=promoter, **told)
    assert codes(wrong) == ["scan_missing"]
    actions.refuse_coe(actor=promoter, **told, paper=jobs.paper(at("coe_issued"), number=""))
    event = StationEvent.objects.get(step="coe_refused")
    assert (event.source, event.stands_for, Departure.objects.get().state) == ("paper", "jp", "coe_refused")
