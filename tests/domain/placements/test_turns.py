"""Moves, no-shows, what is taken back and what is returned, over both nodes; whom each refuses, and what the other side hears."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection

from rahdari.base.actor import stranger
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, Decision, Interview, MoveAsked
from rahdari.domain.placements.queries import line_of
from rahdari.domain.placements.rules.moves import UNLAWFUL_REASONS, why_not_decide_missed
from tests.make import candidates, jobs
from tests.make import timetables as make
from tests.make.people import actor, sign_in, sign_in_as
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
AT = make.AT
STARTS = dt.datetime(2026, 12, 8, 5, 0, tzinfo=dt.UTC)
AFTER = STARTS + dt.timedelta(minutes=30)


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


class Told:
    """One named candidate on both nodes."""

    def __init__(self, settings, at=AT):
        self.corridor = make.named(two_nodes(settings), at=at)
        with self.corridor.on("pk"):
            self.case = Case.objects.get()
            self.worker = actor_for(Person.objects.get(pk=self.case.worker), None)
        with self.corridor.on("jp"):
            self.employer = jobs.employer()
        self.told = {"case_id": self.case.pk}

    def on(self, node):
        return self.corridor.on(node)

    def at_jp(self, act, *, at=AT, who=None, **told):
        with self.on("jp"):
            done = act(actor=who or self.employer, **self.told, **told, at=at)
        self.corridor.exchange(at=at)
        return done

    def at_pk(self, act, *, at=AT, **told):
        with self.on("pk"):
            done = act(actor=self.worker, **self.told, **told, at=at)
        self.corridor.exchange(at=at)
        return done

    def set(self, days=0, at=AT):
        return self.at_jp(actions.set_interview, starts_at=STARTS + dt.timedelta(days=days), place="link", at=at)

    def refused_jp(self, act, *, at=AT, who=None, **told):
        with self.on("jp"):
            return refused_codes(act, actor=who or self.employer, **self.told, **told, at=at)

    def states(self):
        found = []
        for node in ("pk", "jp"):
            with self.on(node):
                found.append(Case.objects.get().state)
        return found

    def waits(self, node):
        with self.on(node):
            return set(Waiting.objects.filter(closed_at=None, subject_id=str(self.case.pk)).values_list("task", flat=True))


@pytest.fixture
def told(settings):
    return Told(settings)


class TestTheThirdMove:
    def test_needs_the_contact_point(self, told):
        told.set()
        told.set(1)
        assert told.refused_jp(actions.ask_move, reason="the hall is closed") == ["move_is_free"]
        told.set(2)
        third = {"starts_at": STARTS + dt.timedelta(days=3), "place": "link"}
        assert told.refused_jp(actions.set_interview, **third) == ["third_move"]
        asked = told.at_jp(actions.ask_move, reason="the hall is closed")
        assert told.refused_jp(actions.ask_move, reason="again") == ["move_asked"]
        assert told.refused_jp(actions.set_interview, **third) == ["third_move"]
        assert "placements.decide_move" in told.waits("jp")
        with told.on("jp"):
            contact = actor("contact_point_jp", node="jp")
        told.at_jp(actions.decide_move, who=contact, allow=True)
        told.at_jp(actions.set_interview, **third)
        with told.on("jp"):
            assert MoveAsked.objects.get(pk=asked.pk).state == "used"
            assert list(Interview.objects.order_by("id").values_list("why", flat=True)) == ["first", "moved", "moved", "moved"]
        assert told.refused_jp(actions.set_interview, starts_at=STARTS + dt.timedelta(days=4), place="link") == ["third_move"]
        with told.on("pk"):
            assert Interview.objects.count() == 4  # the trail is kept

    def test_a_declined_one_leaves_the_time_and_a_proposed_one_is_free(self, told):
        for days in (0, 1, 2):
            told.set(days)
        told.at_jp(actions.ask_move, reason="a strike")
        with told.on("jp"):
            contact = actor("contact_point_jp", node="jp")
        told.at_jp(actions.decide_move, who=contact, allow=False)
        assert told.refused_jp(actions.decide_move, who=contact, allow=True) == ["nothing_asked"]
        wished = STARTS + dt.timedelta(days=9)
        told.at_pk(actions.answer_interview, answer="no", other_times=[wished])
        assert told.at_jp(actions.set_interview, starts_at=wished, place="link").why == "proposed"
        with told.on("pk"):
            assert Interview.objects.get(superseded_by=None).why == "proposed"

    def test_is_decided_by_nobody_else(self, told):
        for days in (0, 1, 2):
            told.set(days)
        told.at_jp(actions.ask_move, reason="a strike")
        for who in (told.employer, stranger("jp")):
            assert set(told.refused_jp(actions.decide_move, who=who, allow=True)) <= {"not_permitted", "sign_in_first"}


class TestNotAppearing:
    def test_can_be_said_half_an_hour_after_the_begin(self, told):
        told.set()
        early = AFTER - dt.timedelta(seconds=1)
        assert told.refused_jp(actions.record_no_show, party="candidate_absent", at=early) == ["too_early"]
        assert told.refused_jp(actions.record_no_show, party="the_weather", at=AFTER) == ["reason_missing"]
        told.at_jp(actions.record_no_show, party="candidate_absent", at=AFTER)
        assert told.states() == ["missed", "missed"]
        assert told.refused_jp(actions.record_no_show, party="candidate_absent", at=AFTER) == ["wrong_state"]

    def test_the_worker_is_heard_and_has_one_new_time_by_right(self, told):
        told.set()
        told.at_jp(actions.record_no_show, party="candidate_absent", at=AFTER)
        assert "placements.explain_no_show" in told.waits("pk")
        no = {"outcome": "not_selected", "reason": "did_not_appear"}
        assert told.refused_jp(actions.record_decision, **no, at=AFTER) == ["worker_not_heard"]
        wished = STARTS + dt.timedelta(days=7)
        told.at_pk(actions.explain_no_show, text="my father was taken to hospital", other_times=[wished], at=AFTER)
        assert told.refused_jp(actions.record_decision, **no, at=AFTER) == ["new_time_owed"]
        assert told.waits("jp") == {"placements.set_interview"}
        with told.on("pk"):
            assert Interview.objects.get().heard == "my father was taken to hospital"
            said = [str(one.content) for one in OutboxEntry.objects.all()]
            kept = [str(one.facts) for one in AuditEntry.objects.all()]
            assert not any("hospital" in text for text in [*said, *kept])
            with connection.cursor() as cursor:
                cursor.execute("select heard::text from placements_interview")
                assert "hospital" not in cursor.fetchone()[0]
        new = told.at_jp(actions.set_interview, starts_at=wished, place="link", at=AFTER)
        assert new.why == "after_no_show" and told.states() == ["interview_set", "interview_set"]
        again = wished + dt.timedelta(minutes=30)
        told.at_jp(actions.record_no_show, party="candidate_absent", at=again)
        told.at_pk(actions.explain_no_show, text="again", at=again)
        told.at_jp(actions.record_decision, **no, at=again)  # the right is for one new time
        assert told.states() == ["not_selected", "not_selected"]
        assert told.waits("pk") == told.waits("jp") == set()

    def test_who_does_not_explain_in_three_working_days_may_be_turned_down(self, told):
        told.set()
        told.at_jp(actions.record_no_show, party="candidate_absent", at=AFTER)
        late = dt.datetime(2026, 12, 12, 6, 0, tzinfo=dt.UTC)
        with told.on("pk"):
            act = {"actor": told.worker, **told.told, "text": "too late", "at": late}
            assert refused_codes(actions.explain_no_show, **act) == ["too_late"]
        told.at_jp(actions.record_decision, outcome="not_selected", reason="did_not_appear", at=late)
        assert told.waits("pk") == told.waits("jp") == set()
        with told.on("pk"):
            passed = {one.no for one in line_of(told.worker, Case.objects.get()) if one.state == "passed"}
            assert 8 not in passed  # no interview was held

    @pytest.mark.parametrize("party", ["employer_absent", "link_failed"])
    def test_a_new_time_is_owed_where_it_was_not_the_workers_fault(self, told, party):
        told.set()
        told.at_jp(actions.record_no_show, party=party, at=AFTER)
        no = {"outcome": "not_selected", "reason": "did_not_appear"}
        assert told.refused_jp(actions.record_decision, **no, at=AFTER + dt.timedelta(days=60)) == ["new_time_owed"]
        with told.on("pk"):
            act = {"actor": told.worker, **told.told, "text": "I was there", "at": AFTER}
            assert refused_codes(actions.explain_no_show, **act) == ["nothing_to_explain"]

    def test_the_right_does_not_end_with_the_second_fault_of_the_employer(self):
        told = {"state": "missed", "party": "employer_absent", "heard": False, "due_at": None, "at": AFTER}
        assert [one.code for one in why_not_decide_missed(missed=5, **told)] == ["new_time_owed"]


class TestTakingBack:
    @pytest.mark.parametrize("turn", ["nominated", "interview_set", "missed"])
    def test_is_free_at_any_time_and_ends_every_clock(self, told, turn):
        if turn != "nominated":
            told.set()
        if turn == "missed":
            told.at_jp(actions.record_no_show, party="candidate_absent", at=AFTER)
        told.at_pk(actions.withdraw_application, reason="deceased", at=AFTER)
        assert told.states() == ["withdrawn", "withdrawn"]
        assert told.waits("pk") == told.waits("jp") == set()
        with told.on("pk"):
            assert OutboxEntry.objects.get(type="placement.withdrawn/1").content["reason"] == "own_wish"
        assert told.refused_jp(actions.set_interview, starts_at=STARTS, place="link", at=AT)[0] == "wrong_state"

    def test_before_the_nomination_nothing_crosses(self, told):
        with told.on("pk"):
            worker, _file = candidates.file(at=AT)
            vacancy = told.case.vacancy
            case = actions.file_application(actor=worker, vacancy_id=vacancy.pk, show_file=True, at=AT)
            assert refused_codes(actions.withdraw_application, actor=told.employer, case_id=case.pk, at=AT)
            with pytest.raises(Missing):
                actions.withdraw_application(actor=told.worker, case_id=case.pk, at=AT)
            actions.withdraw_application(actor=worker, case_id=case.pk, at=AT)
            assert not OutboxEntry.objects.filter(type="placement.withdrawn/1").exists()
            again = refused_codes(actions.withdraw_application, actor=worker, case_id=case.pk, at=AT)
            assert again == ["wrong_state"]


class TestReturning:
    def test_tells_the_worker_the_reason(self, told):
        told.at_jp(actions.return_nomination, reason="profile_does_not_fit")
        assert told.states() == ["returned", "returned"]
        with told.on("pk"):
            assert Decision.objects.get().reason == "profile_does_not_fit"
            steps = [step.row.step for one in line_of(told.worker, Case.objects.get()) for step in one.steps if step.open]
            assert "nomination_returned" in steps
        assert told.waits("jp") == set()

    def test_refuses_an_unlawful_reason_by_its_name(self, told):
        for reason in UNLAWFUL_REASONS:
            assert told.refused_jp(actions.return_nomination, reason=reason) == ["reason_unlawful"]

    def test_refuses_no_reason_and_who_was_invited(self, told):
        assert told.refused_jp(actions.return_nomination, reason="whim") == ["reason_missing"]
        told.set()
        assert told.refused_jp(actions.return_nomination, reason="profile_does_not_fit") == ["wrong_state"]


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_pages_of_the_turns(client, settings):
    begun = now() - dt.timedelta(days=20)
    told = Told(settings, begun)
    starts = (now() - dt.timedelta(days=1)).replace(hour=5, minute=0)
    told.at_jp(actions.set_interview, starts_at=starts, place="link", at=begun)
    told.at_jp(actions.record_no_show, party="candidate_absent", at=now())
    case = told.case.pk
    with told.on("jp"):
        sign_in(client, "employer", jobs.EMPLOYER, node="jp")
        page = client.get(f"/en/cases/{case}/")
        assert "Not held" in text_of(page) and "10:00 PKT" in text_of(page) and "14:00 JST" in text_of(page)
        assert f"/en/cases/{case}/interview/" in page.content.decode()
        for path in ("return/", "no-show/", "move/"):
            assert client.get(f"/en/cases/{case}/{path}").status_code == 200
    with told.on("pk"):
        sign_in_as(client, Person.objects.get(pk=told.case.worker))
        for language in ("en", "ur", "ja"):
            line = client.get(f"/{language}/cases/{case}/line/")
            assert f"/{language}/cases/{case}/explain/" in line.content.decode()
            assert f"/{language}/cases/{case}/withdraw/" in line.content.decode()
        done = client.post(f"/en/cases/{case}/explain/", {"text": "I was ill"}, follow=True)
        assert done.status_code == 200 and "Thank you" in text_of(done)
        done = client.post(f"/en/cases/{case}/withdraw/", follow=True)
        assert "You took your application back" in text_of(done) and "Station" not in text_of(done).split("The whole line")[0]
