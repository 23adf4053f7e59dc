"""Pages of timetables of interviews: the list, a new one, one day by day by both clocks, the same as a table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.facts import WrongFacts
from rahdari.base.refusal import Refused
from rahdari.web.downloads import csv_answer
from rahdari.web.errors import status_of
from rahdari.web.step_forms import StepForm

from ..access import PERMITS
from ..forms.timetables import DRAFT_TIMETABLE, DraftTimetable, crumbs_of, drafting
from ..queries.timetables import demands_waiting, faults_now, meetings_of, timetable_for, timetables_visible_to
from ..queries.timetables_seen import day_chosen, day_seen, days_of, left_out_seen, table_of, timetable_facts

ROWS = 30
BEGINS_WITH: dict[str, Any] = {"minutes": 30, "pause": 10, "most_a_day": 12, "language": "en", "interpreter": "none"}


def see_timetables(request: HttpRequest) -> HttpResponse:
    """The actor's timetables, the newest first, and the demands whose candidates wait for a time."""
    page = Paginator(timetables_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "placements/timetables.html", {"page": page, "demands": demands_waiting(request.actor)})


def draft_timetable(request: HttpRequest, demand_id: UUID) -> HttpResponse:
    """A new timetable: which candidates, which interviewers at which hours; it is made and shown, and nobody is told."""
    context = dict(drafting(request.actor, demand_id))
    typed = request.POST if request.method == "POST" else None
    waiting = list(context["waiting"])
    chosen = request.POST.getlist("cases") if typed is not None else [str(one.pk) for one in waiting]
    form = StepForm(DraftTimetable, "placements", typed, initial=BEGINS_WITH, leave_out=context.pop("leave_out"))
    status = 200
    if typed is not None:
        done = _drafted(request, form, demand_id, chosen)
        if isinstance(done, HttpResponse):
            return done
        status = done
    rows = [(one, str(one.pk) in chosen) for one in waiting]
    frame = {"form": form, "step": "placements.draft_timetable", "rows": rows}
    return render(request, "placements/timetable_draft.html", context | frame, status=status)


def _drafted(request: HttpRequest, form: StepForm, demand_id: UUID, chosen: list[str]) -> HttpResponse | int:
    if not form.is_valid():
        return 422
    try:
        members = DRAFT_TIMETABLE.members(form.given() | {"cases": chosen})
        made = DRAFT_TIMETABLE.act(actor=request.actor, demand_id=demand_id, at=now(), **members)
    except WrongFacts as wrong:
        form.show_faults(wrong.faults)
        return 422
    except Refused as wrong:
        if any("permission" in one.about for one in wrong.refusals):
            raise
        form.show(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, DRAFT_TIMETABLE.said, extra_tags="ok")
    return redirect("placements.see_timetable", made.pk)


def see_timetable(request: HttpRequest, timetable_id: UUID) -> HttpResponse:
    """One timetable: a day of it by both clocks, the other days to choose, who was left out and why, what comes next."""
    timetable = timetable_for(request.actor, timetable_id)
    drafted = timetable.state == "drafted"
    faults = [one.about for one in faults_now(timetable, now())] if drafted else []
    days = days_of(meetings_of(timetable))
    day = day_chosen(days, request.GET.get("day", ""))
    steps = ("send_timetable", "withdraw_timetable") if drafted else ()
    context = {
        "timetable": timetable,
        "crumbs": crumbs_of(),
        "facts": timetable_facts(timetable),
        "days": days,
        "day": day,
        "meetings": day_seen(timetable, day, faults),
        "left_out": left_out_seen(timetable),
        "faults": len(faults),
        "next": [f"placements.{one}" for one in steps if not PERMITS[one].why_not(request.actor, timetable)],
    }
    return render(request, "placements/timetable.html", context)


def see_timetable_table(request: HttpRequest, timetable_id: UUID) -> HttpResponse:
    """A timetable as CSV, for the interviewers' own calendars."""
    timetable = timetable_for(request.actor, timetable_id)
    head = (_("Japan"), _("Pakistan"), _("Candidate"), _("Interviewer"), _("Place or link"))
    return csv_answer(f"timetable-{timetable.pk}", head, table_of(timetable))
