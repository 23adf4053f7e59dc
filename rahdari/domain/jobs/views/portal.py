"""The public portal: vacancies anyone may read, without an account."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.web.panels import fill

from ..queries.demands import licence_seen, min_age, open_vacancies, vacancy_for
from ..queries.seen import body_name, cost_lines, money_of, pay_lines, place_name

ROWS = 30


def see_vacancies(request: HttpRequest) -> HttpResponse:
    """The vacancies that are open today, the newest first."""
    page = Paginator(open_vacancies(request.actor, day_at(now(), "pk")), ROWS).get_page(request.GET.get("page"))
    page.object_list = [
        {"vacancy": one, "demand": one.demand, "pay": money_of(one.demand.terms["pay_basic"]), "place": place_name(one.demand)}
        for one in page.object_list
    ]
    return render(request, "jobs/vacancies.html", {"page": page})


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
