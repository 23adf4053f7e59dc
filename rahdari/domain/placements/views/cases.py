"""The desk of cases, and the line as its worker sees it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.base.waiting import waiting_on
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.web.panels import fill

from ..access import PERMITS
from ..queries.cases import case_for, cases_visible_to
from ..queries.events import days_for_case
from ..queries.holds import open_holds
from ..queries.interviews import explains, newest_interview
from ..queries.line import line_of
from ..queries.ranking import own_place, refused_for
from ..queries.rerouting import is_offered, moving_steps, newest_move, where_after_answer
from ..queries.seen import case_facts, drawn, interview_facts, next_steps, profile_facts, with_standing
from ..queries.standing import standing_of
from ..rules.cases import CASE_MOVES, OVER

ROWS = 30


def see_cases(request: HttpRequest) -> HttpResponse:
    """The cases the actor may see, the newest first."""
    page = Paginator(cases_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    with_standing(page.object_list)
    timetables = not PERMITS["see_timetables"].why_not(request.actor)
    turns = not PERMITS["see_turns"].why_not(request.actor)
    return render(request, "placements/cases.html", {"page": page, "timetables": timetables, "turns": turns})


def see_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case at the desk: its line, who and what, the interview, every step that is open to the reader, and what comes next."""
    case = with_standing([case_for(request.actor, case_id)])[0]
    if case.worker is not None:
        note_look(actor=request.actor, about=case.worker, purpose="placements.see_case", at=now())
    line = line_of(request.actor, case)
    context = {
        "case": case,
        "marked": case,
        "line": drawn(line, request.actor),
        "standing": standing_of(case, line, now()),
        "steps": [step.row for station in line for step in station.steps if step.open],
        "facts": case_facts(case),
        "profile": profile_facts(case),
        "interview": interview_facts(case),
        "waiting": waiting_on("placements.case", str(case.pk)),
        "next": [*next_steps(request.actor, case), *moving_steps(request.actor, case, now())],
        "holds": [] if case.state in OVER else open_holds(case),
        "shortlist": not PERMITS["see_shortlist"].why_not(request.actor),
        "days": days_for_case(request.actor, case, now()),
        "panels": fill("placements.case", request.actor, case),
    }
    return render(request, "placements/case.html", context)


def see_lines(request: HttpRequest) -> HttpResponse:
    """The worker's own applications."""
    return render(request, "placements/lines.html", {"cases": with_standing(cases_visible_to(request.actor))})


def see_line(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The worker's own line: whose turn it is, every station, what they can do."""
    case = case_for(request.actor, case_id)
    line = line_of(request.actor, case)
    interview, move = newest_interview(case), newest_move(case)
    context = {
        "case": case,
        "line": drawn(line, request.actor),
        "standing": standing_of(case, line, now()),
        "here": next((one for one in line if one.state == "current"), None),
        "facts": interview_facts(case),
        "over": case.state in OVER,
        "holds": [] if case.state in OVER else open_holds(case),
        "chooses": is_offered(case, now()),
        "move": move,
        "move_to": body_name(move.promoter) if move is not None else "",
        "own": own_place(case),
        "refused_for": refused_for(case) if case.state == "refused" else "",
        "withdraws": "withdrawn" in CASE_MOVES[case.state] and case.state != "selected",
        "names": case.state == "applied" and not PERMITS["nominate_candidate"].why_not(request.actor, case),
        "explains": explains(case, interview),
        "asked": case.state == "interview_set" and interview is not None and interview.answered_at is None,
        "days": days_for_case(request.actor, case, now()),
        "panels": fill("placements.line", request.actor, case),
    }
    return render(request, "placements/line.html", context)


def see_named(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where whoever named a candidate goes on: a worker to their own line, a desk to the case."""
    case = case_for(request.actor, case_id)
    return redirect("placements.see_line" if request.actor.role == "worker" else "placements.see_case", case.pk)


def see_move_answered(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where the one a worker chose goes on: the case, where it was taken over; else the list."""
    has_it = where_after_answer(request.actor, case_id)
    return redirect("placements.see_case", case_id) if has_it else redirect("placements.see_cases")
