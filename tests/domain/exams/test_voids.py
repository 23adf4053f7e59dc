"""Results made void: proposed, heard, decided by another, told, appealed, reinstated; what stops and what is drafted."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Letter, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.actions import give_consent
from rahdari.domain.candidates.models import File, Qualification
from rahdari.domain.exams import actions
from rahdari.domain.exams.models import Booking, Result, VoidedResult, Voiding
from rahdari.domain.exams.queries.signs import voiding_for
from rahdari.domain.exams.queries.verifying import certificate_read
from rahdari.domain.exams.queries.voided import void_exams, void_panel, void_tests, why_barred
from rahdari.domain.notices.models import Notice
from rahdari.domain.notices.queries.notices import draft_of
from rahdari.domain.placements.actions import file_application
from rahdari.domain.placements.queries.voided import why_test_void
from rahdari.project.reactions import go_on_with_test, hold_by_void, tell_of_fraud
from tests.make import candidates, jobs
from tests.make import exams as make
from tests.make.people import actor, by_mail_alone, organisation, sign_in_as
from tests.make.placements import nominate
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.STARTS_AT + dt.timedelta(hours=2)
LATER = AFTER + dt.timedelta(days=3)
BAR = dt.date(2027, 12, 1)
SKILL, BORN = "NURSING_CARE_SKILL", dt.date(2001, 3, 14)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def passed(settings):
    """A test passed, known on both nodes."""
    corridor = two_nodes(settings)
    with corridor.on("jp"):
        sitting = make.sitting(SKILL)
    corridor.exchange(at=AT)
    with corridor.on("pk"):
        worker, file = candidates.file(tests=())
        booking = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        actions.record_results(actor=make.examiner(), sitting_id=sitting.pk, results=[make.result_line(booking)], at=AFTER)
    corridor.exchange(at=AFTER)
    return corridor, sitting, booking, worker, file


def asked(passed, by=None, **changed):
    _corridor, sitting, booking, *_ = passed
    told = {
        "sitting_id": sitting.pk, "numbers": [booking.number], "code": "proxy", "evidence": "Another face on the camera (invented)",
        "invited_on": AFTER.date(), "barred_until": BAR,
    }  # fmt: skip
    return actions.ask_void(actor=by or make.examiner(), **told | changed, at=AFTER)


def voided(passed):
    """Made void on Japan's node and told to the other."""
    corridor, _sitting, booking, *_ = passed
    with corridor.on("jp"):
        voiding = asked(passed)
        told = {"voiding_id": voiding.pk, "number": booking.number, "heard": "said", "said": "It was me.", "on": LATER.date()}
        actions.record_hearing(actor=make.examiner(), **told, at=LATER)
        done = actions.void_results(actor=make.examiner(), voiding_id=voiding.pk, at=LATER)
    corridor.exchange(at=LATER)
    return done


class TestAskVoid:
    def test_needs_a_standing_result_evidence_and_a_reason(self, passed):
        corridor = passed[0]
        with corridor.on("jp"):
            for changed, code in (
                ({"numbers": ["PK-NOBODY"]}, "no_result_stands"),
                ({"numbers": []}, "results_missing"),
                ({"evidence": " "}, "void_evidence_missing"),
                ({"code": "mood", "barred_until": None}, "reason_missing"),
                ({"code": "room"}, "bar_not_for_this"),
                ({"barred_until": dt.date(2040, 1, 1)}, "bar_too_long"),
            ):
                with pytest.raises(Refused) as wrong:
                    asked(passed, **changed)
                assert codes(wrong) == [code]
            asked(passed)
            with pytest.raises(Refused) as wrong:
                asked(passed)
            assert codes(wrong) == ["void_asked_already"]

    def test_is_the_examiners_own_closed_at_rest_and_told_to_nobody(self, passed):
        corridor = passed[0]
        with corridor.on("jp"):
            with pytest.raises(Refused) as wrong:
                asked(passed, by=make.examiner("jp:org:other"))
            assert codes(wrong) == ["not_own_sitting"]
            before = OutboxEntry.objects.filter(kind="statement").count()
            voiding = asked(passed)
            assert OutboxEntry.objects.filter(kind="statement").count() == before
            for stranger in (make.examiner("jp:org:other"), actor("contact_point_jp", node="jp")):
                with pytest.raises(Missing):
                    voiding_for(stranger, voiding.pk)
            with connection.cursor() as cursor:
                cursor.execute("select evidence from exams_voiding")
                assert b"camera" not in bytes(cursor.fetchone()[0])
            assert "camera" not in str(list(AuditEntry.objects.filter(verb="exams.ask_void").values("facts")))


