"""A profile as the firm reads it, with who stands behind it once they said yes; and the page where a person answers firms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.seen import note_look
from rahdari.web.panels import fill

from ..access import PERMITS
from ..queries.profiles import districts
from ..queries.reveals import person_behind, person_facts, reveal_of, reveals_of
from ..queries.shown import shown_for, shown_seen
from ..rules.reveals import OPEN


def see_shown(request: HttpRequest, shown_id: UUID) -> HttpResponse:
    """A profile that was shown; to the firm the person said yes to, also who they are: each such look is written down."""
    actor, at = request.actor, now()
    row = shown_for(actor, shown_id)
    reveal = reveal_of(actor, shown_id)
    reads = not PERMITS["ask_reveal"].why_not(actor)
    context: dict[str, Any] = {"one": shown_seen(row, districts(current_book()), at), "reads": reads}
    if reads:
        context |= {
            "reveal": reveal,
            "waits": reveal is not None and reveal.state in OPEN and at < reveal.until,
            "may_ask": reveal is None and not context["one"].over,
        }
        if reveal is not None and reveal.state == "revealed":
            person = person_behind(actor, shown_id)
            note_look(actor=actor, about=reveal.pk, purpose="candidates.see_shown", at=at)
            context["person"] = person_facts(person.told)
            context["panels"] = fill("candidates.shown", actor, row)
    return render(request, "candidates/shown.html", context)


def see_reveals(request: HttpRequest) -> HttpResponse:
    """The firms that ask who one is, and those one said yes to."""
    rows = list(reveals_of(request.actor, now()))
    context = {
        "asked": [one for one in rows if one.state in OPEN],
        "given": [one for one in rows if one.state not in OPEN],
    }
    return render(request, "candidates/reveals.html", context)
