"""Pages of the checkers: a form a person can fill, and the answer with every reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rahdari.base.clock import day_at, now
from rahdari.base.facts import WrongFacts
from rahdari.web.words import say_fault

from ..forms import FORMS, FactsForm
from ..queries import CHECKERS, answer_to, book_in_force
from ..wording import about_checker, form_title, members_in_words, verdict


def see_checks(request: HttpRequest) -> HttpResponse:
    """The six checkers."""
    return render(request, "checks/index.html", {"checkers": [about_checker(name) for name in CHECKERS]})


def ask_check(request: HttpRequest, name: str) -> HttpResponse:
    """One checker: the empty form, or what was typed with its answer or its errors."""
    if name not in CHECKERS:
        raise Http404
    typed = request.POST if request.method == "POST" else request.GET
    kind = typed.get("form", "")
    kind = kind if kind in FORMS[name] else next(iter(FORMS[name]))
    form = FactsForm(name, kind, CHECKERS[name].facts, book_in_force(request.actor, name), typed)
    kinds = [{"code": one, "title": form_title(one)} for one in FORMS[name]]
    context: dict[str, Any] = {"about": about_checker(name), "form": form, "kinds": kinds, "kind": kind}
    status = 200
    if request.method == "POST" and "add" not in request.POST:
        try:
            context |= _told(request, name, form)
        except WrongFacts as wrong:
            form.show_faults((fault.path, say_fault(fault)) for fault in wrong.faults)
            status = 422
    page = "checks/_check.html" if request.htmx else "checks/check.html"
    return render(request, page, context, status=status)


def _told(request: HttpRequest, name: str, form: FactsForm) -> dict[str, Any]:
    asked = {"book": form.book, "today": day_at(now(), request.actor.node), "language": get_language() or "en"}
    told = answer_to(request.actor, name, form.facts, **asked)
    return {"told": told, "verdict": verdict(name, told["answer"]), "members": members_in_words(told["answer"])}
