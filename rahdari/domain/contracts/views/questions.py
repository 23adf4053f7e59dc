"""The complaint officer's pages of private answers: the list, and one."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.seen import note_look

from ..queries.questions import answer_facts, answer_for, answers_seen, decided_facts

ROWS = 30


def see_answers(request: HttpRequest) -> HttpResponse:
    """Private answers that differ from what was confirmed, open ones first."""
    page = Paginator(answers_seen(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "contracts/answers.html", {"page": page})


def see_answer(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """One private answer; that it was looked at is noted for the worker."""
    answer = answer_for(request.actor, answer_id)
    if answer.case.worker is not None:
        note_look(actor=request.actor, about=answer.case.worker, purpose="contracts.see_answer", at=now())
    context = {"answer": answer, "facts": answer_facts(answer), "decided": decided_facts(answer)}
    return render(request, "contracts/answer.html", context)
