"""The public portal: search, one vacancy, the map of prefectures; anyone reads it, without an account."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rahdari.base.clock import day_at, now
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refused
from rahdari.domain.fields.queries.orders import field_state
from rahdari.web.onward import to_sign_in
from rahdari.web.panels import fill
from rahdari.web.words import spoken

from ..access import PERMITS
from ..forms.portal import asked_of, options_of
from ..queries.demands import min_age, vacancy_for
from ..queries.places import places_of
from ..queries.portal import Line, address_of, lines_of, read_of, summary_of
from ..queries.search import search
from ..queries.seen import (
    ONE_DAY,
    body_name,
    cost_lines,
    money_of,
    pay_lines,
    place_name,
    professional_facts,
    work_lines,
    years_of_practice,
)
from ..queries.vacancy import dots_of, line_ahead, posting_of, recruiters_of
from ..rules.line import is_inside, is_published
from ..rules.listing import level_asked
from ..rules.pay import net_a_month


@lru_cache(maxsize=1 << 13)
def _drawn(line: Line, language: str) -> SafeString:
    """A line of the list as it stands on the page: the same vacancy is shown to many, and costs once."""
    return render_to_string("jobs/_line.html", {"one": line})


def see_vacancies(request: HttpRequest) -> HttpResponse:
    """Search among the vacancies open today; the page, or what was found alone for htmx."""
    found = search(asked_of(request.GET), on=day_at(now(), "pk"))
    asked = found.asked
    pages = {
        "previous": address_of(asked, page=asked.page - 1) if asked.page > 1 else "",
        "next": address_of(asked, page=asked.page + 1) if asked.page < found.pages else "",
    }
    context = {
        "found": found, "asked": asked, "lines": [_drawn(one, get_language() or "en") for one in lines_of(found.rows)],
        "read": read_of(found), "pages": pages,
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
    context["carried"] = [(name, value) for name, value in asked.told.items() if name not in ("q", "field", "prefecture")]
    return render(request, "jobs/places.html", context | {"address": address_of(asked), "summary": summary_of(asked)})


def see_vacancy(request: HttpRequest, vacancy_id: UUID) -> HttpResponse:
    """One vacancy: pay and what is taken from it, costs and who pays them, the work, the tests, the odds, who recruits."""
    try:
        vacancy = vacancy_for(request.actor, vacancy_id)
    except Refused:  # handed over by its employer: whoever opens it is somebody
        return to_sign_in(request)
    demand, terms, book, today = vacancy.demand, vacancy.demand.terms, current_book(), day_at(now(), request.actor.node)
    paid, taken = pay_lines(terms)
    is_open = vacancy.state == "open" and vacancy.closes_on >= day_at(now(), "pk")
    tests = [book.one("exam_kinds", code=one) for one in demand.tests]
    context = {
        "vacancy": vacancy,
        "demand": demand,
        "terms": terms,
        "pay": money_of(terms["pay_basic"]),
        "paid": paid,
        "work": work_lines(terms),
        "taken": taken,
        "net": net_a_month(terms),
        "comparable": money_of(terms["comparable_pay"]),
        "costs": cost_lines(vacancy),
        "publisher": body_name(vacancy.publisher) if is_published(demand.route) else demand.employer_name,
        "inside": is_inside(demand.route),
        "recruiters": recruiters_of(demand, today, request.actor.node, book),
        "today": today,
        "place": place_name(demand),
        "tests": tests,
        "level": level_asked(demand.field, demand.duty, demand.kind, demand.tests, book, today),
        "years_asked": years_of_practice(book, demand, today),
        "professional": professional_facts(demand),
        "min_age": min_age(book, demand.kind, day_at(now(), "pk")),
        "field_state": field_state(request.actor, demand.field, day_at(now(), "jp"), book),
        "permitted_last": demand.permitted_until - ONE_DAY if demand.permitted_until else None,
        "open": is_open,
        "own": bool(request.actor.body) and request.actor.body == demand.promoter and request.actor.node == "pk",
        "dots": dots_of(vacancy.applicants, vacancy.places),
        "stations": line_ahead(demand, book, is_open=is_open),
        "posting": posting_of(vacancy, settings.RAHDARI_ADDRESS + request.path, [spoken(one) for one in demand.tests])
        if is_open
        else "",
        "panels": fill("jobs.vacancy", request.actor, vacancy),
        "costs_panels": fill("jobs.vacancy_costs", request.actor, vacancy),
        "odds_panels": fill("jobs.vacancy_odds", request.actor, vacancy),
    }
    return render(request, "jobs/vacancy.html", context)