class TestVoidResults:
    def test_needs_a_second_officer_and_each_person_heard(self, passed):
        corridor, _sitting, booking, *_ = passed
        officer = make.examiner()
        with corridor.on("jp"):
            voiding = asked(passed, by=officer)
            with pytest.raises(Refused) as wrong:
                actions.void_results(actor=officer, voiding_id=voiding.pk, at=LATER)
            assert set(codes(wrong)) == {"four_eyes", "people_not_heard"}
            told = {"voiding_id": voiding.pk, "number": booking.number, "heard": "no_answer"}
            with pytest.raises(Refused) as wrong:
                actions.record_hearing(actor=officer, **told, on=LATER.date(), at=LATER)
            assert codes(wrong) == ["heard_too_soon"]
            late = AFTER + dt.timedelta(days=40)
            actions.record_hearing(actor=officer, **told, on=late.date(), at=late)
            assert actions.void_results(actor=make.examiner(), voiding_id=voiding.pk, at=late).state == "void_decided"
            with pytest.raises(Refused) as wrong:
                actions.void_results(actor=make.examiner(), voiding_id=voiding.pk, at=late)
            assert "wrong_state" in codes(wrong)

    def test_takes_the_test_out_of_the_file_and_bars_the_person(self, passed):
        corridor, _sitting, _booking, _worker, file = passed
        with corridor.on("pk"):
            by_mail_alone(_worker.person)
        done = voided(passed)
        assert done.appeal_until > LATER.date()
        with corridor.on("jp"):
            entry = OutboxEntry.objects.get(type="exam.voided/1")
            assert file.name not in str(entry.content) and "camera" not in str(entry.content)
            assert set(entry.marking["bodies"]) == {"CONTACT_PK"}
            assert certificate_read("C-1", BORN).standing == "certificate_void"
            assert void_tests(file.pseudonym, [SKILL], "NURSING_CARE") == [SKILL]
        with corridor.on("pk"):
            assert Qualification.objects.get().void_from == done.void_from
            assert File.objects.get().barred_until == BAR
            letters = Letter.objects.filter(
                to_person=_worker.person, template__in=("exams/letters/results", "exams/letters/void")
            )
            assert list(letters.order_by("id").values_list("way", flat=True)) == ["sms", "email"]
            assert certificate_read("C-1", BORN).standing == "certificate_void"
            assert Voiding.objects.get().evidence is None
            assert OutboxEntry.objects.filter(kind="event", type="exams.tests_void").count() == 1

    def test_a_barred_person_books_no_seat_before_the_bar_ends(self, passed):
        corridor, *_, worker, _file = passed
        voided(passed)
        with corridor.on("jp"):
            again = make.sitting(SKILL, starts_at=LATER + dt.timedelta(days=30), at=LATER)
        corridor.exchange(at=LATER)
        with corridor.on("pk"), pytest.raises(Refused) as wrong:
            actions.book_seat(actor=worker, sitting_id=again.pk, at=LATER)
        assert codes(wrong) == ["barred_until"]
        with corridor.on("jp"):
            assert [one.code for one in why_barred(_file.pseudonym, LATER.date())] == ["barred_until"]
            assert why_barred(_file.pseudonym, BAR) == []

    def test_the_bar_follows_the_results_when_files_are_made_one_and_parted(self, passed):
        corridor, _sitting, _booking, _worker, file = passed
        voided(passed)
        with corridor.on("pk"):
            _other, kept = candidates.file(tests=())
            told = {
                "actor": machine("pk", "timetable"),
                "kept": kept.pk,
                "gone": file.pk,
                "pseudonym": file.pseudonym,
                "at": LATER,
            }
            for parted, on_kept, on_gone in ((False, BAR, None), (True, None, BAR)):
                assert actions.follow_booking(**told, parted=parted) == 1
                now = File.objects.in_bulk([kept.pk, file.pk])
                assert (now[kept.pk].barred_until, now[file.pk].barred_until) == (on_kept, on_gone)

    def test_a_test_passed_anew_on_paper_counts_for_panel_steps_and_hold_alike(self, passed):
        corridor, _sitting, _booking, worker, file = passed
        voided(passed)
        with corridor.on("pk"):
            case = SimpleNamespace(person=file.pseudonym, demand=SimpleNamespace(tests=[SKILL], field="NURSING_CARE"))
            assert void_panel(None, case) is not None
            school = actor("training_desk", organisation("TRAINING_BODY").pk)
            give_consent(actor=worker, purpose="show_file", body=school.body, at=LATER)
            told = {"file_id": file.pk, "exam": SKILL, "field": "NURSING_CARE", "on": LATER.date(), "certificate_no": "P-9"}
            again = actions.record_certificate(actor=school, **told, paper=jobs.paper(LATER), at=LATER)
            assert void_tests(file.pseudonym, [SKILL], "NURSING_CARE") == [SKILL]
            actions.check_certificate(actor=actor("protector"), result_id=again.pk, certificate_no="P-9", at=LATER)
            assert void_exams(file.pseudonym) == frozenset()
            assert void_tests(file.pseudonym, [SKILL], "NURSING_CARE") == []
            assert void_panel(None, case) is None

    def test_a_proposal_taken_back_leaves_the_result(self, passed):
        corridor = passed[0]
        with corridor.on("jp"):
            voiding = asked(passed)
            actions.drop_void(actor=make.examiner(), voiding_id=voiding.pk, at=LATER)
            assert Result.objects.get().state == "result_stands"
            assert not Waiting.objects.filter(task="exams.void_results", closed_at=None).exists()

    def test_the_notice_of_fraud_is_drafted_with_its_evidence_for_the_contact_point(self, passed):
        corridor, _sitting, booking, _worker, file = passed
        done = voided(passed)
        with corridor.on("jp"):
            event = OutboxEntry.objects.get(kind="event", type="exams.results_voided")
            assert set(event.content) == {"voiding", "code"}
            tell_of_fraud(actor=machine("jp", "timetable"), at=LATER, **event.content)
            notice = Notice.objects.get()
            draft = draft_of(notice)
            assert (notice.state, draft.kind, draft.category) == ("drafted", "exam", "EXAM_FRAUD")
            assert [party.name for party in draft.about] == [file.name]
            assert "camera" in draft.what and booking.number in draft.what
            assert (notice.drafted_by, notice.approved_by) == (done.decided_by, None)
            assert Waiting.objects.get(task="notices.approve_notice").holder_body == "CONTACT_JP"
            assert tell_of_fraud(actor=machine("jp", "timetable"), at=LATER, voiding=str(done.pk), code="error") is None


