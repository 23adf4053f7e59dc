"""The pass from its issue to its end: who may, what it says, what stands on the public list, what the other node hears."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import ClearanceStop, Departure, Pass, PassList, Registration, Revoked
from rahdari.domain.departures.queries import passes
from rahdari.domain.departures.queries.pass_seen import book_seen, books_of
from rahdari.domain.departures.queries.passes import lists_at_hand, lists_read, own_list, pass_for, signed_slip
from rahdari.domain.departures.rules.clearances import SlipUsed
from rahdari.domain.departures.rules.passes import LONGEST_CODE, Shown, check_pass, write_serial
from rahdari.domain.exchange.queries.papers import code_of_paper, paper_keys
from rahdari.project import timetable
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import read_revocations
from tests.make import jobs
from tests.make.exchange import swapped
from tests.make.passes import founded
from tests.make.people import actor, actor_as, worker
from tests.make.thread import alone, at, both, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def story(settings):
    founded(settings)
    return alone().go("registered")


def protector(office="PEW"):
    """An officer, another one each time."""
    return actor("protector", office=office)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def verdict(story, moment=None, token="", **shown):
    moment = moment or at("registered") + HOUR
    token = token or Pass.objects.latest("serial").token
    return check_pass(token, paper_keys(), lists=lists_at_hand(moment), shown=Shown(**shown), at=moment)


def state():
    return Departure.objects.get().state


class TestThePassOfAClearance:
    def test_holds_for_the_contract_and_fits_into_its_code(self, story):
        row, registration = Pass.objects.get(), Registration.objects.get()
        seen = verdict(story, passport=story.file.passport_no, born=story.file.birth_date)
        assert (seen.outcome, seen.compared) == ("good", ("passport", "born"))
        facts = seen.read.paper.facts
        assert facts["number"] == registration.clearance_no and facts["registration"] == registration.registration_no
        assert (facts["names"][0], facts["born"]) == (story.file.name, story.file.birth_date.isoformat())
        assert row.begins_on == on("registered") and row.until == dt.date(2030, 3, 22)
        assert len(code_of_paper(row.token)[0].encode()) <= LONGEST_CODE
        assert verdict(story, dt.datetime(2030, 3, 22, 1, tzinfo=dt.UTC)).outcome == "expired"

    def test_is_closed_at_rest_and_not_in_the_audit(self, story):
        with connection.cursor() as cursor:
            cursor.execute("select token::text from departures_pass")
            assert story.file.name not in cursor.fetchone()[0]
        entry = AuditEntry.objects.get(verb="departures.issue_clearance")
        assert entry.facts["pass"] == Pass.objects.get().serial and story.file.name not in str(entry.facts)

    def test_long_names_are_left_out_before_it_grows_too_long(self, settings):
        founded(settings)
        story = alone().go("registration_applied")
        with connection.cursor() as cursor:
            cursor.execute("update jobs_demand set employer_name = %s", ["介護施設ひなた（架空）" * 15])
            cursor.execute("update candidates_file set name = %s, name_urdu = %s", ["Z" * 120, "ز" * 120])
        story.take("registered")
        token = Pass.objects.get().token
        assert len(code_of_paper(token)[0].encode()) <= LONGEST_CODE and verdict(story).outcome == "good"

    def test_a_node_without_keys_clears_and_gives_the_pass_later(self, settings):
        story = alone().go("registered")
        assert not Pass.objects.exists() and state() == "cleared"
        told = {"case_id": story.case_id, "code": "lost", "at": at("registered") + HOUR}
        with pytest.raises(Refused) as wrong:
            actions.replace_pass(actor=protector(), **told)
        assert codes(wrong) == ["no_keys"]
        founded(settings)
        actions.replace_pass(actor=protector(), **told)
        assert verdict(story, at("registered") + 2 * HOUR).outcome == "good" and not Revoked.objects.exists()

    def test_is_shown_to_its_worker_and_the_protector_alone(self, story):
        assert pass_for(story.people["worker"], story.case_id).token == Pass.objects.get().token
        assert pass_for(protector(), story.case_id).passport == story.file.passport_no
        with pytest.raises(Missing):
            pass_for(actor_as(worker()), story.case_id)


class TestReplacing:
    def test_the_old_one_is_revoked_at_once_and_the_new_one_holds(self, story):
        old = Pass.objects.get().token
        actions.replace_pass(actor=protector(), case_id=story.case_id, code="lost", at=at("registered") + HOUR)
        assert verdict(story, token=old).outcome == "revoked" and verdict(story).outcome == "good"
        assert Pass.objects.filter(ended_on=None).count() == 1

    def test_only_by_the_protector_for_a_reason_of_the_list(self, story):
        told = {"case_id": story.case_id, "at": at("registered") + HOUR}
        for someone in (story.people["worker"], actor("promoter_manager", jobs.PROMOTER)):
            with pytest.raises(Refused) as wrong:
                actions.replace_pass(actor=someone, code="lost", **told)
            assert codes(wrong) == ["not_permitted"]
        with pytest.raises(Refused) as wrong:
            actions.replace_pass(actor=protector(), code="because", **told)
        assert codes(wrong) == ["reason_missing"]


class TestRevoking:
    def told(self, story, **more):
        return {"case_id": story.case_id, "at": at("registered") + HOUR} | more

    def test_takes_four_eyes_and_stands_on_the_list_at_once(self, story):
        first, second = protector(), protector()
        with pytest.raises(Refused) as wrong:
            actions.revoke_clearance(actor=second, **self.told(story))
        assert codes(wrong) == ["no_revocation_waits"]
        heard = {"code": "papers_false", "heard_on": on("registered"), "note": "A false paper (invented)"}
        actions.propose_revocation(actor=first, **self.told(story, **heard))
        assert state() == "cleared" and verdict(story).outcome == "good"
        for someone, code in ((first, "four_eyes"), (story.people["worker"], "not_permitted")):
            with pytest.raises(Refused) as wrong:
                actions.revoke_clearance(actor=someone, **self.told(story))
            assert codes(wrong) == [code]
        actions.revoke_clearance(actor=second, **self.told(story))
        seen = verdict(story)
        assert (state(), seen.outcome, seen.revoked_on) == ("clearance_revoked", "revoked", on("registered"))
        with pytest.raises(Missing):
            pass_for(story.people["worker"], story.case_id)
        open_tasks = set(Waiting.objects.filter(closed_at=None).values_list("task", flat=True))
        assert "departures.appeal_clearance" in open_tasks and "departures.build_manifest" not in open_tasks
        assert "A false paper" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))

    def test_one_who_left_is_not_called_back(self, story):
        first, second = protector(), protector()
        heard = {"code": "papers_false", "heard_on": on("registered")}
        actions.propose_revocation(actor=first, **self.told(story, **heard))
        story.go("departed")
        with pytest.raises(Refused) as wrong:
            actions.revoke_clearance(actor=second, **self.told(story, at=at("departed") + HOUR))
        assert codes(wrong) == ["already_departed"] and verdict(story).outcome == "good"
        actions.drop_revocation(actor=second, **self.told(story, at=at("departed") + HOUR))
        assert ClearanceStop.objects.get().outcome == "dropped"

    def test_the_bureau_lifts_it_and_a_new_pass_follows_while_the_old_stays_revoked(self, story):
        first, second, bureau = protector(), protector(), actor("bureau_officer")
        old, number = Pass.objects.get().token, Registration.objects.get().clearance_no
        actions.propose_revocation(actor=first, **self.told(story, code="barred", heard_on=on("registered")))
        actions.revoke_clearance(actor=second, **self.told(story))
        with pytest.raises(Refused) as wrong:
            actions.decide_clearance_appeal(actor=bureau, outcome="lifted", reasons="x", **self.told(story))
        assert codes(wrong) == ["no_appeal_open"]
        actions.appeal_clearance(actor=story.people["worker"], words="It was another person.", **self.told(story))
        with pytest.raises(Refused) as wrong:
            actions.appeal_clearance(actor=story.people["worker"], words="Again.", **self.told(story))
        assert codes(wrong) == ["appealed_before"]
        actions.decide_clearance_appeal(actor=bureau, outcome="lifted", reasons="Namesakes.", **self.told(story))
        assert state() == "registration_applied"
        actions.issue_clearance(actor=first, terms_hash=story.offer().terms_hash, **self.told(story))
        assert (state(), verdict(story).outcome, verdict(story, token=old).outcome) == ("cleared", "good", "revoked")
        assert Registration.objects.get().clearance_no != number


class TestRefusing:
    def test_is_told_with_its_ground_and_may_be_applied_for_again(self, settings):
        story = both(two_nodes(settings)).go("registration_applied")
        told = {"case_id": story.case_id, "at": at("registered")}
        with story.on("pk"):
            officer = story.who("protector", office="PEW")
            with pytest.raises(Refused) as wrong:
                actions.refuse_clearance(actor=officer, code="insurance_void", **told)
            assert codes(wrong) == ["worker_unheard"]
            actions.refuse_clearance(actor=officer, code="insurance_void", heard_on=on("registered"), **told)
        story.corridor.exchange(at=at("registered"))
        for node in ("pk", "jp"):
            with story.on(node):
                assert state() == "clearance_refused"
        story.done = [one for one in story.done if one != "registration_applied"]
        story.go("registered")
        with story.on("jp"):
            assert state() == "cleared" and Registration.objects.get().clearance_no.startswith("C-PEW-2027-")

    def test_a_revocation_reaches_the_other_node_and_stops_the_flight_there(self, settings):
        story = both(two_nodes(settings)).go("flight_booked")
        moment = at("flight_booked") + HOUR
        with story.on("pk"):
            told = {"case_id": story.case_id, "at": moment}
            actions.propose_revocation(actor=protector(), code="barred", heard_on=on("flight_booked"), **told)
            actions.revoke_clearance(actor=protector(), **told)
            with pytest.raises(Refused) as wrong:
                actions.record_departure(actor=protector(), case_id=story.case_id, at=at("departed"))
            assert codes(wrong) == ["wrong_state"]
        story.corridor.exchange(at=moment)
        with story.on("jp"):
            assert state() == "clearance_revoked"


class TestSlips:
    SCAN = "counterfoils.pdf"

    def drawn(self, story, number=5):
        return actions.draw_slips(actor=protector(), slips=number, at=at("registration_applied"))

    def reconcile(self, book, *lines, by=None, **told):
        used = [SlipUsed(serial, number, day) for serial, number, day in lines]
        paper = jobs.paper(at("registered"))
        told = {"lines": used, "paper": paper, "at": at("registered") + HOUR} | told
        return actions.reconcile_slips(actor=by or protector(), book_id=book.pk, **told)

    @pytest.fixture
    def waiting(self, settings):
        founded(settings)
        return alone().go("registration_applied")

    def test_a_blank_is_genuine_and_says_no_more(self, waiting):
        book = self.drawn(waiting)
        seen = verdict(waiting, at("registration_applied") + HOUR, token=signed_slip(book.first, book))
        assert (seen.outcome, seen.read.paper.facts["office"]) == ("blank_slip", "PEW")

    def test_a_counterfoil_becomes_a_clearance_of_its_day_with_the_serial_of_the_slip(self, waiting):
        book = self.drawn(waiting)
        day = on("registration_applied")
        self.reconcile(book, (write_serial(book.first + 2), waiting.case().number, day))
        row = Pass.objects.get()
        assert (row.serial, row.source, row.begins_on) == (book.first + 2, "outage", day)
        assert (state(), Registration.objects.get().cleared_on) == ("cleared", day)
        assert waiting.case().steps.get(step="registered").reason == "outage"
        assert verdict(waiting).outcome == "good"

    def test_a_book_is_taken_back_with_the_same_few_questions_whatever_its_size(self, waiting, django_assert_max_num_queries):
        book, officer = self.drawn(waiting, 200), protector()
        with django_assert_max_num_queries(20):
            actions.void_slips(actor=officer, book_id=book.pk, code="lost", at=at("registration_applied"))
        assert (Revoked.objects.get().first, Revoked.objects.get().last) == (book.first, book.last)

    def test_unknown_used_and_voided_serials_leave_nothing(self, waiting):
        book, number, day = self.drawn(waiting), waiting.case().number, on("registration_applied")
        actions.void_slips(
            actor=protector(), book_id=book.pk, code="lost", first=write_serial(book.first + 1), last=write_serial(book.first + 3),
            at=at("registration_applied"),
        )  # fmt: skip
        cases = {
            (write_serial(book.last + 1), number): ("slip_unknown", "lines.0.serial"),
            (write_serial(book.first + 2), number): ("slip_void", "lines.0.serial"),
            (write_serial(book.first), "A-0000-0"): ("case_unknown", "lines.0.case_number"),
        }
        for (serial, of), (code, member) in cases.items():
            with pytest.raises(Refused) as wrong:
                self.reconcile(book, (serial, of, day))
            assert [(one.code, one.member) for one in wrong.value.refusals] == [(code, member)]
        assert not Pass.objects.exists() and state() == "registration_applied"
        lost = verdict(waiting, at("registered"), token=signed_slip(book.first + 2, book))
        assert lost.outcome == "revoked"
        self.reconcile(book, (write_serial(book.first), number, day))
        with pytest.raises(Refused) as wrong:
            self.reconcile(book, (write_serial(book.first), number, day))
        assert codes(wrong) == ["slip_used"]

    def test_a_line_that_cannot_be_cleared_undoes_the_whole_sheet(self, waiting):
        book, number, day = self.drawn(waiting), waiting.case().number, on("registration_applied")
        with pytest.raises(Refused) as wrong:
            self.reconcile(book, (write_serial(book.first), number, day), (write_serial(book.first + 1), number, day))
        assert [(one.code, one.member) for one in wrong.value.refusals] == [("wrong_state", "lines.1.case_number")]
        assert not Pass.objects.exists()

    def test_needs_the_scan_and_the_desk_that_drew_it(self, waiting):
        book, number, day = self.drawn(waiting), waiting.case().number, on("registration_applied")
        line = (write_serial(book.first), number, day)
        with pytest.raises(Refused) as wrong:
            self.reconcile(book, line, paper=None)
        assert codes(wrong) == ["scan_missing"]
        with pytest.raises(Refused) as wrong:
            self.reconcile(book, line, by=protector(office="KHI"))
        assert codes(wrong) == ["not_own_desk"]

    def test_a_desk_sees_its_own_books_by_as_many_questions_for_one_as_for_many(self, waiting, django_assert_num_queries):
        desk = protector()
        for _ in range(2):
            book = self.drawn(waiting)
        actions.void_slips(actor=desk, book_id=book.pk, code="damaged", first=write_serial(book.last), at=at("registered"))
        with django_assert_num_queries(3):
            assert [(one.blank, one.used, one.void) for one in books_of(desk)] == [(4, 0, 1), (5, 0, 0)]
        assert books_of(protector(office="KHI")) == []
        codes_drawn = [bool(one.code) for one in book_seen(desk, book.pk).slips]
        assert codes_drawn == [True, True, True, True, False]

    def test_serials_of_a_book_are_given_to_nothing_else(self, waiting):
        book = self.drawn(waiting, number=3)
        waiting.take("registered")
        assert Pass.objects.get().serial == book.last + 1
        assert self.drawn(waiting, number=1).first == book.last + 2


class TestACaseThatEnds:
    def test_takes_its_pass_with_it_unless_somebody_departed(self, story):
        moment = at("registered") + HOUR
        assert timetable.end_passes(at=moment) == 0
        with connection.cursor() as cursor:
            cursor.execute("update placements_case set state = 'withdrawn'")
        assert (timetable.end_passes(at=moment), timetable.end_passes(at=moment)) == (1, 0)
        assert verdict(story).outcome == "revoked" and Pass.objects.get().ended_because == "case_ended"

    def test_leaves_the_pass_of_whoever_is_in_japan(self, story):
        story.go("departed")
        with connection.cursor() as cursor:
            cursor.execute("update placements_case set state = 'withdrawn'")
        assert timetable.end_passes(at=at("departed") + HOUR) == 0


class TestThePublicList:
    def test_says_when_it_was_made_and_when_the_next_is_due_and_drops_what_has_expired(self, story):
        actions.replace_pass(actor=protector(), case_id=story.case_id, code="damaged", at=at("registered") + HOUR)
        moment = at("registered") + 2 * HOUR
        (read,) = lists_read([own_list(moment)], paper_keys())
        assert (read.issued_at, read.next_update) == (moment, moment + dt.timedelta(days=1))
        assert [first for first, _, _ in read.ranges] == [Pass.objects.earliest("serial").serial]
        for year, still in ((2028, 1), (2031, 0)):
            key = new_key("clerk", 0, 4_000_000_000)
            with swapped(passes, "clerk_key", lambda _at, key=key: key):
                assert len(read_revocations(own_list(dt.datetime(year, 10, 1, tzinfo=dt.UTC))).ranges) == still

    def test_the_newest_list_of_another_state_is_kept(self, story):
        times = [at("registered"), at("arrived"), at("departed")]
        kept = [
            actions.keep_pass_list(
                actor=machine("pk", "timetable"), node="jp", token=f"t{number}", said_at=one, next_update=one + HOUR, at=one
            )
            for number, one in enumerate(times)
        ]
        assert kept == [True, True, False] and PassList.objects.get().token == "t1"
        with pytest.raises(Refused):
            actions.keep_pass_list(actor=protector(), node="jp", token="x", said_at=times[0], next_update=times[1], at=times[1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.sure
def test_two_officers_at_once_give_one_new_pass_each_and_never_two_in_force(settings):
    founded(settings)
    story = alone().go("registered")
    officers = [protector(), protector()]

    def replace(officer):
        try:
            actions.replace_pass(actor=officer, case_id=story.case_id, code="lost", seen=seen, at=at("registered") + HOUR)
            return "done"
        except Refused as refused:
            return refused.refusals[0].code
        finally:
            connections.close_all()

    seen = Departure.objects.get().version
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(replace, officers)) == ["done", "stale"]
    assert Pass.objects.filter(ended_on=None).count() == 1 and Pass.objects.count() == 2
