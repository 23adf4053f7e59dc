"""What jobs shows on pages below: on the card of a licence the vacancies its holder publishes."""

from __future__ import annotations

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at, now
from rahdari.domain.organisations.models import Organisation
from rahdari.web.panels import Panel

from .demands import open_vacancies
from .seen import place_name

MOST = 10


def vacancies_panel(actor: Actor, organisation: Organisation) -> Panel | None:
    """The vacancies a holder of a licence publishes today, for anyone; nothing where there is none."""
    found = open_vacancies(actor, day_at(now(), "pk")).filter(publisher=organisation.registry_id)[:MOST]
    rows = [{"vacancy": one, "demand": one.demand, "place": place_name(one.demand)} for one in found]
    return Panel("jobs/_of_a_licence.html", {"rows": rows}) if rows else None
