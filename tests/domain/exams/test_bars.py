"""A person barred from tests without a void result: proposed on an upheld sign, decided by another, told, lifted."""

from __future__ import annotations

import datetime as dt

import jsonschema_rs
import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.models import Letter, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.exams import actions
from rahdari.domain.exams.messages import SCHEMAS, VOIDED, bar_told
from rahdari.domain.exams.models import Anomaly, Bar, Result
from rahdari.domain.exams.queries.voided import why_barred
from rahdari.domain.exams.rules.bars import why_not_ask_bar, why_not_bar, why_not_lift_bar
from tests.make import candidates
from tests.make import exams as make
from tests.make.people import actor_as, sign_in
from tests.make.two_nodes import two_nodes

AT, AFTER = make.AT, make.STARTS_AT + dt.timedelta(hours=2)
UNTIL, TODAY = dt.date(2027, 12, 1), AFTER.date()
SKILL = "NURSING_CARE_SKILL"


def codes(refusals):
    return [one.code for one in refusals]


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return codes(refused.value.refusals)


class TestTheRules:
    @pytest.mark.parametrize(
        ("changed", "refused"),
        [
            ({}, []),
            ({"sign": "anomaly_open"}, ["sign_not_upheld"]),
            ({"sign": "anomaly_dismissed"}, ["sign_not_upheld"]),
            ({"number": "B"}, ["not_in_sign"]),
            ({"barred": True}, ["barred_already"]),
            ({"code": "room"}, ["bar_not_for_this"]),
            ({"why": " "}, ["reason_missing"]),
            ({"barred_until": TODAY}, ["bar_too_long"]),
            ({"barred_until": TODAY + dt.timedelta(days=731)}, ["bar_too_long"]),
        ],
    )
    def test_of_a_proposal(self, changed, refused):
        told = {"sign": "anomaly_upheld", "numbers": ["A"], "number": "A", "code": "proxy", "why": "seen", "barred": False}
        told |= {"barred_until": TODAY + dt.timedelta(days=730), "today": TODAY, "longest_bar": 730}
        assert codes(why_not_ask_bar(**told | changed)) == refused

    def test_of_a_decision_and_its_end(self):
        told = {"state": "bar_asked", "same_person": False, "barred_until": UNTIL, "today": TODAY}
        assert why_not_bar(**told) == []
        assert codes(why_not_bar(**told | {"same_person": True, "today": UNTIL})) == ["four_eyes", "bar_over"]
        assert codes(why_not_bar(**told | {"state": "bar_dropped"})) == ["wrong_state"]
        assert codes(why_not_lift_bar(state="bar_asked", same_person=True, reason="")) == [
            "wrong_state",
            "four_eyes",
            "reason_missing",
        ]

    def test_of_what_is_told(self):
        schema = jsonschema_rs.validator_for(dict(SCHEMAS[VOIDED]))
        some = "0190c2a4-0000-7000-8000-000000000001"
        told = {"bar": some, "sitting": some, "booking": "PK-1", "code": "proxy", "since": TODAY}
        assert schema.is_valid(bar_told(**told, state="bar_decided", barred_until=UNTIL))
        assert schema.is_valid(bar_told(**told, state="bar_lifted", barred_until=None))
        assert not schema.is_valid(bar_told(**told, state="bar_decided", barred_until=None))
        assert not schema.is_valid(bar_told(**told, state="bar_decided", barred_until=UNTIL) | {"results": [some]})
        void = {
            "voiding": some,
            "sitting": some,
            "results": [],
            "code": "room",
            "from": "2026-12-01",
            "appeal_until": "2026-12-09",
        }
        assert not schema.is_valid(void) and schema.is_valid(void | {"results": [some]})


@pytest.fixture
def sign(settings):
    """A sign about a worker and somebody else, on Japan's node; gives the corridor, it, the worker, the file."""
    corridor = two_nodes(settings)
    with corridor.on("jp"):
        sitting = make.sitting(SKILL)
    corridor.exchange(at=AT)
    with corridor.on("pk"):
        worker, file = candidates.file(tests=())
        booking = actions.book_seat(actor=worker, sitting_id=sitting.pk, at=AT)
        other = actions.book_seat(actor=candidates.file(tests=())[0], sitting_id=sitting.pk, at=AT).number
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        table = "\n".join(["number,device", f"{booking.number},one", f"{other},one"]).encode()
        actions.hand_in_traces(actor=make.examiner(), sitting_id=sitting.pk, content=table, at=AFTER)
        actions.flag_anomaly(actor=machine("jp", "timetable"), sitting_id=sitting.pk, at=AFTER)
        found = Anomaly.objects.get()
    return corridor, found, booking, worker, file


