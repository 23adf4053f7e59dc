"""Pages of notices: the list, writing, one notice with its next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.disclosure.wording import CODES as MARKINGS
from rahdari.domain.fields.forms import DeskForm
from rahdari.web.errors import status_of
from rahdari.web.steps import Step, step_page
from rahdari.web.words import Fact, sentence

from . import actions
from .access import CONTACT_ROLES, PERMITS
from .forms import AnswerForm, DecideName, DraftForm, RecallForm, initial_of
from .models import NameDecision, Notice
from .queries.known import parties_known, party_known
from .queries.notices import draft_of, lines_of, notice_for, notice_page, notices_visible_to, punctuality
from .rules.names import grounds_for
from .rules.notices import LEVELS

ROWS = 30
MARKED = {level: MARKINGS[f"level_{level}"] for level in LEVELS}


def see_notices(request: HttpRequest) -> HttpResponse:
    """The notices of both states, the newest first, with who must act, and how many were told late."""
    page = Paginator(notices_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_of(request.actor, list(page.object_list), current_book(), now()),
        "punctuality": punctuality(request.actor),
    }
    return render(request, "notices/notices.html", context)


def _done(request: HttpRequest, form: DeskForm, act: Callable[[], Any], said: str) -> HttpResponse | int:
    """Acts, says that it was done and shows the notice; what the law refuses goes into the form, and its status back."""
    try:
        result = act()
    except Refused as wrong:
        if any("permission" in one.about for one in wrong.refusals):
            raise
        form.show(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, said, extra_tags="ok")
    return redirect("notices.see_notice", result.pk)


def draft_notice(request: HttpRequest, notice_id: UUID | None = None) -> HttpResponse:
    """An officer writes a notice, or writes a draft anew."""
    book = current_book()
    row = notice_for(request.actor, notice_id) if notice_id else None
    before = draft_of(row) if row is not None and row.state == "drafted" else None
    begun = initial_of(before) | {"seen": row.version} if before and row else None
    partner = row.partner if row is not None else settings.RAHDARI_PARTNER
    form = DraftForm(book, partner, MARKED, request.POST or None, initial=begun, parties=len(before.about) if before else 0)
    status: HttpResponse | int = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _done(
                request,
                form,
                lambda: actions.draft_notice(
                    actor=request.actor,
                    draft=form.draft(get_language() or "en"),
                    notice_id=notice_id,
                    seen=form.cleaned_data["seen"],
                    at=now(),
                ),
                _("The draft is kept. A second officer, of the contact point, approves it."),
            )
    if isinstance(status, HttpResponse):
        return status
    return render(request, "notices/draft.html", {"form": form, "row": row}, status=status)


def _page(request: HttpRequest, notice_id: UUID, status: int = 200, **forms: DeskForm) -> HttpResponse:
    book = current_book()
    seen = notice_page(request.actor, notice_id, book, now())
    row = seen.line.row
    parties = seen.draft.about if seen.draft else ()
    contact = request.actor.role == CONTACT_ROLES.get(request.actor.node)
    context: dict[str, Any] = {
        "seen": seen,
        "row": row,
        "marked": seen.band,
        "known": parties_known(request.actor, parties, today=day_at(now(), request.actor.node)),
        "contact": contact,
        "own_draft": row.drafted_by == request.actor.person,
        "may_decide": not PERMITS["decide_name"].why_not(request.actor) and row.drafted_by != request.actor.person,
        "act": DeskForm(),
        "answer": AnswerForm(row.kind, book),
        "recall": RecallForm(),
    }
    return render(request, "notices/notice.html", context | forms, status=status)


def _page_of_name(actor: Actor, notice_id: UUID, party: int, subject: str) -> Mapping[str, Any]:
    """The name as the notice has it, whom the registers know by a like one, and what was decided before."""
    seen = notice_page(actor, notice_id, current_book(), now())
    row = seen.line.row
    named, known = party_known(actor, seen.draft, party, subject, today=day_at(now(), actor.node))
    return {
        "crumbs": [
            {"url": reverse("notices.see_notices"), "label": _("Notices")},
            {"url": reverse("notices.see_notice", args=[notice_id]), "label": row.number or _("Draft of a notice")},
        ],
        "marked": seen.band,
        "lead": _("A like name is no proof. Compare cards and papers before anything follows from it."),
        "about": named.name,
        "facts": [
            Fact(_("In the notice"), " ".join((named.name, named.licence)).strip()),
            Fact(_("In the register"), " · ".join(filter(None, (known.name, known.behind, known.number)))),
            *(Fact(_("Decided before"), _decided(one)) for one in known.decisions),
        ],
        "codes": {"ground": {one: f"name_{one}" for of in grounds_for(known.what).values() for one in of}},
        "initial": {"seen": row.version},
    }


def _decided(one: NameDecision) -> str:
    said = sentence(f"name_{one.ground}", {}, ("CODES",))
    return f"{said} · {one.note}" if one.note else said


def _decide_name(*, actor: Actor, notice_id: UUID, at: dt.datetime, **told: Any) -> Notice:
    return actions.decide_name(actor=actor, notice_id=notice_id, at=at, **told).notice


_decide_name.__doc__ = actions.decide_name.__doc__
DECIDE_NAME = Step(
    "notices", "decide_name", DecideName, _decide_name, _page_of_name,
    gettext_lazy("Kept. It is shown wherever this name stands in a notice again."), "notices.see_notice", with_result=True,
)  # fmt: skip
decide_name = step_page(DECIDE_NAME)


def see_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice: what it says, what was answered, and the next step."""
    return _page(request, notice_id)


def _step(
    request: HttpRequest, notice_id: UUID, place: str, form: DeskForm, act: Callable[[dict[str, Any]], Any], said: str
) -> HttpResponse:
    """One step from the page of a notice: acts, or shows the page again with what was refused."""
    if request.method != "POST":
        return _page(request, notice_id)
    status: HttpResponse | int = 422
    if form.is_valid():
        status = _done(request, form, lambda: act({"notice_id": notice_id, "seen": form.cleaned_data["seen"]}), said)
    return status if isinstance(status, HttpResponse) else _page(request, notice_id, status, **{place: form})


def approve_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A second officer approves a draft."""
    return _step(
        request,
        notice_id,
        "act",
        DeskForm(request.POST or None),
        lambda told: actions.approve_notice(actor=request.actor, at=now(), **told),
        _("Approved. The other state is told at once."),
    )


def accept_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The contact point that was told takes the matter on."""
    return _step(
        request,
        notice_id,
        "act",
        DeskForm(request.POST or None),
        lambda told: actions.accept_notice(actor=request.actor, at=now(), **told),
        _("Accepted. The other state is told."),
    )


def answer_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The contact point that was told answers."""
    row = notice_for(request.actor, notice_id)
    form = AnswerForm(row.kind, current_book(), request.POST or None)
    return _step(
        request,
        notice_id,
        "answer",
        form,
        lambda told: actions.answer_notice(actor=request.actor, answer=form.answer(get_language() or "en"), at=now(), **told),
        _("The answer is sent."),
    )


def recall_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The contact point that told takes a notice back."""
    form = RecallForm(request.POST or None)
    return _step(
        request,
        notice_id,
        "recall",
        form,
        lambda told: actions.recall_notice(actor=request.actor, reason=form.cleaned_data["reason"], at=now(), **told),
        _("Taken back. What it said is destroyed on both sides."),
    )