class TestAnAppeal:
    def appeal(self, passed, at=LATER):
        corridor, _sitting, booking, worker, _file = passed
        with corridor.on("pk"):
            result = Booking.objects.get(pk=booking.pk).result
            actions.appeal_void(actor=worker, result_id=result.pk, text="I sat it myself (invented).", at=at)
        corridor.exchange(at=at)

    def test_granted_brings_the_test_back_by_a_new_result_and_ends_the_bar(self, passed):
        corridor, _sitting, booking, *_ = passed
        done = voided(passed)
        self.appeal(passed)
        with corridor.on("jp"):
            assert Waiting.objects.get(task="exams.decide_appeal").holder_body == make.BODY
            told = {"voiding_id": done.pk, "number": booking.number, "granted": True, "reason": "The camera erred (invented)"}
            actions.decide_appeal(actor=make.examiner(), **told, at=LATER)
        corridor.exchange(at=LATER)
        with corridor.on("pk"):
            assert Qualification.objects.filter(void_from=None).count() == 1
            assert File.objects.get().barred_until is None
            assert [one.state for one in Result.objects.order_by("recorded_at", "id")] == ["result_replaced", "result_stands"]
            assert void_tests(booking.person, [SKILL], "NURSING_CARE") == []
            assert certificate_read("C-1", BORN).standing == "certificate_genuine"

    def test_refused_leaves_it_void_and_tells_so(self, passed):
        corridor, _sitting, booking, *_ = passed
        done = voided(passed)
        self.appeal(passed)
        with corridor.on("jp"):
            told = {"voiding_id": done.pk, "number": booking.number, "granted": False, "reason": "Two cameras agree (invented)"}
            with pytest.raises(Refused) as wrong:
                actions.decide_appeal(actor=make.examiner(), **told | {"reason": ""}, at=LATER)
            assert codes(wrong) == ["reason_missing"]
            actions.decide_appeal(actor=make.examiner(), **told, at=LATER)
            with pytest.raises(Refused) as wrong:
                actions.decide_appeal(actor=make.examiner(), **told, at=LATER)
            assert codes(wrong) == ["no_appeal"]
        corridor.exchange(at=LATER)
        with corridor.on("pk"):
            assert VoidedResult.objects.get().appeal == "appeal_refused"
            assert File.objects.get().barred_until == BAR

    def test_the_person_reads_why_it_was_decided_so(self, passed, client):
        corridor, _sitting, booking, worker, _file = passed
        done = voided(passed)
        told = {"voiding_id": done.pk, "number": booking.number, "granted": False, "reason": "Two cameras agree (invented)"}

        def page(at):
            with corridor.on("pk"), time_machine.travel(at, tick=False):
                sign_in_as(client, Person.objects.get(pk=worker.person))
                result = Booking.objects.get(pk=booking.pk).result
                seen = client.get(reverse("exams.see_own_result", args=[result.pk])).content.decode()
                ways = reverse("exams.appeal_void", args=[result.pk]) in seen
                return "Until the appeal is decided" in seen, ways, "Two cameras agree" in seen

        late = dt.datetime.combine(done.appeal_until + dt.timedelta(days=1), dt.time(12), dt.UTC)
        assert page(LATER) == (True, True, False)
        assert page(late) == (True, False, False)
        self.appeal(passed)
        assert page(LATER) == (True, False, False)
        with corridor.on("jp"):
            actions.decide_appeal(actor=make.examiner(), **told, at=LATER)
            assert VoidedResult.objects.get().appeal_reason == told["reason"]
            with connection.cursor() as cursor:
                cursor.execute("select appeal_reason from exams_voidedresult")
                assert b"cameras" not in bytes(cursor.fetchone()[0])
        corridor.exchange(at=LATER)
        assert page(LATER) == (False, False, True)

    def test_is_not_decided_by_who_decided_before(self, passed):
        corridor, _sitting, booking, *_ = passed
        done = voided(passed)
        self.appeal(passed)
        with corridor.on("jp"):
            for person in (done.asked_by, done.decided_by):
                same = make.examiner()
                object.__setattr__(same, "person", person)
                with pytest.raises(Refused) as wrong:
                    actions.decide_appeal(
                        actor=same, voiding_id=done.pk, number=booking.number, granted=True, reason="x", at=LATER
                    )
                assert codes(wrong) == ["four_eyes"]

    def test_is_the_persons_own_once_and_in_time(self, passed):
        corridor, _sitting, booking, worker, _file = passed
        done = voided(passed)
        late = dt.datetime.combine(done.appeal_until + dt.timedelta(days=1), dt.time(12), dt.UTC)
        with corridor.on("pk"):
            result = Booking.objects.get(pk=booking.pk).result
            told = {"result_id": result.pk, "text": "Mine (invented)"}
            other, _file = candidates.file(tests=())
            for who, at, code in ((other, LATER, "not_own_booking"), (worker, late, "appeal_late")):
                with pytest.raises(Refused) as wrong:
                    actions.appeal_void(actor=who, **told, at=at)
                assert codes(wrong) == [code]
            actions.appeal_void(actor=worker, **told, at=LATER)
            with pytest.raises(Refused) as wrong:
                actions.appeal_void(actor=worker, **told, at=LATER)
            assert codes(wrong) == ["appealed_already"]

    def test_that_was_never_made_is_not_decided_from_the_other_side(self, passed):
        corridor = passed[0]
        voided(passed)
        self.appeal(passed)
        corridor.carried.clear()
        corridor.deliver("pk", at=LATER)
        assert ("exam.appeal/1", "already_known") in [(type, one.refusals[0].code) for type, one in corridor.refused]


