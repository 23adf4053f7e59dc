"""Certificate, visa, registration, flight, arrival: who may, what is left behind, and what the other node takes up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure, Manifest, Paper, Passenger, Registration
from rahdari.domain.departures.queries import case_here, journey_of
from rahdari.domain.jobs.rules.papers import Paper as StepPaper
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.placements.queries import line_of
from tests.make import jobs
from tests.make.people import actor
from tests.make.statements import SCHEMAS, mailroom, told
from tests.make.thread import AIRPORT, FLIGHT, HANEDA, alone, at, both, on, receipts
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
BOOK = shipped_book()


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def state(story, node):
    with story.on(node):
        return Departure.objects.get().state


def said(story, node, step):
    with story.on(node):
        return OutboxEntry.objects.get(type="journey.stage/1", content__step=step)


def heard(story, node, step):
    """A step as the other node's inbox gets it."""
    with story.on(node):
        return told(OutboxEntry.objects.get(type="journey.stage/1", content__step=step), node, "pk" if node == "jp" else "jp")


STATES = {
    "coe_filed": "coe_filed", "coe_issued": "coe_issued", "visa_filed": "visa_filed", "visa_issued": "visa_issued",
    "registered": "cleared", "flight_booked": "flight_booked", "departed": "departed", "arrived": "arrived",
}  # fmt: skip
SEEN_BY = {
    "coe_filed": ("jp", {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR"}),
    "coe_issued": ("jp", {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR"}),
    "visa_filed": ("pk", {"CONTACT_JP", "EMB_JP_PK"}),
    "visa_issued": ("jp", {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR"}),
    "registered": ("pk", {"CONTACT_JP", jobs.EMPLOYER, "ISA"}),
    "flight_booked": ("pk", {"CONTACT_JP", jobs.EMPLOYER}),
    "departed": ("pk", {"CONTACT_JP", jobs.EMPLOYER}),
    "arrived": ("jp", {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR", "CWA"}),
}


class TestEveryStep:
    def test_moves_both_nodes_and_is_marked_for_those_it_concerns(self, story):
        for step, reached in STATES.items():
            story.go(step)
            assert (state(story, "pk"), state(story, "jp")) == (reached, reached), step
            node, bodies = SEEN_BY[step]
            entry = said(story, node, step)
            SCHEMAS[entry.type].validate(entry.content)
            assert set(entry.marking["bodies"]) == bodies, step
            assert entry.thread == story.case_id

    def test_leaves_exactly_one_audit_entry_on_each_node(self, story):
        story.go("coe_issued")
        with story.on("jp"):
            assert AuditEntry.objects.filter(verb="departures.decide_coe").count() == 1
        with story.on("pk"):
            entry = AuditEntry.objects.filter(verb="departures.mirror_step").latest("id")
            assert (entry.role, entry.channel) == ("node", "mailroom")


class TestFileCoe:
    def told(self, story, **changed):
        return {"case_id": story.case_id, "bureau": "TOKYO", "receipt_no": "T-1", "council_member": True} | changed

    def test_needs_guidance_health_and_council(self, story):
        story.go("contract_signed")
        with story.on("jp"):
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            with pytest.raises(Refused) as wrong:
                actions.file_coe(actor=employer, **self.told(story, council_member=False), at=at("coe_filed"))
            assert codes(wrong) == ["guidance_missing", "council_missing"]

    def test_refuses_other_roles_and_a_day_before_the_contract(self, story):
        story.go("guidance_given")
        with story.on("jp"):
            with pytest.raises(Refused) as wrong:
                actions.file_coe(actor=actor("isa_regional", node="jp"), **self.told(story), at=at("coe_filed"))
            assert codes(wrong) == ["not_permitted"]
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            for day, code in ((on("contract_signed") - dt.timedelta(days=2), "before_previous_step"),
                              (on("coe_filed") + dt.timedelta(days=1), "date_in_future")):  # fmt: skip
                with pytest.raises(Refused) as wrong:
                    actions.file_coe(actor=employer, **self.told(story, on=day), at=at("coe_filed"))
                assert codes(wrong) == [code]

    def test_opens_the_clock_of_the_bureau_and_settles_the_employers(self, story):
        story.go("coe_filed")
        with story.on("jp"):
            tasks = dict(Waiting.objects.filter(closed_at=None).values_list("task", "holder_body"))
            assert tasks == {"departures.decide_coe": "ISA"}

    def test_a_step_of_ones_own_side_is_never_from_paper(self, story):
        story.go("guidance_given")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            actions.file_coe(actor=employer, **self.told(story, paper=jobs.paper(at("coe_filed"))), at=at("coe_filed"))
        assert codes(wrong) == ["own_side_step"]


class TestDecideCoe:
    def test_keeps_the_number_closed_and_the_day_it_runs_out(self, story):
        story.go("coe_issued")
        for node in ("jp", "pk"):
            with story.on(node):
                paper = Paper.objects.get(kind="coe")
                assert (paper.number, paper.until) == ("COE-777", dt.date(2027, 5, 21))
                with connection.cursor() as cursor:
                    cursor.execute("select number from departures_paper where kind = 'coe'")
                    assert b"COE-777" not in bytes(cursor.fetchone()[0])
        with story.on("pk"):
            assert Waiting.objects.get(task="departures.record_visa_filed", closed_at=None).holder_body == jobs.PROMOTER

    def test_follows_the_application(self, story):
        story.go("guidance_given")
        bureau = story.who("isa_regional", "ISA", "jp", office="TOKYO")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.decide_coe(actor=bureau, case_id=story.case_id, coe_number="X", at=at("coe_issued"))
        assert codes(wrong) == ["wrong_state"]


class TestVisa:
    def test_is_seen_by_the_mission_only_once_it_is_asked_for(self, story):
        story.go("coe_issued")
        desk = story.who("visa_desk", "EMB_JP_PK", "jp")
        with story.on("jp"), pytest.raises(Missing):
            actions.decide_visa(actor=desk, case_id=story.case_id, at=at("visa_issued"))
        story.go("visa_filed")
        with story.on("jp"):
            waiting = Waiting.objects.get(task="departures.decide_visa", closed_at=None)
            assert (waiting.holder_body, waiting.due_at is not None) == ("EMB_JP_PK", True)
        story.go("visa_issued")
        with story.on("pk"):
            assert Paper.objects.get(kind="visa").until == dt.date(2027, 6, 4)

    def test_is_not_asked_for_when_the_certificate_has_run_out(self, story):
        story.go("coe_issued")
        late = dt.datetime(2027, 5, 21, 3, tzinfo=dt.UTC)
        with story.on("pk"), pytest.raises(Refused) as wrong:
            clerk = story.who("promoter_clerk", jobs.PROMOTER)
            actions.record_visa_filed(actor=clerk, case_id=story.case_id, at=late)
        assert codes(wrong) == ["coe_expired"]


class TestRegistrationAndClearance:
    def test_tells_nothing_before_the_clearance(self, story):
        story.go("visa_issued")
        before = len(story.corridor.carried)
        story.go("registration_applied")
        assert len(story.corridor.carried) == before
        assert state(story, "jp") == "visa_issued"

    def test_numbers_run_by_protectorate_and_year(self, story):
        story.go("registered")
        for node in ("pk", "jp"):
            with story.on(node):
                held = Registration.objects.get()
                assert (held.registration_no, held.clearance_no) == ("R-PEW-2027-000001", "C-PEW-2027-000001")

    def test_needs_the_hash_of_the_contract_and_a_protector(self, story):
        story.go("registration_applied")
        with story.on("pk"):
            protector = story.who("protector", office="PEW")
            told_ = {"case_id": story.case_id, "at": at("registered")}
            with pytest.raises(Refused) as wrong:
                actions.issue_clearance(actor=protector, terms_hash="0" * 64, **told_)
            assert codes(wrong) == ["hash_differs"]
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            with pytest.raises(Refused) as wrong:
                actions.issue_clearance(actor=promoter, terms_hash=story.offer().terms_hash, **told_)
            assert codes(wrong) == ["not_permitted"]
            late = dt.datetime(2027, 5, 21, 3, tzinfo=dt.UTC)
            with pytest.raises(Refused) as wrong:
                actions.issue_clearance(actor=protector, terms_hash=story.offer().terms_hash, case_id=story.case_id, at=late)
            assert codes(wrong) == ["windows_do_not_overlap", "permission_expired"]

    def test_is_applied_for_by_whoever_recruits_with_every_receipt(self, story):
        story.go("visa_issued")
        with story.on("pk"):
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            told_ = {"case_id": story.case_id, "insurance_no": "S-1", "insured_on": on("visa_issued")}
            paid = receipts(on("visa_issued"))
            with pytest.raises(Refused) as wrong:
                actions.apply_registration(actor=promoter, receipts=paid[1:], **told_, at=at("registration_applied"))
            assert codes(wrong) == ["receipt_missing", "orientation_missing"]
            other = actor("promoter_manager", "pk:org:other")
            with pytest.raises(Missing):
                actions.apply_registration(actor=other, receipts=paid, **told_, at=at("registration_applied"))


class TestFlight:
    def told(self, story, **changed):
        leaves = at("departed")
        told_ = {
            "case_ids": [story.case_id], "flight": FLIGHT, "leaves_from": AIRPORT, "airport": HANEDA, "leaves_at": leaves,
            "eta": leaves + dt.timedelta(hours=14),
        }  # fmt: skip
        return told_ | changed

    def test_tells_the_phone_for_the_pick_up_and_keeps_it_closed(self, story):
        story.go("registered")
        with story.on("pk"):
            phone = story.file.person.phone
        story.go("flight_booked")
        entry = said(story, "pk", "flight_booked")
        assert entry.content["details"].get("phone", "") == (phone or "")
        with story.on("jp"):
            assert Passenger.objects.get().phone == (phone or None)
            assert "phone" not in StationEvent.objects.get(step="flight_booked").details
            assert Manifest.objects.get().flight == FLIGHT

    def test_refuses_who_is_not_cleared_and_a_landing_too_late(self, story):
        story.go("registration_applied")
        clerk = story.who("promoter_clerk", jobs.PROMOTER)
        with story.on("pk"), pytest.raises(Refused) as wrong:
            actions.build_manifest(actor=clerk, **self.told(story), at=at("flight_booked"))
        assert codes(wrong) == ["no_clearance"]
        story.go("registered")
        late = dt.datetime(2027, 5, 20, 20, tzinfo=dt.UTC)
        with story.on("pk"):
            with pytest.raises(Refused) as wrong:
                changed = {"leaves_at": late - dt.timedelta(hours=10), "eta": late}
                actions.build_manifest(actor=clerk, **self.told(story, **changed), at=at("flight_booked"))
            assert codes(wrong) == ["window_closes"]
            assert not Manifest.objects.exists()

    def test_the_airport_desk_records_who_left_and_japan_waits(self, story):
        story.go("departed")
        with story.on("pk"):
            assert Passenger.objects.get().departed_on == on("departed")
        with story.on("jp"):
            waiting = Waiting.objects.get(task="departures.confirm_arrival", closed_at=None)
            assert (waiting.holder_body, waiting.due_at.date()) == (jobs.EMPLOYER, dt.date(2027, 3, 24))

    def test_nobody_departs_without_a_manifest(self, story):
        story.go("registered")
        with story.on("pk"), pytest.raises(Refused) as wrong:
            actions.record_departure(actor=story.who("protector", office="PEW"), case_id=story.case_id, at=at("departed"))
        assert codes(wrong) == ["not_on_manifest"]


class TestArrival:
    def test_opens_the_clock_of_the_first_day_of_work(self, story):
        story.go("arrived")
        with story.on("jp"):
            waiting = Waiting.objects.get(task="residence.begin_work", closed_at=None)
            assert waiting.due_at.astimezone(dt.timezone(dt.timedelta(hours=9))).date() == dt.date(2027, 4, 21)
        with story.on("pk"):
            assert Passenger.objects.get().arrived_on == on("arrived")

    def test_is_not_before_the_departure_nor_somewhere_else(self, story):
        story.go("flight_booked")
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        told_ = {"case_id": story.case_id, "airport": HANEDA}
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.confirm_arrival(actor=employer, **told_, at=at("arrived"))
        assert codes(wrong) == ["not_departed"]
        story.go("departed")
        with story.on("jp"):
            with pytest.raises(Refused) as wrong:
                actions.confirm_arrival(actor=employer, **told_ | {"airport": "NRT"}, at=at("arrived"))
            assert codes(wrong) == ["airport_unknown"]
            with pytest.raises(Refused) as wrong:
                actions.confirm_arrival(actor=employer, **told_, on=on("flight_booked"), at=at("arrived"))
            assert codes(wrong) == ["before_previous_step"]


class TestFromPaper:
    """Pakistan's node alone: Japan's steps by those who stand nearest to them, each with its scan."""

    def test_each_step_is_hatched_and_stands_for_japan(self):
        story = alone().go("arrived")
        worker = story.people["worker"]
        stations = {one.no: one for one in line_of(worker, story.case())}
        assert {no for no, one in stations.items() if one.hatched} >= {9, 12, 13, 16}
        for step in ("coe_filed", "coe_issued", "visa_issued", "arrived"):
            event = StationEvent.objects.get(step=step)
            assert (event.source, event.stands_for, event.home) == ("paper", "jp", "pk")
            assert event.paper.scan.kind == "application/pdf"

    @pytest.mark.parametrize(
        ("paper", "code"),
        [
            (None, "scan_missing"),
            (StepPaper(None, on("coe_issued"), "ISA", "1"), "scan_missing"),
            (StepPaper(jobs.scan(), on("coe_issued"), " ", "1"), "issuer_missing"),
            (StepPaper(jobs.scan(), None, "ISA", "1"), "date_missing"),
            (StepPaper(jobs.scan(), on("coe_issued") + dt.timedelta(days=1), "ISA", "1"), "date_in_future"),
            (StepPaper(jobs.scan(), on("coe_filed"), "ISA", "1"), "received_before_dated"),
        ],
    )
    def test_refuses_a_paper_that_is_not_whole(self, paper, code):
        story = alone().go("coe_filed")
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        with pytest.raises(Refused) as wrong:
            actions.decide_coe(actor=promoter, case_id=story.case_id, coe_number="C-1", paper=paper, at=at("coe_issued"))
        assert codes(wrong) == [code]
        assert not Paper.objects.filter(kind="coe").exists()

    def test_refuses_a_day_that_has_not_come_or_lies_before_the_contract(self):
        story = alone().go("contract_signed")
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        for day, code in ((dt.date(2026, 12, 1), "before_previous_step"), (dt.date(2027, 2, 21), "date_in_future")):
            with pytest.raises(Refused) as wrong:
                actions.decide_coe(
                    actor=promoter, case_id=story.case_id, coe_number="C-1", on=day,
                    paper=StepPaper(jobs.scan(), on("coe_issued"), "ISA", "1"), at=at("coe_issued"),
                )  # fmt: skip
            assert code in codes(wrong)

    def test_a_certificate_may_come_without_its_application_and_the_worker_may_enter_it(self):
        story = alone().go("contract_signed")
        actions.decide_coe(
            actor=story.people["worker"], case_id=story.case_id, coe_number="C-1", paper=jobs.paper(at("coe_issued"), number=""),
            at=at("coe_issued"),
        )  # fmt: skip
        assert Departure.objects.get().state == "coe_issued"
        assert StationEvent.objects.get(step="coe_issued").paper.number == "C-1"

    @pytest.mark.parametrize(
        ("role", "body"), [("training_desk", "pk:org:school"), ("contact_point_pk", None), ("opf_officer", None)]
    )
    def test_others_may_not_enter_it(self, role, body):
        story = alone().go("coe_filed")
        with pytest.raises((Refused, Missing)):
            actions.decide_coe(
                actor=story.who(role, body), case_id=story.case_id, coe_number="C-1", paper=jobs.paper(at("coe_issued")),
                at=at("coe_issued"),
            )  # fmt: skip

    def test_the_attache_sees_a_case_from_the_departure_on(self):
        story = alone().go("flight_booked")
        attache = story.who("attache", "CWA")
        with pytest.raises(Missing):
            case_here(attache, story.case_id)
        story.go("departed")
        assert case_here(attache, story.case_id).pk == story.case_id

    def test_a_step_told_from_paper_is_told_as_paper_and_moves_nothing_there(self, story):
        """Both nodes are there, the link was down: Pakistan's node entered the certificate before Japan's said it."""
        story.go("coe_filed")
        with story.on("pk"):
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            actions.decide_coe(
                actor=promoter, case_id=story.case_id, coe_number="COE-777", on=on("coe_issued"),
                paper=jobs.paper(at("coe_issued")), at=at("coe_issued"),
            )  # fmt: skip
            entry = OutboxEntry.objects.get(content__step="coe_issued")
            assert entry.content["source"] == "paper"
        story.corridor.exchange(at=at("coe_issued"))
        assert state(story, "jp") == "coe_filed"
        story.take("coe_issued")
        with story.on("pk"):
            paper = StationEvent.objects.get(step="coe_issued", source="paper")
            assert (paper.confirmed_by is not None, paper.contested_by) == (True, None)
            assert Paper.objects.filter(kind="coe").count() == 2

    def test_another_number_contests_it_and_the_home_nodes_value_counts(self, story):
        story.go("coe_filed")
        with story.on("pk"):
            promoter = story.who("promoter_manager", jobs.PROMOTER)
            actions.decide_coe(
                actor=promoter, case_id=story.case_id, coe_number="COE-778", on=on("coe_issued"),
                paper=jobs.paper(at("coe_issued")), at=at("coe_issued"),
            )  # fmt: skip
        story.corridor.exchange(at=at("coe_issued"))
        story.take("coe_issued")
        with story.on("pk"):
            paper = StationEvent.objects.get(step="coe_issued", source="paper")
            assert (paper.confirmed_by, paper.contested_by is not None) == (None, True)
            journey = journey_of(story.people["worker"], story.case_id, BOOK)
            counting = [one for one in journey.papers if one.kind == "coe" and one.source == "system"]
            assert [one.number for one in counting] == ["COE-777"]


class TestInbox:
    def test_a_step_that_cannot_come_yet_is_refused_and_leaves_nothing(self, story):
        story.go("arrived")
        statement = heard(story, "jp", "arrived")
        with story.on("pk"):
            with unit_of_work("tests.back", actor=story.who("protector", office="PEW"), at=at("arrived")) as unit:
                departure = unit.lock(Departure, Departure.objects.get().pk)
                departure.state = "coe_issued"
                unit.save(departure)
                unit.about(departure)
            before = StationEvent.objects.count()
            with pytest.raises(Refused) as wrong:
                actions.mirror_step(actor=mailroom("pk"), statement=statement, at=at("arrived"))
            assert codes(wrong) == ["wrong_state"]
            assert StationEvent.objects.count() == before

    def test_only_the_mailroom_takes_up_what_is_told(self, story):
        story.go("coe_filed")
        statement = heard(story, "jp", "coe_filed")
        with story.on("pk"), pytest.raises(Refused) as wrong:
            actions.mirror_step(actor=story.who("protector", office="PEW"), statement=statement, at=at("coe_filed"))
        assert codes(wrong) == ["not_permitted"]

    def test_a_statement_for_no_case_of_ours_is_missing(self, story):
        story.go("coe_filed")
        statement = heard(story, "jp", "coe_filed")
        foreign = replace(statement, data={**statement.data, "id": "0198c0de-0000-7000-8000-000000000000"})
        with story.on("pk"), pytest.raises(Missing):
            actions.mirror_step(actor=mailroom("pk"), statement=foreign, at=at("coe_filed"))

    def test_a_paper_of_a_package_above_is_kept_only_inside_its_action(self, story):
        story.go("contract_signed")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            employer = story.who("employer", jobs.EMPLOYER, "jp")
            actions.record_paper(actor=employer, case_id=story.case_id, kind="guidance", on=on("coe_filed"), at=at("coe_filed"))
        assert codes(wrong) == ["not_permitted"]


class TestWhoSees:
    def test_papers_are_open_to_those_the_marking_names(self, story):
        story.go("coe_issued")
        with story.on("pk"):
            for role, body in (("promoter_manager", jobs.PROMOTER), ("protector", None)):
                journey = journey_of(story.who(role, body), story.case_id, BOOK)
                assert {one.kind for one in journey.papers} >= {"coe"}
            assert {one.kind for one in journey_of(story.people["worker"], story.case_id, BOOK).papers} >= {"coe"}
            with pytest.raises(Missing):
                journey_of(actor("promoter_manager", "pk:org:other"), story.case_id, BOOK)
