"""The desk of the exchange: how everything stands, and the two things an operator does there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of

from ..access import PERMITS
from ..actions.attending import release_notices as release
from ..actions.attending import settle_alarm as settle
from ..forms import ReasonForm, ReleaseForm, SettleForm
from ..queries.overview import alarm_for, overview_for, partner_for


def see_exchange(request: HttpRequest) -> HttpResponse:
    """Partners, streams, what waits and why, keys, alarms, forks, the journal."""
    context = {
        "seen": overview_for(request.actor, now()),
        "attends": not PERMITS["settle_alarm"].why_not(request.actor),
    }
    return render(request, "exchange/desk.html", context)


def settle_alarm(request: HttpRequest, alarm_id: UUID) -> HttpResponse:
    """An operator settles an alarm with a reason."""
    seen = alarm_for(request.actor, alarm_id)
    form = SettleForm(request.POST or None, initial={"seen": seen.alarm.version})
    context = {"one": seen, "form": form}
    return _taken(
        request,
        form,
        lambda told: settle(
            actor=request.actor, alarm_id=alarm_id, reason=told["reason"], text=told["text"], seen=told["seen"], at=now()
        ),
        _("The alarm is settled."),
        "exchange/settle.html",
        context,
    )


def release_notices(request: HttpRequest, node: str) -> HttpResponse:
    """An operator lets notices go that wait because a witness refused."""
    seen = partner_for(request.actor, node, now())
    form = ReleaseForm(request.POST or None)
    return _taken(
        request,
        form,
        lambda told: release(actor=request.actor, node=node, reason=told["reason"], at=now()),
        _("The notices are released. They go at the next turn of the courier."),
        "exchange/release.html",
        {"one": seen, "form": form},
    )


def _taken(
    request: HttpRequest, form: ReasonForm, act: Callable[[Any], Any], said: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Shows the form, acts, says that it was done and goes back to the desk; refusals stand beside their field."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as wrong:
                if any("permission" in one.about for one in wrong.refusals):
                    raise
                form.show(wrong.refusals)
                status = status_of(wrong.refusals)
            else:
                messages.success(request, said, extra_tags="ok")
                return redirect("exchange.see_exchange")
    return render(request, template, context, status=status)
