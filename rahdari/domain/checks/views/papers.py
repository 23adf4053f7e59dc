"""Is this paper real? One page that reads its code, also without a network; and the card of a licence."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.domain.exchange.queries.papers import paper_keys
from rahdari.domain.exchange.rules.papers import OUTCOMES, PaperRead
from rahdari.web.rates import address_of, limit

from ..access import DRAWING_CARDS
from ..queries.papers import KINDS, facts_read, licence_card, looked_up_at, read_here, words_for_reading

FILES = ("look/look.css", "look/mark.svg", "look/favicon.ico", "checks/paper.js")


def check_paper(request: HttpRequest) -> HttpResponse:
    """Reads what stands in the code of a paper. Its script does the same in the browser and asks nobody."""
    typed = request.POST.get("paper", "")
    read: PaperRead | None = read_here(typed) if typed.strip() else None
    context: dict[str, Any] = {"typed": typed[:2_000], "read": read, "outcomes": OUTCOMES, "kinds": KINDS}
    context |= {"keys": [one.told() for one in paper_keys()], "words": words_for_reading()}
    if read is not None:
        context |= {"facts": facts_read(read), "look_up": looked_up_at(read)}
    return render(request, "checks/paper.html", context)


def see_paper_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page for when there is no network."""
    page, files = reverse("checks.check_paper"), [static(one) for one in FILES]
    edition = sha256("\n".join([page, *files]).encode()).hexdigest()[:12]
    context = {"page": page, "files": files, "edition": edition}
    return render(request, "checks/paper_worker.js", context, content_type="text/javascript; charset=utf-8")


def see_licence_card(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The card of a licence that holds, for paper or a telephone, with the code that proves it."""
    moment = now()
    limit(DRAWING_CARDS, at=moment, address=address_of(request))
    return render(request, "checks/licence_card.html", {"card": licence_card(request.actor, organisation_id, moment)})
