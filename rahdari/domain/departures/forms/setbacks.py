"""The steps that something went wrong, as people and programs take them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rahdari.web.steps import Step

from .. import actions
from ..rules.setbacks import LAST_KNOWN, MISSED_BECAUSE
from .passes import _worded
from .setback_shapes import RecordFlightMissed, ReportNoArrival
from .steps import SEE, _on

RECORD_FLIGHT_MISSED = Step(
    "departures", "record_flight_missed", RecordFlightMissed, actions.record_flight_missed, _on("record_flight_missed"),
    _("Recorded. The other side is told; another flight can be booked."), SEE, codes=_worded("missed", MISSED_BECAUSE),
)  # fmt: skip
REPORT_NO_ARRIVAL = Step(
    "departures", "report_no_arrival", ReportNoArrival, actions.report_no_arrival, _on("report_no_arrival"),
    _("Recorded. Both contact points look for the person, within a working day."), SEE,
    codes={"last_known": {one: f"last_known_{one}" for one in LAST_KNOWN}},
)  # fmt: skip