def ask(sign, by=None, **changed):
    told = {"number": sign[2].number, "code": "proxy", "why": "Another face on the camera (invented)", "barred_until": UNTIL}
    return actions.ask_bar(actor=by or make.examiner(), anomaly_id=sign[1].pk, **told | changed, at=AFTER)


@pytest.mark.django_db
class TestABar:
    def test_holds_on_both_nodes_from_the_second_officer_on_and_ends_with_a_third(self, sign, client):
        corridor, found, booking, worker, file = sign
        with corridor.on("jp"):
            assert refused_codes(ask, sign=sign) == ["sign_not_upheld"]
            verdict = {"verdict": "anomaly_upheld", "reason": "Seen on the film (invented)"}
            actions.decide_anomaly(actor=make.examiner(), anomaly_id=found.pk, **verdict, at=AFTER)
            assert refused_codes(ask, sign=sign, by=make.examiner("jp:org:other")) == ["not_own_sitting"]
            first = make.examiner()
            bar = ask(sign, by=first)
            assert refused_codes(ask, sign=sign) == ["barred_already"]
            with connection.cursor() as cursor:
                cursor.execute("select why from exams_bar")
                assert "camera" not in str(cursor.fetchone()[0])
            assert not OutboxEntry.objects.filter(type=VOIDED).exists() and why_barred(file.pseudonym, TODAY) == []
            told = {"bar_id": bar.pk, "at": AFTER}
            assert refused_codes(actions.bar_person, actor=first, **told) == ["four_eyes"]
            assert refused_codes(actions.bar_person, actor=make.examiner(), seen=9, **told) == ["stale"]
            with pytest.raises(Missing):
                actions.bar_person(actor=make.examiner("jp:org:other"), **told)
            second = actor_as(sign_in(client, "exam_body", make.BODY, node="jp"), node="jp")
            assert "Another face on the camera" in client.get(f"/en/exams/bars/{bar.pk}/").content.decode()
            actions.bar_person(actor=second, **told)
            assert codes(why_barred(file.pseudonym, TODAY)) == ["barred_until"] and why_barred(file.pseudonym, UNTIL) == []
            assert not Waiting.objects.filter(task="exams.bar_person", closed_at=None).exists()
            content = OutboxEntry.objects.get(type=VOIDED).content
            assert content["results"] == [] and "camera" not in str(content) and file.name not in str(content)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            file.refresh_from_db()
            assert (file.barred_until, Bar.objects.get().why) == (UNTIL, None)
            assert Letter.objects.filter(template="exams/letters/bar_decided", to_person=worker.person).count() == 1
            assert not Result.objects.filter(state="result_void").exists()
        with corridor.on("jp"):
            coming = make.sitting(SKILL, starts_at=AFTER + dt.timedelta(days=40), at=AFTER)
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            assert "barred_until" in refused_codes(actions.book_seat, actor=worker, sitting_id=coming.pk, at=AFTER)
        with corridor.on("jp"):
            lifting = {"bar_id": bar.pk, "reason": "It was the twin (invented)", "at": AFTER}
            assert refused_codes(actions.lift_bar, actor=second, **lifting) == ["four_eyes"]
            actions.lift_bar(actor=make.examiner(), **lifting)
            assert refused_codes(actions.lift_bar, actor=make.examiner(), **lifting) == ["wrong_state"]
        corridor.exchange(at=AFTER)
        with corridor.on("pk"):
            file.refresh_from_db()
            assert file.barred_until is None
            assert actions.book_seat(actor=worker, sitting_id=coming.pk, at=AFTER)

    def test_is_taken_back_before_anybody_hears_of_it(self, sign):
        corridor, found, *_ = sign
        with corridor.on("jp"):
            verdict = {"verdict": "anomaly_upheld", "reason": "Seen on the film (invented)"}
            actions.decide_anomaly(actor=make.examiner(), anomaly_id=found.pk, **verdict, at=AFTER)
            bar = ask(sign)
            assert actions.drop_bar(actor=make.examiner(), bar_id=bar.pk, at=AFTER).state == "bar_dropped"
            assert refused_codes(actions.bar_person, actor=make.examiner(), bar_id=bar.pk, at=AFTER) == ["wrong_state"]
            assert ask(sign).state == "bar_asked" and not OutboxEntry.objects.filter(type=VOIDED).exists()
