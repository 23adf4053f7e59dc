"""Is this paper real? One page that reads its code, also without a network; and the card of a licence."""

from __future__ import annotations

import datetime as dt
import unicodedata
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.base.facts import Fault
from rahdari.domain.departures.queries.passes import pass_lists
from rahdari.domain.departures.rules.passes import FINDINGS, Shown
from rahdari.domain.exchange.queries.papers import paper_keys
from rahdari.domain.exchange.rules.papers import OUTCOMES, PaperRead
from rahdari.web.rates import address_of, limit
from rahdari.web.words import say_fault

from ..access import DRAWING_CARDS
from ..queries.papers import BAD, KINDS, QUIET, facts_read, licence_card, looked_up_at, pass_read, read_here, words_for_reading

KIT = "api:checks.see_pass_kit"
FILES = (
    "look/look.css", "look/mark.svg", "look/favicon.ico", "checks/paper.js", "checks/reading.js", "checks/noble-ed25519.js",
)  # fmt: skip


def check_paper(request: HttpRequest) -> HttpResponse:
    """Reads what stands in the code of a paper. Its script does the same in the browser and asks nobody."""
    typed = request.POST.get("paper", "")
    read: PaperRead | None = read_here(typed) if typed.strip() else None
    moment, (shown, wrong) = now(), _shown(request)
    context: dict[str, Any] = {"typed": typed[:2_000], "read": read, "outcomes": OUTCOMES, "kinds": KINDS, "shown": shown}
    context |= {"verdict": pass_read(typed, shown, moment) if read else None, "lists": pass_lists(moment), "kit": reverse(KIT)}
    context |= {"findings": (*FINDINGS, "compare", "compared"), "bad": BAD, "quiet": QUIET}
    context |= {"keys": [one.told() for one in paper_keys()], "words": words_for_reading()}
    if read is not None:
        context |= {"facts": facts_read(read), "look_up": looked_up_at(read)}
    context |= {"born": request.POST.get("born", "")[:30], "wrong": wrong}
    return render(request, "checks/paper.html", context, status=422 if wrong else 200)


def _shown(request: HttpRequest) -> tuple[Shown, str]:
    """What was typed of the passport in hand, and what is wrong with the day, if it is none; digits of any script are taken."""
    typed, born, wrong = request.POST.get("born", "").strip(), None, ""
    if typed:
        plain = "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in unicodedata.normalize("NFKC", typed))
        try:
            born = dt.date.fromisoformat(plain)
        except ValueError:
            wrong = say_fault(Fault("born", "not_a_day"))
    return Shown(request.POST.get("passport", "")[:30], born), wrong


def see_paper_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page for when there is no network."""
    page, files = reverse("checks.check_paper"), [static(one) for one in FILES]
    edition = sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    context = {"page": page, "files": files, "edition": edition, "kit": reverse(KIT)}
    return render(request, "checks/paper_worker.js", context, content_type="text/javascript; charset=utf-8")


def see_licence_card(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The card of a licence that holds, for paper or a telephone, with the code that proves it."""
    moment = now()
    limit(DRAWING_CARDS, at=moment, address=address_of(request))
    return render(request, "checks/licence_card.html", {"card": licence_card(request.actor, organisation_id, moment)})
