"""A case whose recruiter's licence fell: chosen anew by its worker, taken over, closed, opened again; told to the employer."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import day_at
from rahdari.base.models import Letter, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, CaseMove, Hold, Turn
from rahdari.domain.placements.queries import cases_visible_to
from rahdari.domain.placements.rules.rerouting import (
    offers_choice,
    state_after,
    why_not_answer_move,
    why_not_close_case,
    why_not_move_case,
)
from tests.make import jobs
from tests.make import placements as make
from tests.make import timetables as make_many
from tests.make.organisations import long_licensed, made
from tests.make.people import actor, actor_as, by_mail_alone, sign_in, sign_in_as
from tests.make.two_nodes import two_nodes

AT = make.AT
OTHER, OTHER_LICENCE = "pk:org:other-oep", "OP&HRD/4400/LHR/2019"
TODAY = day_at(AT, "pk")
LATE = AT + dt.timedelta(days=30)


def codes(refusals):
    return [one.code for one in refusals]


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return codes(refused.value.refusals)


def oec():
    return actor("oec_officer", "OEC")


def other():
    return actor("promoter_manager", OTHER)


def fall(at=AT):
    actions.hold_cases(actor=machine("pk", "timetable"), cause="licence", of=jobs.PROMOTER, at=at)


def choose(who, case, route="oec", at=AT, **told):
    return actions.move_case(actor=who, case_id=case.pk, route=route, **{"show_file": True} | told, at=at)


def answer(who, case, at=AT, **told):
    return actions.answer_move(actor=who, case_id=case.pk, **{"agrees": True} | told, at=at)


class TestTheRules:
    @pytest.mark.parametrize(
        ("causes", "state", "closed", "offered"),
        [
            (["licence"], "applied", None, True),
            (["licence", "field_order"], "selected", None, True),
            (["field_order"], "applied", None, False),
            (["licence"], "returned", None, False),
            (["licence"], "withdrawn", TODAY - dt.timedelta(days=30), True),
            (["licence"], "withdrawn", TODAY - dt.timedelta(days=31), False),
            (["licence"], "withdrawn", None, False),
        ],
    )
    def test_say_when_there_is_a_choice(self, causes, state, closed, offered):
        assert offers_choice(causes=causes, state=state, closed_on=closed, today=TODAY, days=30) is offered

    def test_say_where_a_case_cannot_go(self):
        told = {"offered": True, "route": "oep", "same": False, "licensed": True, "consent": True}
        assert why_not_move_case(**told) == []
        assert codes(why_not_move_case(**told | {"offered": False})) == ["no_choice_offered"]
        assert codes(why_not_move_case(**told | {"route": "direct"})) == ["route_not_open"]
        assert codes(why_not_move_case(**told | {"same": True})) == ["route_not_open"]
        assert codes(why_not_move_case(**told | {"licensed": False, "consent": False})) == ["route_not_open", "consent_missing"]

    def test_say_when_nobody_answers_or_closes(self):
        told = {"state": "move_chosen", "offered": True, "agrees": True, "licensed": True, "reason": ""}
        assert codes(why_not_answer_move(**told | {"state": "move_replaced"})) == ["wrong_state"]
        assert codes(why_not_answer_move(**told | {"agrees": False})) == ["reason_missing"]
        assert codes(why_not_answer_move(**told | {"licensed": False, "offered": False})) == [
            "no_choice_offered",
            "route_not_open",
        ]
        held = {"causes": ["licence"], "state": "nominated", "until": AT, "asked": False}
        assert codes(why_not_close_case(**held, at=AT)) == ["choice_still_open"]
        assert why_not_close_case(**held, at=LATE) == []
        assert codes(why_not_close_case(**held | {"state": "selected"}, at=LATE)) == ["no_choice_offered"]
        assert codes(why_not_close_case(**held | {"asked": True}, at=LATE)) == ["move_waits"]

    def test_read_the_state_off_what_was_done(self):
        told = {"decision": "", "interview": False, "missed": False, "nominated": False}
        assert state_after(**told) == "applied" and state_after(**told | {"nominated": True}) == "nominated"
        assert state_after(**told | {"interview": True, "missed": True}) == "missed"
        assert state_after(**told | {"interview": True, "decision": "reserve"}) == "reserve"


@pytest.mark.django_db
class TestOnOneNode:
    def test_goes_to_the_one_the_worker_chose_and_on_from_there(self, client):
        who, case = make.applied()
        hint = by_mail_alone(who.person)
        long_licensed(OTHER, OTHER_LICENCE)
        assert refused_codes(choose, who=who, case=case) == ["no_choice_offered"]
        fall()
        assert Waiting.objects.get(task="placements.move_case", closed_at=None).holder_body == "WORKER"
        letter = Letter.objects.get(template="placements/letters/held")
        assert (letter.way, letter.address_hint) == ("email", hint)
        assert not cases_visible_to(other()).filter(pk=case.pk).exists()
        assert refused_codes(choose, who=who, case=case, route="oep", promoter=jobs.PROMOTER) == ["route_not_open"]
        assert refused_codes(choose, who=who, case=case, route="oep", promoter="pk:org:nobody") == ["route_not_open"]
        assert refused_codes(choose, who=who, case=case, show_file=False) == ["consent_missing"]
        choose(who, case)
        choose(who, case, "oep", promoter=OTHER)  # thought better of it
        assert not cases_visible_to(oec()).filter(pk=case.pk).exists() and cases_visible_to(other()).filter(pk=case.pk).exists()
        with pytest.raises(Missing):
            answer(oec(), case)
        assert refused_codes(answer, who=other(), case=case, agrees=False) == ["reason_missing"]
        answer(other(), case, agrees=False, reason="no_capacity")
        assert not cases_visible_to(other()).filter(pk=case.pk).exists()
        choose(who, case, "oep", promoter=OTHER)
        sign_in_as(client, Person.objects.get(pk=who.person))
        page = client.get(f"/en/cases/{case.pk}/go-on/").content.decode()
        assert f'value="{OTHER}"' in page and f'value="{jobs.PROMOTER}"' not in page
        sign_in(client, "promoter_manager", OTHER)
        assert f"/en/cases/{case.pk}/take-over/" in client.get(f"/en/cases/{case.pk}/").content.decode()
        for typed in ("'; drop table --", "\x00", "東" * 500, ""):
            assert client.post(f"/en/cases/{case.pk}/take-over/", {"reason": typed}).status_code in (400, 409, 422), typed
        answer(other(), case)
        case.refresh_from_db()
        assert (case.promoter, case.route, case.licence) == (OTHER, "oep", OTHER_LICENCE)
        assert not Hold.objects.filter(released_at=None).exists()
        waits = Waiting.objects.filter(subject_id=str(case.pk), closed_at=None)
        assert {(one.task, one.holder_body) for one in waits} == {("placements.nominate_candidate", OTHER)}
        assert Turn.objects.get(case=case).recruiter == OTHER
        assert not cases_visible_to(jobs.promoter()).filter(pk=case.pk).exists()
        made("suspend_licence", Organisation.objects.get(registry_id=jobs.PROMOTER), at=AT)
        actions.nominate_candidate(actor=other(), case_id=case.pk, rank=1, rule="test_score", at=AT)

    def test_is_closed_by_a_protector_after_the_time_and_opened_again_by_choosing(self):
        who, case = make.case("nominated")
        fall()
        told = {"actor": actor("protector"), "case_id": case.pk}
        assert refused_codes(actions.close_case, **told, at=AT) == ["choice_still_open"]
        assert refused_codes(actions.close_case, actor=oec(), case_id=case.pk, at=LATE) == ["not_permitted"]
        assert actions.close_case(**told, at=LATE).state == "withdrawn"
        assert refused_codes(choose, who=who, case=case, at=LATE + dt.timedelta(days=31)) == ["no_choice_offered"]
        choose(who, case, at=LATE)
        answer(oec(), case, at=LATE)
        case.refresh_from_db()
        assert (case.state, case.promoter, case.route, case.licence) == ("nominated", "OEC", "oec", "")

    def test_is_not_taken_over_against_the_workers_wish_and_nobody_elses_to_choose(self):
        who, case = make.applied()
        someone, _theirs = make.applied(case.vacancy)
        fall()
        with pytest.raises(Missing):
            choose(someone, case)
        choose(who, case)
        actions.withdraw_application(actor=who, case_id=case.pk, at=AT)
        with pytest.raises(Missing):
            answer(oec(), case)
        assert CaseMove.objects.get().state == "move_replaced"

    def test_stays_where_it_is_once_the_licence_holds_again(self):
        who, case = make.applied()
        fall()
        choose(who, case)
        actions.release_cases(actor=machine("pk", "timetable"), cause="licence", of=jobs.PROMOTER, at=AT)
        with pytest.raises(Missing):
            answer(oec(), case)
        case.refresh_from_db()
        assert case.promoter == jobs.PROMOTER
        assert not Waiting.objects.filter(task__in=["placements.move_case", "placements.answer_move"], closed_at=None).exists()


@pytest.mark.django_db
def test_the_employer_hears_who_recruits_now_and_goes_on_with_them(settings, client):
    corridor = make_many.named(two_nodes(settings), 1)
    with corridor.on("pk"):
        case = Case.objects.get()
        who = actor_as(Person.objects.get(pk=case.worker))
        fall()
        actions.close_case(actor=actor("protector"), case_id=case.pk, at=LATE)
    corridor.exchange(at=LATE)
    with corridor.on("jp"):
        assert Case.objects.get().state == "withdrawn"
    with corridor.on("pk"):
        sign_in_as(client, Person.objects.get(pk=who.person))
        assert f"/en/cases/{case.pk}/go-on/" in client.get(f"/en/cases/{case.pk}/line/").content.decode()
        choose(who, case, at=LATE)
        answer(oec(), case, at=LATE)
        told = OutboxEntry.objects.filter(content__step="case_moved").get().content["details"]
        assert told == {"route": "oec", "licence": "", "promoter": "OEC"}
    corridor.exchange(at=LATE)
    with corridor.on("jp"):
        there = Case.objects.get()
        assert (there.state, there.promoter, there.route) == ("nominated", "OEC", "oec")
        begin = make.interview_at(LATE)
        actions.set_interview(actor=jobs.employer(), case_id=there.pk, starts_at=begin, place="video link", at=LATE)
        told = OutboxEntry.objects.filter(type="placement.interview_set/1").get()
        assert told.marking["bodies"] == ["CONTACT_PK", "OEC"]


@pytest.mark.django_db
def test_another_recruiter_ends_no_other_hold_on_either_node(settings):
    corridor = make_many.named(two_nodes(settings), 1)
    with corridor.on("pk"):
        case = Case.objects.get()
        fall()
        held = {"actor": machine("pk", "timetable"), "cause": "permission", "of": str(case.demand_id), "at": AT}
        actions.hold_cases(**held)
        choose(actor_as(Person.objects.get(pk=case.worker)), case)
        answer(oec(), case)
    corridor.exchange(at=AT)
    for node in ("pk", "jp"):
        with corridor.on(node):
            assert list(Hold.objects.filter(released_at=None).values_list("cause", flat=True)) == ["permission"]
    with corridor.on("pk"):
        actions.release_cases(**held)
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        assert not Hold.objects.filter(released_at=None).exists()