class TestCases:
    def keep_back(self, corridor):
        """Of the case itself, made on Pakistan's node alone, the other hears nothing here."""
        corridor.carried.update(one.id for one in corridor.said("pk"))

    def test_stop_between_nomination_and_visa_until_the_test_counts_again(self, passed):
        """A case whose person passed all tests, one of which is made void: no step of 7 to 13 takes it further."""
        corridor, _sitting, booking, worker, file = passed
        voided(passed)
        with corridor.on("pk"):
            candidates.pass_tests(file, ("JFT_BASIC",), at=AT)
            case = SimpleNamespace(file=file, demand=SimpleNamespace(tests=[SKILL, "JFT_BASIC"], field="NURSING_CARE"))
            for step, stops in (("candidate_nominated", True), ("contract_signed", True), ("application_filed", False),
                                ("registered", False), ("case_held", False)):  # fmt: skip
                assert [one.code for one in why_test_void(case, step)] == (["qualification_void"] if stops else [])
            candidates.pass_tests(file, (SKILL,), at=AT)
            assert why_test_void(case, "candidate_nominated") == []
            assert (worker.person, booking.file) == (file.person_id, file)

    def test_are_held_by_it_and_go_on_after_an_appeal(self, passed):
        corridor, _sitting, booking, worker, file = passed
        with corridor.on("pk"):
            candidates.pass_tests(file, ("JFT_BASIC",), at=AT)
            vacancy = jobs.vacancy(at=AT)
            case = file_application(actor=worker, vacancy_id=vacancy.pk, show_file=True, at=AT)
            nominate(case, at=AFTER)
        self.keep_back(corridor)
        done = voided(passed)
        with corridor.on("pk"):
            told = OutboxEntry.objects.get(kind="event", type="exams.tests_void").content
            assert hold_by_void(actor=machine("pk", "timetable"), at=LATER, **told | {"exam": "JLPT"}) == 0
            assert hold_by_void(actor=machine("pk", "timetable"), at=LATER, **told) == 1
            assert go_on_with_test(actor=machine("pk", "timetable"), at=LATER, person=told["person"]) == 0
        self.keep_back(corridor)
        TestAnAppeal().appeal(passed)
        with corridor.on("jp"):
            told = {"voiding_id": done.pk, "number": booking.number, "granted": True, "reason": "The camera erred (invented)"}
            actions.decide_appeal(actor=make.examiner(), **told, at=LATER)
        corridor.exchange(at=LATER)
        with corridor.on("pk"):
            event = OutboxEntry.objects.filter(kind="event", type="exams.tests_stand").last()
            assert go_on_with_test(actor=machine("pk", "timetable"), at=LATER, **event.content) == 1
