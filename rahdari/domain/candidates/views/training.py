"""Pages of a training centre: its courses and cohorts, one cohort with who is in it, a day of attendance."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.facts import WrongFacts
from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of
from rahdari.web.step_forms import StepForm
from rahdari.web.words import say, say_fault

from .. import actions
from ..forms.training import RECORD_ATTENDANCE, RecordAttendance, crumbs
from ..queries.training import cohort_for, cohorts_of, courses_of, days_of, trainee_for, trainees_of

ROWS = 30


def see_training(request: HttpRequest) -> HttpResponse:
    """The courses and cohorts of one's own centre."""
    page = Paginator(cohorts_of(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "candidates/training.html", {"courses": courses_of(request.actor), "page": page})


def see_cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """One cohort: who is in it, the hours attended and missing, the days recorded."""
    cohort = cohort_for(request.actor, cohort_id)
    context = {
        "cohort": cohort,
        "trainees": trainees_of(cohort),
        "days": days_of(cohort),
        "crumbs": crumbs(),
        "today": day_at(now(), "pk"),
    }
    return render(request, "candidates/cohort.html", context)


def record_attendance(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """A day of a cohort: tick who was there, say for how long."""
    cohort = cohort_for(request.actor, cohort_id)
    form = StepForm(RecordAttendance, "candidates", request.POST if request.method == "POST" else None, leave_out=("present",))
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                members = RECORD_ATTENDANCE.members(form.given() | {"present": request.POST.getlist("present")})
                seen = request.POST.get("version", "")
                told = members | ({"seen": int(seen)} if seen.isdecimal() else {})
                RECORD_ATTENDANCE.act(actor=request.actor, cohort_id=cohort.pk, at=now(), **told)
            except WrongFacts as wrong:
                refusals = [say_fault(one) for one in wrong.faults]
            except Refused as wrong:
                refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
            else:
                messages.success(request, RECORD_ATTENDANCE.said, extra_tags="ok")
                return redirect("candidates.see_cohort", cohort.pk)
    context = {"cohort": cohort, "trainees": [one for one in trainees_of(cohort) if one.row.state == "in_training"], "form": form}
    return render(request, "candidates/attendance.html", context | {"refusals": refusals, "crumbs": crumbs()}, status=status)


def record_completion(request: HttpRequest, trainee_id: UUID) -> HttpResponse:
    """A trainee completed the course today."""
    at = now()
    try:
        trainee = actions.record_completion(actor=request.actor, trainee_id=trainee_id, on=day_at(at, "pk"), at=at)
    except Refused as wrong:
        for one in wrong.refusals:
            messages.error(request, say(one), extra_tags="bad")
        return redirect("candidates.see_cohort", trainee_for(request.actor, trainee_id).cohort_id)
    messages.success(request, _("Completed. It stands in the person’s file."), extra_tags="ok")
    return redirect("candidates.see_cohort", trainee.cohort_id)


def leave_training(request: HttpRequest, trainee_id: UUID) -> HttpResponse:
    """A trainee left, or is back."""
    trainee = actions.leave_training(actor=request.actor, trainee_id=trainee_id, at=now())
    return redirect("candidates.see_cohort", trainee.cohort_id)
