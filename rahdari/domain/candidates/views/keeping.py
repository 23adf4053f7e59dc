"""My data: what is kept of me, for what and until when; taking it along; erasing it. And my talent profile."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of
from rahdari.web.words import say

from .. import actions
from ..queries.files import file_at_hand, with_merged
from ..queries.keeping import export_of, held_above
from ..queries.profiles import profiles_visible_to
from ..queries.terms import terms
from ..queries.training import trainings_of


def export_file(request: HttpRequest) -> HttpResponse:
    """Everything kept of the person who asks: as a page to read, or as JSON to take along."""
    at = now()
    file = file_at_hand(request.actor, None, at)
    if request.GET.get("format") == "json":
        answer = HttpResponse(
            json.dumps(export_of(file, request.actor), ensure_ascii=False, indent=1),
            content_type="application/json; charset=utf-8",
        )
        answer["Content-Disposition"] = 'attachment; filename="my-file.json"'
        return answer
    context = {
        "file": file,
        "changes": file.changes.all(),
        "trainings": trainings_of(file),
        "terms": terms(current_book(), day_at(at, "pk")),
        "held": sorted(held_above(with_merged(file)).items()),
    }
    return render(request, "candidates/export.html", context)


def erase_file(request: HttpRequest) -> HttpResponse:
    """Erases one's own file and account, after it was said once more what that means."""
    file = file_at_hand(request.actor, None, now())
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            refusals, status = [_("Tick that you are sure.")], 422
        else:
            try:
                actions.erase_file(actor=request.actor, at=now())
            except Refused as wrong:
                refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
            else:
                logout(request)
                messages.success(request, _("Your file and your account are erased."), extra_tags="ok")
                return redirect("/")
    held = sorted(held_above(with_merged(file)).items())
    return render(request, "candidates/erase.html", {"refusals": refusals, "held": held}, status=status)


def hide_profile(request: HttpRequest) -> HttpResponse:
    """Hides one's own talent profile."""
    actions.hide_profile(actor=request.actor, at=now())
    messages.success(request, _("Hidden. Nobody sees it any more."), extra_tags="ok")
    return redirect("candidates.see_file")


def see_profiles(request: HttpRequest) -> HttpResponse:
    """The talent profiles that hold, without whose they are."""
    work = request.GET.get("work", "")
    work = work if work.isascii() and work.isdecimal() else ""
    rows = profiles_visible_to(request.actor, now(), current_book(), work[:4])
    return render(request, "candidates/profiles.html", {"rows": rows, "work": work})
