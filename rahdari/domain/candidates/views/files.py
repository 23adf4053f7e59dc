"""My file: what stands in it, whom I allow to see it, the tests I passed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.web.panels import fill

from .. import actions
from ..queries.files import files_visible_to, passed_tests
from ..queries.seen import consents_seen


def see_file(request: HttpRequest) -> HttpResponse:
    """The file of the person who asks, or the one just opened at this counter; without one the way to open it."""
    file = files_visible_to(request.actor, now()).first()
    context = {
        "file": file,
        "own": request.actor.role == "worker",
        "consents": consents_seen(file, now()) if file is not None else [],
        "tests": passed_tests(file) if file is not None else [],
        "panels": fill("candidates.file", request.actor, file) if file is not None else [],
    }
    return render(request, "candidates/file.html", context)


def withdraw_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Takes back what the person allowed."""
    actions.withdraw_consent(actor=request.actor, consent_id=consent_id, at=now())
    messages.success(request, _("Taken back. From now on they do not see your file any more."), extra_tags="ok")
    return redirect("candidates.see_file")
