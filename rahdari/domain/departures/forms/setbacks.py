"""The steps that something went wrong, as people and programs take them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from rahdari.domain.jobs.forms.shapes import with_paper
from rahdari.web.steps import Step

from .. import actions
from ..models import Departure
from ..rules.refusals import COE_PAPERS, COE_REFUSED_BECAUSE
from ..rules.setbacks import LAST_KNOWN, MISSED_BECAUSE
from .passes import _worded
from .setback_shapes import AskForPapers, RecordFlightMissed, RefuseCoe, RefuseVisa, ReportNoArrival
from .steps import SEE, _on


def take_refuse_coe(**given: Any) -> Departure:
    """Refuses a certificate, or enters its refusal from paper."""
    return actions.refuse_coe(**{"codes": []} | with_paper(given))


def take_ask_for_papers(**given: Any) -> Departure:
    """Asks for more papers, or enters that from paper."""
    return actions.ask_for_papers(**{"items": []} | with_paper(given))


def take_refuse_visa(**given: Any) -> Departure:
    """Refuses a visa, or enters its refusal from paper."""
    return actions.refuse_visa(**with_paper(given))


RECORD_FLIGHT_MISSED = Step(
    "departures", "record_flight_missed", RecordFlightMissed, actions.record_flight_missed, _on("record_flight_missed"),
    _("Recorded. The other side is told; another flight can be booked."), SEE, codes=_worded("missed", MISSED_BECAUSE),
)  # fmt: skip
REPORT_NO_ARRIVAL = Step(
    "departures", "report_no_arrival", ReportNoArrival, actions.report_no_arrival, _on("report_no_arrival"),
    _("Recorded. Both contact points look for the person, within a working day."), SEE,
    codes={"last_known": {one: f"last_known_{one}" for one in LAST_KNOWN}},
)  # fmt: skip
REFUSE_COE = Step(
    "departures", "refuse_coe", RefuseCoe, take_refuse_coe, _on("refuse_coe"),
    _("Recorded. The employer can file again, or take the contract back."), SEE,
    codes={"codes": {one: f"coe_refused_{one}" for one in COE_REFUSED_BECAUSE}},
)  # fmt: skip
ASK_FOR_PAPERS = Step(
    "departures", "ask_for_papers", AskForPapers, take_ask_for_papers, _on("ask_for_papers"),
    _("Recorded. Nothing stops; the employer brings them."), SEE,
    codes={"items": {one: f"brought_{one}" for one in COE_PAPERS}},
)  # fmt: skip
REFUSE_VISA = Step(
    "departures", "refuse_visa", RefuseVisa, take_refuse_visa, _on("refuse_visa"),
    _("Recorded. No reason is asked or told."), SEE,
)  # fmt: skip
