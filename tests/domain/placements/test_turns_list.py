"""Who waits for whom: whose turn a case is after each step, on both nodes, by clock, a page at a time."""

from __future__ import annotations

import datetime as dt
import html
import re
from uuid import uuid4

import pytest
from django.db import connection

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.models import Waiting
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.models import Person
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.jobs.rules.line import STEPS, passes
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, Turn
from rahdari.domain.placements.queries import turns
from rahdari.domain.placements.rules.cases import OVER
from rahdari.domain.placements.rules.turns import AFTER, ENDS, next_after
from tests.make import jobs
from tests.make import placements as make
from tests.make import timetables as make_many
from tests.make.people import sign_in
from tests.make.two_nodes import two_nodes

AT = make.AT


def test_every_step_that_passes_a_station_says_whose_turn_it_is_next():
    silent = [step for step in STEPS if passes(step) and STEPS[step][0] in range(5, 17) and step not in AFTER]
    assert set(silent) == {"tests_passed", "interviewed", "service_terms_confirmed"}  # the last is one act with the signature
    assert not ENDS & set(AFTER)


def test_every_step_to_the_end_of_a_case_ends_its_turn():
    ends = {"withdrawn": "application_withdrawn", "refused": "application_refused", "let_go": "case_let_go"}
    ends["rescinded"] = "contract_rescinded"
    assert {ends.get(state, state) for state in OVER} <= ENDS


def test_a_no_and_a_fault_of_the_employer_hand_the_turn_back():
    assert next_after("interview_answered", answer="yes").task == "placements.record_decision"
    assert next_after("interview_answered", answer="no").task == "placements.set_interview"
    assert next_after("not_appeared", party="candidate_absent").holder == "worker"
    assert next_after("not_appeared", party="link_failed").holder == "employer"


@pytest.mark.django_db
def test_both_nodes_say_the_same_of_whose_turn_it_is(settings):
    corridor = make_many.named(two_nodes(settings))

    def seen():
        corridor.exchange(at=AT)
        found = []
        for node in ("pk", "jp"):
            with corridor.on(node):
                turn = Turn.objects.get()
                found.append((turn.holder, turn.task, turn.closed, day_at(turn.due_at, "jp")))
        return found

    first = seen()
    assert first[0] == first[1] and first[0][:3] == ("employer", "placements.set_interview", False)
    assert first[0][3] == dt.date(2026, 12, 25)  # thirty days after the nomination
    with corridor.on("jp"):
        case, employer = Case.objects.get(), jobs.employer()
        starts_at = dt.datetime(2026, 12, 8, 5, 0, tzinfo=dt.UTC)
        actions.set_interview(actor=employer, case_id=case.pk, starts_at=starts_at, place="link", at=AT)
    second = seen()
    assert second[0][:2] == second[1][:2] == ("worker", "placements.answer_interview")
    assert second[0][3] == dt.date(2026, 11, 27)  # two days to answer
    with corridor.on("pk"):
        who = actor_for(Person.objects.get(pk=Case.objects.get().worker), None)
        actions.answer_interview(actor=who, case_id=case.pk, answer="yes", at=AT)
    third = seen()
    with corridor.on("jp"):
        due = Waiting.objects.get(task="placements.record_decision", closed_at=None).due_at
    assert third[0][1] == third[1][1] == "placements.record_decision" and third[1][3] == day_at(due, "jp") > starts_at.date()
    with corridor.on("pk"):
        worker = actor_for(Person.objects.get(pk=Case.objects.get().worker), None)
        actions.withdraw_application(actor=worker, case_id=case.pk, at=AT)
    assert [one[2] for one in seen()] == [True, True]


@pytest.mark.django_db
class TestTheList:
    def fill(self, number):
        """More turns of the same recruiter, some at the same moment."""
        who, case = make.applied()
        vacancy, demand = case.vacancy, case.demand
        with unit_of_work("tests.turns", actor=who, at=AT) as unit:
            for n in range(number):
                told = {"home": "pk", "person": uuid4(), "vacancy": vacancy, "demand": demand, "route": "oep", "name": f"N{n}"}
                one = unit.add(Case(**told, employer=demand.employer, promoter=case.promoter, opened_at=AT))
                due = AT + dt.timedelta(hours=n // 3)
                held = {"holder": "worker", "task": "placements.answer_interview", "since": AT, "due_at": due}
                unit.add(Turn(case=one, recruiter=case.promoter, employer=demand.employer, **held))
            unit.about(case)
        return case

    def test_gives_every_case_once_over_its_pages_in_the_order_of_the_clock(self):
        self.fill(70)
        recruiter, after, seen = jobs.promoter(), "", []
        while True:
            rows, after = turns.page_of(recruiter, "", after, AT)
            seen += [one.row for one in rows]
            if not after:
                break
        assert len(seen) == len({row.pk for row in seen}) == 71
        assert [row.due_at for row in seen] == sorted(row.due_at for row in seen)
        assert len(turns.page_of(recruiter, "recruiter", "", AT)[0]) == 1
        for odd in ("x", "2026_", "2026-01-01T00:00:00_" + str(uuid4()), "_" * 50):
            assert turns.page_of(recruiter, "x'--", odd, AT)[0][0].row == seen[0]

    def test_is_one_walk_along_an_index(self):
        self.fill(5)
        for rows in (turns.turns_of(jobs.promoter()), turns.turns_of(jobs.promoter(), "worker")):
            query, told = rows[:31].query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute("set local enable_seqscan = off")
                cursor.execute("set local enable_sort = off")
                cursor.execute("explain " + query, told)
                plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "turns_of_a_recruiter" in plan

    def test_shows_nobody_elses(self):
        case = self.fill(2)
        others = [
            Actor("pk", "promoter_manager", "pk:org:other", uuid4()), Actor("jp", "employer", "jp:org:other", uuid4()),
            Actor("pk", "worker", "", uuid4()),
        ]  # fmt: skip
        assert [list(turns.turns_of(one)) for one in others] == [[], [], []]
        assert turns.turns_of(Actor("jp", "employer", case.employer, uuid4())).count() == 3

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_the_page(self, client, language):
        self.fill(40)
        sign_in(client, "promoter_manager", jobs.PROMOTER)
        page = client.get(f"/{language}/cases/turns/")
        text = html.unescape(page.content.decode())
        assert page.status_code == 200 and text.count('<th scope="row">') == 30
        more = re.search(r'href="(\?after=[^"]+)" rel="next"', page.content.decode())[1]
        assert client.get(f"/{language}/cases/turns/{more}").content.decode().count('<th scope="row">') == 11
        assert client.get(f"/{language}/cases/turns/?holder=recruiter").content.decode().count('<th scope="row">') == 1
        assert now() and "/cases/turns/" in client.get(f"/{language}/cases/").content.decode()
        sign_in(client, "protector")
        assert client.get(f"/{language}/cases/turns/").status_code == 403
