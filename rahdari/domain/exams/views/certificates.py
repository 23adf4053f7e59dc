"""Certificates: anyone checks one by number and birth date; whoever passed a test prints theirs with its code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.facts import WrongFacts, read_facts
from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of
from rahdari.web.rates import address_of, limit
from rahdari.web.step_forms import StepForm
from rahdari.web.steps import layout_for

from ..access import DRAWING_CERTIFICATES, VERIFYING
from ..forms.verifying import VerifyCertificate
from ..queries.cards import certificate_card
from ..queries.verifying import certificate_read
from ..rules.results import certificate_key


def verify_certificate(request: HttpRequest) -> HttpResponse:
    """Asks whether a certificate is real. What was typed is never in an address: it is posted, and kept nowhere."""
    typed = request.POST if request.method == "POST" else None
    form = StepForm(VerifyCertificate, "exams", typed, initial={"certificate": request.GET.get("number", "")[:60]})
    context: dict[str, Any] = {"form": form}
    status = 200
    if typed is not None:
        status, is_whole = 422, form.is_valid()
        try:
            facts = read_facts(VerifyCertificate, form.given(), current_book())
            if is_whole:
                limit(VERIFYING, at=now(), address=address_of(request), account=certificate_key(facts.certificate))
                context["read"], status = certificate_read(facts.certificate, facts.birth_date), 200
        except WrongFacts as wrong:
            form.show_faults(one for one in wrong.faults if one.path.strip("/") not in form.errors)
        except Refused as wrong:
            form.show(wrong.refusals)
            status = status_of(wrong.refusals)
    return render(request, "exams/verify.html", context, status=status)


def see_certificate_card(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """The certificate of a test passed, for paper or a telephone, with the code that proves it."""
    moment = now()
    limit(DRAWING_CERTIFICATES, at=moment, address=address_of(request), account=str(request.actor.person))
    card = certificate_card(request.actor, result_id, moment)
    return render(request, "exams/card.html", {"card": card, "layout": layout_for(request, {})})
