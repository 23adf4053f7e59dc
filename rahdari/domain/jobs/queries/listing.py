"""The list of the portal: which vacancies must be listed anew."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from ..models import Vacancy
from ..rules.listing import VERSION


def vacancies_to_list() -> QuerySet[Vacancy]:
    """Open vacancies that anyone may read and that stand on no list, on one of an older kind, or were corrected since."""
    stale = Q(listing=None) | Q(listing__keyed_by__lt=VERSION) | ~Q(listing__demand_version=F("demand__version"))
    return Vacancy.objects.select_related("demand").filter(stale, state="open", level="public").order_by("id")
