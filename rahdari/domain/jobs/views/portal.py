"""The public portal: search, one vacancy, the map of prefectures; anyone reads it, without an account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.panels import fill

from ..access import PERMITS
from ..forms.portal import asked_of, options_of
from ..queries.demands import licence_seen, min_age, vacancy_for
from ..queries.places import places_of
from ..queries.portal import address_of, lines_of, read_of, summary_of
from ..queries.search import search
from ..queries.seen import body_name, cost_lines, money_of, pay_lines, place_name


def see_vacancies(request: HttpRequest) -> HttpResponse:
    """Search among the vacancies open today; the page, or what was found alone for htmx."""
    found = search(asked_of(request.GET), on=day_at(now(), "pk"))
    asked = found.asked
    pages = {
        "previous": address_of(asked, page=asked.page - 1) if asked.page > 1 else "",
        "next": address_of(asked, page=asked.page + 1) if asked.page < found.pages else "",
    }
    context = {
        "found": found, "asked": asked, "lines": lines_of(found.rows), "read": read_of(found), "pages": pages,
        "address": address_of(asked), "may_keep": bool(asked.told) and not PERMITS["keep_search"].why_not(request.actor),
    }  # fmt: skip
    part = request.htmx and not request.htmx.history_restore_request
    if not part:
        context["options"] = options_of()
        context["filtered"] = bool(asked.told.keys() - {"q", "order"})
    answer = render(request, "jobs/_found.html" if part else "jobs/vacancies.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def see_places(request: HttpRequest) -> HttpResponse:
    """The vacancies of a search on the map of prefectures, with its table."""
    asked = asked_of(request.GET)
    context = {"map": places_of(asked, on=day_at(now(), "pk")), "asked": asked, "options": options_of()}
    return render(request, "jobs/places.html", context | {"address": address_of(asked), "summary": summary_of(asked)})


def see_vacancy(request: HttpRequest, vacancy_id: UUID) -> HttpResponse:
    """One vacancy: pay and what is taken from it, costs and who pays them, the work, the tests, the odds."""
    vacancy = vacancy_for(request.actor, vacancy_id)
    demand = vacancy.demand
    paid, taken = pay_lines(demand.terms)
    book = current_book()
    context = {
        "vacancy": vacancy,
        "demand": demand,
        "terms": demand.terms,
        "pay": money_of(demand.terms["pay_basic"]),
        "paid": paid,
        "taken": taken,
        "costs": cost_lines(vacancy),
        "recruiter": body_name(vacancy.publisher),
        "place": place_name(demand),
        "tests": [book.one("exam_kinds", code=one) for one in demand.tests],
        "min_age": min_age(book, demand.kind, day_at(now(), "pk")),
        "open": vacancy.state == "open" and vacancy.closes_on >= day_at(now(), "pk"),
        "own": bool(request.actor.body) and request.actor.body == demand.promoter and request.actor.node == "pk",
        "licence": licence_seen(demand, day_at(now(), request.actor.node), request.actor.node),
        "panels": fill("jobs.vacancy", request.actor, vacancy),
    }
    return render(request, "jobs/vacancy.html", context)
