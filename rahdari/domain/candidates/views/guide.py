"""Opening one's own file on a phone: one thing a screen, kept at every step, looked over at the end."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.facts import WrongFacts, read_facts, refuse_nul
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.web.errors import status_of
from rahdari.web.onward import onward
from rahdari.web.step_forms import StepForm
from rahdari.web.words import Fact, say, shelf

from .. import actions
from ..forms.guide import CHECK, ORDER, SCREENS
from ..queries.drafts import card_of, draft_of
from ..queries.files import file_of
from ..rules.doubts import why_not_name
from ..rules.file_facts import FileFacts
from ..rules.settling import settled

GUIDE = "candidates.guide_file"
WANTED = "candidates.wanted"  # in the session: the page from which somebody came to open a file, and goes back to


def guide_file(request: HttpRequest, screen: str = ORDER[0]) -> HttpResponse:
    """One screen of the way to one's own file, or the last one, on which everything is looked over and the file is opened."""
    if request.actor.role != "worker":
        return redirect("candidates.open_file")
    if file_of(request.actor.person) is not None:
        return redirect("candidates.see_file")
    wanted = onward(request, "")
    if wanted:
        request.session[WANTED] = wanted
    if not card_of(request.actor):
        return redirect(f"{reverse('accounts.add_card')}?{urlencode({'next': request.path})}")
    told = draft_of(request.actor)
    if screen == CHECK:
        return _check(request, told)
    if screen not in SCREENS:
        raise Missing(f"screen {screen}")
    return _ask(request, screen, told)


def _ask(request: HttpRequest, screen: str, told: dict[str, Any]) -> HttpResponse:
    asked, status = SCREENS[screen], 200
    known = _name_of_account(request.actor.name) | told
    initial = {"told": {name: known[name] for name in asked.members if known.get(name)}}
    form = StepForm(asked.shape, "candidates", request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                refuse_nul(form.given())
                facts: Any = read_facts(asked.shape, {"told": form.given().get("told", {})}, current_book())
            except WrongFacts as wrong:
                form.show_faults(wrong.faults)
            else:
                kept = told | facts.told.model_dump(mode="json")
                against = _against(request, screen, kept)
                form.show(against)
                if not against:
                    actions.keep_draft(actor=request.actor, told=kept, at=now())
                    following = ORDER.index(screen) + 1
                    return redirect(GUIDE, ORDER[following] if following < len(ORDER) else CHECK)
    place = ORDER.index(screen)
    context = {
        "form": form,
        "screen": asked,
        "place": place + 1,
        "of": len(ORDER) + 1,
        "before": ORDER[place - 1] if place else "",
    }
    return render(request, "candidates/guide.html", context, status=status)


def _name_of_account(name: str) -> dict[str, str]:
    """The name of the account, in the field of its script."""
    return {"name" if name.isascii() else "name_urdu": name}


def _against(request: HttpRequest, screen: str, kept: dict[str, Any]) -> list[Any]:
    """What can be said of one screen already: of its own fields alone."""
    if screen == "name":
        return why_not_name(str(kept["name"]))
    try:
        facts = read_facts(FileFacts, _told(kept), current_book())
    except WrongFacts:
        return []
    found = settled(facts, card_of(request.actor), current_book(), day_at(now(), "pk")).against
    own = {f"told.{member}" for member in SCREENS[screen].members}
    return [one for one in found if one.member in own or screen == "passport"]


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if value not in (None, "")}


def _check(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    try:
        facts = read_facts(FileFacts, _told(told), current_book())
    except WrongFacts as wrong:
        member = next((fault.path.strip("/") for fault in wrong.faults), "name")
        return redirect(GUIDE, next((name for name, one in SCREENS.items() if member in one.members), ORDER[0]))
    refusals, status = [], 200
    if request.method == "POST":
        try:
            actions.open_file(actor=request.actor, told=facts, at=now())
        except Refused as wrong:
            refusals, status = [say(one) for one in wrong.refusals], status_of(wrong.refusals)
        else:
            messages.success(request, _("The file is open."), extra_tags="ok")
            return redirect(request.session.pop(WANTED, "candidates.see_file"))
    labels = shelf("LABELS")
    said = [
        (
            name,
            asked.title,
            [Fact(labels[f"candidates.told.{one}"], getattr(facts, one)) for one in asked.members if getattr(facts, one)],
        )
        for name, asked in SCREENS.items()
    ]
    return render(request, "candidates/guide_check.html", {"said": said, "refusals": refusals}, status=status)
