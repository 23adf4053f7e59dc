"""Page slot → what fills it: how a page shows what lies above it (a table; every filler is a query of some storey)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rahdari.domain.checks.queries.papers import licence_card_panel
from rahdari.domain.contracts.queries.panels import vacancy_costs_panel
from rahdari.domain.contracts.queries.seen import case_panel as contracts_panel
from rahdari.domain.contracts.queries.watched import watched_costs, watched_terms
from rahdari.domain.cooperation.queries.panels import reveal_panel
from rahdari.domain.departures.queries.counts import corridor_figures
from rahdari.domain.departures.queries.seen import case_panel as departures_panel
from rahdari.domain.departures.queries.watched import watched_pass
from rahdari.domain.exams.queries.voided import void_panel
from rahdari.domain.exchange.queries.registers import register_told
from rahdari.domain.jobs.queries.panels import vacancies_panel
from rahdari.domain.paperwork.queries.seen import case_panel as forms_panel
from rahdari.domain.paperwork.queries.seen import demand_panel as demand_forms_panel
from rahdari.domain.placements.queries.events import days_panel
from rahdari.domain.placements.queries.odds import odds_panel
from rahdari.domain.placements.queries.panels import applications_panel, apply_panel, case_of_shown_panel
from rahdari.domain.placements.queries.watched import watched_line
from rahdari.domain.residence.queries.seen import case_panel as residence_panel
from rahdari.web.panels import Filler

CASE: Sequence[Filler] = (contracts_panel, departures_panel, residence_panel, void_panel, forms_panel)
PANELS: Mapping[str, Sequence[Filler]] = {
    "jobs.vacancy": (apply_panel, days_panel),  # what the reader can do about a vacancy: apply, meet the employer on a day
    "candidates.file": (applications_panel,),  # on one's own file: one's applications
    "placements.case": CASE,  # on a case at the desk: what packages above have to say and to do
    "placements.line": CASE,  # on the worker's line: the same for the worker
    "departures.case": (residence_panel,),  # on a departure: what residence has to say and to do
    "organisations.licence": (licence_card_panel, vacancies_panel),  # on a licence's public page: its card, its vacancies
    "organisations.organisation": (),  # on the page where a licence is decided: complaints, notices and costs will fill it
    "organisations.register_told": (register_told,),  # how far the statements of each register have come
    "organisations.corridor_figures": (corridor_figures,),  # the figures of agreements where the corridor runs on this node
    "jobs.vacancy_costs": (vacancy_costs_panel,),  # below the costs of a vacancy: their sum for the worker, what the law says
    "jobs.vacancy_odds": (odds_panel,),  # among the odds of a vacancy: who was selected, how long a decision takes
    # for a member of the family who was let watch: what the worker ticked of it, each part asks for itself
    "accounts.watched": (watched_line, watched_costs, watched_terms, watched_pass),
    "jobs.demand": (demand_forms_panel,),  # on a demand at the desk: the way to its official forms
    "candidates.reveal": (reveal_panel,),  # where a worker answers a firm: what a yes begins
    "candidates.shown": (case_of_shown_panel,),  # on a profile whose person said yes: the way to their case
    "fields.affected": (),  # whom an order would touch: cases under way, filled by departures and residence
}
