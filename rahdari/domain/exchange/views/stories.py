"""Statements: the list, one as a story, its evidence to take along."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rahdari.base.clock import now

from ..access import PERMITS
from ..queries.evidence import evidence_for
from ..queries.statements import SHOWS, statements_for
from ..queries.stories import Story, said_for, story_for

LONGEST_CURSOR = 18  # digits


def _cursor(request: HttpRequest, name: str) -> int | None:
    """A cursor of the address; what is none is as if it were not there."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_CURSOR else None


def see_statements(request: HttpRequest) -> HttpResponse:
    """What went either way, the newest first, a page at a time."""
    show, before, after = request.GET.get("show", "all"), _cursor(request, "before"), _cursor(request, "after")
    page = statements_for(request.actor, show, before=before, after=None if before is not None else after)
    return render(request, "exchange/statements.html", {"page": page, "shows": SHOWS})


def see_story(request: HttpRequest, told_id: int) -> HttpResponse:
    """One statement, from its saying to the journal."""
    return _story(request, story_for(request.actor, told_id))


def see_said(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A statement that was approved and has no place in its stream yet; goes on to its story once it has one."""
    found = said_for(request.actor, entry_id)
    return redirect("exchange.see_story", found) if isinstance(found, int) else _story(request, found)


def _story(request: HttpRequest, story: Story) -> HttpResponse:
    takes = story.told is not None and not PERMITS["take_evidence"].why_not(request.actor)
    return render(request, "exchange/story.html", {"story": story, "takes": takes})


def take_evidence(request: HttpRequest, told_id: int) -> HttpResponse:
    """Everything both nodes signed about a statement, as one file."""
    found = evidence_for(request.actor, told_id, now())
    answer = HttpResponse(json.dumps(found, ensure_ascii=False, indent=1) + "\n", content_type="application/json; charset=utf-8")
    place = f"{found['statement']['from']}-{found['statement']['to']}-{told_id}"
    answer["Content-Disposition"] = f'attachment; filename="evidence-{place}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
