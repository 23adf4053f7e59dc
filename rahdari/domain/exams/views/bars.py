"""The examiner's page of one bar from tests."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..forms.bars import bar_facts
from ..queries.bars import bar_for
from ..rules.bars import BAR_ASKED, BAR_DECIDED

NEXT = {BAR_ASKED: ("exams.bar_person", "exams.drop_bar"), BAR_DECIDED: ("exams.lift_bar",)}


def see_bar(request: HttpRequest, bar_id: UUID) -> HttpResponse:
    """One bar: whose booking, the sign behind it, why, until when, and what can be done."""
    bar = bar_for(request.actor, bar_id)
    return render(request, "exams/bar.html", {"bar": bar, "facts": bar_facts(bar), "next": NEXT.get(bar.state, ())})
