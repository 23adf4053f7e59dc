"""Pages that exist only in the demonstration: its people, and the messages nobody receives."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.work import Missing
from rahdari.web.onward import onward

from .. import actions
from ..queries.demonstration import common_password, invented_people
from . import entering
from .told import page

MOST = 50


def demonstration(request: HttpRequest) -> HttpResponse:
    """Everybody one can be here, by role; pressing a button signs in as them."""
    if not settings.DEMO:
        raise Http404
    at = now()
    if request.method == "POST":
        person = actions.demonstration(actor=request.actor, person_id=_id(request.POST.get("person", "")), at=at)
        entering.come_in(request, person, at, second_factor=person.staff)
        return redirect(onward(request, "web.worklist" if person.staff else "accounts.see_account"))
    context = {"people": invented_people(request.actor, at), "password": common_password()}
    return page(request, "demonstration", context)


def see_outbox(request: HttpRequest) -> HttpResponse:
    """The messages of the demonstration, the newest first: no message leaves this machine."""
    if not settings.DEMO:
        raise Http404
    return page(request, "outbox", {"messages_out": letters_in_folder(MOST)})


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing("person") from None
