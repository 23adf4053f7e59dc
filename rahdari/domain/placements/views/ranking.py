"""The shortlist of a vacancy, as whoever recruits for it sees it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..access import PERMITS
from ..queries.ranking import recruited_by, rule_of, shortlist_seen

ROWS = 50


def see_shortlist(request: HttpRequest, vacancy_id: UUID) -> HttpResponse:
    """Everybody who applied for a vacancy, ranked by the declared criteria; a rule to declare where there is none."""
    vacancy = recruited_by(request.actor, vacancy_id)
    rule = rule_of(vacancy)
    page = Paginator(shortlist_seen(vacancy, rule), ROWS).get_page(request.GET.get("page"))
    declares = not PERMITS["declare_ranking"].why_not(request.actor) and vacancy.state == "open"
    context = {"vacancy": vacancy, "rule": rule, "page": page, "declares": declares and not (rule and vacancy.applicants)}
    return render(request, "placements/shortlist.html", context)
