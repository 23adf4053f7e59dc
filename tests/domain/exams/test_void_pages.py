"""Void results through their pages: hearings, the appeal, what each of them shows; nobody brings a result back alone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking, Statement
from rahdari.domain.exams import actions
from rahdari.domain.exams.forms.desk import CORRECT_RESULT
from rahdari.domain.exams.models import Result, VoidedResult
from tests.make import exams as make
from tests.make.people import sign_in

pytestmark = pytest.mark.django_db
AT = make.AT
LATER = AT + dt.timedelta(days=12)
BACK = {"outcome": "pass", "certificate_no": "C-1", "reason": "appeal_granted"}


@pytest.fixture(autouse=True)
def jp(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    with time_machine.travel(LATER, tick=False):
        yield


def voided():
    """A result made void on Japan's node by two officers, after its person was heard."""
    voiding = make.voiding(at=AT)
    number = voiding.results.get().result.booking.number
    told = {"voiding_id": voiding.pk, "number": number, "heard": "said", "said": "It was me.", "on": LATER.date()}
    actions.record_hearing(actor=make.examiner(), **told, at=LATER)
    return actions.void_results(actor=make.examiner(), voiding_id=voiding.pk, at=LATER), number


def appealed():
    """And appealed against, as the other node tells it."""
    voiding, number = voided()
    data = {"result": str(voiding.results.get().result_id), "state": "appealed", "text": "I sat it (invented).",
            "on": LATER.date().isoformat()}  # fmt: skip
    told = Statement(id=uuid4(), type="exam.appeal/1", sender="pk", receiver="jp", thread=voiding.sitting_id, in_reply_to=None,
                     issued_at=LATER, marking=Marking("named_bodies", (make.BODY,)), language="en", data=data, hash="")  # fmt: skip
    actions.mirror_appeal(actor=machine("jp", "mailroom"), statement=told, at=LATER)
    return voiding, number


def shown(page, name):
    """The value a form shows for a member."""
    return page.context["form"][name].value()


class TestAHearing:
    def test_is_noted_through_its_page(self, client):
        voiding = make.voiding(at=AT)
        row = voiding.results.get()
        sign_in(client, "exam_body", make.BODY, node="jp")
        place = reverse("exams.record_hearing", args=[voiding.pk])
        typed = {"number": row.result.booking.number, "heard": "said", "words": "Mine (invented)", "on": str(LATER.date())}
        typed["seen"] = shown(client.get(place), "seen")
        assert client.post(place, typed | {"seen": 9}).status_code == 409
        assert client.post(place, typed).status_code == 302
        row.refresh_from_db()
        assert (row.heard, row.said) == ("said", "Mine (invented)")

    def test_without_a_word_says_so_beside_the_words(self, client):
        voiding = make.voiding(at=AT)
        sign_in(client, "exam_body", make.BODY, node="jp")
        typed = {"number": voiding.results.get().result.booking.number, "heard": "said", "on": str(LATER.date())}
        answer = client.post(reverse("exams.record_hearing", args=[voiding.pk]), typed)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["words"])


class TestAnAppeal:
    def test_is_decided_through_its_page(self, client):
        voiding, number = appealed()
        sign_in(client, "exam_body", make.BODY, node="jp")
        place = reverse("exams.decide_appeal", args=[voiding.pk])
        typed = {"number": number, "granted": "on", "reason": "The camera erred (invented)"}
        typed["seen"] = shown(client.get(place), "seen")
        assert client.post(place, typed | {"seen": 9}).status_code == 409
        assert client.post(place, typed).status_code == 302
        assert VoidedResult.objects.get().appeal == "appeal_granted"
        assert "The camera erred" in client.get(reverse("exams.see_voiding", args=[voiding.pk])).content.decode()
        assert sorted(Result.objects.values_list("state", flat=True)) == ["result_replaced", "result_stands"]


class TestAVoidResult:
    def refused(self, call, **told):
        with pytest.raises(Refused) as wrong:
            call(actor=make.examiner(), at=LATER, **told)
        return [one.code for one in wrong.value.refusals]

    @pytest.mark.parametrize("made", [voided, appealed])
    def test_does_not_come_back_by_one_officers_correction(self, client, made):
        voiding, _number = made()
        result = voiding.results.get().result
        assert self.refused(actions.correct_result, result_id=result.pk, **BACK) == ["reason_missing"]
        as_program = CORRECT_RESULT.members(BACK)
        assert self.refused(CORRECT_RESULT.act, result_id=result.pk, **as_program) == ["reason_missing"]
        sign_in(client, "exam_body", make.BODY, node="jp")
        place = reverse("exams.correct_result", args=[result.pk])
        assert place not in client.get(reverse("exams.see_result", args=[result.pk])).content.decode()
        assert "appeal_granted" not in client.get(place).content.decode()
        assert client.post(place, BACK | {"seen": result.version}).status_code == 422
        assert Result.objects.get().state == "result_void"

    def test_is_not_corrected_for_another_reason_either(self):
        result = voided()[0].results.get().result
        told = {"result_id": result.pk, "outcome": "fail", "reason": "marked_wrongly"}
        assert self.refused(actions.correct_result, **told) == ["reason_missing"]
