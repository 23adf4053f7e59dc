"""What one node's database holds at the end of a run."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Count

from rahdari.base.audit import verify_chain
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.domain.candidates.models import File
from rahdari.domain.contracts.models import CostDeclaration, Offer
from rahdari.domain.departures.models import Departure, Manifest, Passenger
from rahdari.domain.exams.models import Booking, Result, Sitting
from rahdari.domain.exchange.actions import make_checkpoint
from rahdari.domain.exchange.models import Told
from rahdari.domain.exchange.queries.exports import export_journal, journals
from rahdari.domain.jobs.models import Demand, Vacancy
from rahdari.domain.organisations.models import Agreement
from rahdari.domain.placements.models import Case, Decision, Interview, StationEvent
from rahdari.project.simulate.acting import Side
from rahdari.project.simulate.report import as_both_know

BETWEEN = (  # the steps whose distance is told
    ("application_filed", "candidate_nominated"), ("candidate_nominated", "interviewed"), ("interviewed", "selected"),
    ("selected", "contract_signed"), ("contract_signed", "coe_filed"), ("coe_filed", "coe_issued"),
    ("coe_issued", "visa_issued"), ("visa_issued", "registered"), ("registered", "departed"),
    ("application_filed", "departed"), ("contract_signed", "departed"), ("departed", "arrived"), ("arrived", "work_begun"),
)  # fmt: skip
REASONS = ("coe_refused", "visa_refused", "flight_missed", "coe_more_papers")


def count(side: Side) -> dict[str, Any]:
    """Counts that both nodes must agree on (`shared`), and what this one alone knows (`own`)."""
    since = {"demand__filed_on__gte": side.begins_on}
    cases = Case.objects.filter(**since)
    return {
        "shared": _shared(side, cases),
        "own": {
            "people": cases.count(),
            "people_by_station": _by(cases, "station"),
            "cases_by_state": _by(cases, "state"),
            "verbs": _by(AuditEntry.objects.all(), "verb"),
            "people_without_case": 0
            if side.node == "jp"
            else File.objects.exclude(pk__in=Case.objects.exclude(file=None).values("file")).count(),
            "airports": _by(Passenger.objects.filter(missed_because="", departed_on__isnull=False), "manifest__leaves_from"),
            "agreements": Agreement.objects.count(),
            "database_mb": _database_mb(),
            "audit_faults": verify_chain().faults,
            "statements": _statements(),
            "median_days": median_days(side),
        },
    }


def _shared(side: Side, cases: Any) -> dict[str, Any]:
    named = cases.exclude(nomination=None)  # the partner knows nobody before station 7
    return {
        "demands": _by(Demand.objects.filter(filed_on__gte=side.begins_on), "state"),
        "vacancies": Vacancy.objects.filter(demand__filed_on__gte=side.begins_on).count(),
        "bookings": Booking.objects.filter(sitting__in=_sittings(side)).count(),
        "results": _by(Result.objects.filter(booking__sitting__in=_sittings(side)), "outcome"),
        "named_by_station": _by(named, "station"),
        "named_by_state": _by(named, "state"),
        "interviews": Interview.objects.filter(case__in=named).count(),
        "interviews_held_by": _by(Decision.objects.filter(case__in=named), "outcome"),
        "not_selected_because": _by(Decision.objects.filter(case__in=named, outcome="not_selected"), "reason"),
        "offers": _by(Offer.objects.filter(case__in=named), "state"),
        "departures": as_both_know(_by(Departure.objects.filter(case__in=named), "state")),
        "steps": _by(StationEvent.objects.filter(case__in=named, station__gte=10).exclude(step="registration_applied"), "step"),
        "reasons": _reasons(named),
        "flights": Manifest.objects.values("flight", "eta").distinct().count(),  # two lists of one flight are one to the partner
        "costs": _costs(named),
    }


def _sittings(side: Side) -> Any:
    return (
        Sitting.objects.filter(basis=f"the scenario {side.scenario.name}")
        if side.node == "jp"
        else Sitting.objects.exclude(bookings=None)
    )


def _by(rows: Any, member: str) -> dict[str, int]:
    found = rows.order_by().values(member).annotate(n=Count("pk")).values_list(member, "n")
    return {str(name): number for name, number in sorted(found, key=lambda one: str(one[0]))}


def _reasons(cases: Any) -> dict[str, int]:
    """Refusals of Japan's offices and missed flights, by their codes."""
    found: dict[str, int] = {}
    for step, reason, details in StationEvent.objects.filter(case__in=cases, step__in=REASONS).values_list(
        "step", "reason", "details"
    ):
        codes = details.get("codes") or details.get("items") or [details.get("code") or reason or "not told"]
        for code in codes:
            found[f"{step}: {code}"] = found.get(f"{step}: {code}", 0) + 1
    return dict(sorted(found.items()))


def _costs(cases: Any) -> dict[str, Any]:
    """What workers pay by the declarations in force: number of cases, sums by currency in its smallest unit."""
    rows = CostDeclaration.objects.filter(case__in=cases, replaced_at=None)
    sums: dict[str, int] = {}
    for lines in rows.values_list("lines", flat=True):
        for line in lines:
            if line.get("payer") == "worker":
                money = line["money"]
                sums[money["currency"]] = sums.get(money["currency"], 0) + int(money["amount"])
    return {"cases": rows.count(), "paid_by_workers": sums}


def median_days(side: Side) -> dict[str, float]:
    """Median days from the first step of a case known here to each later one, and from the contract to the departure."""
    steps: dict[Any, dict[str, Any]] = {}
    rows = StationEvent.objects.filter(case__demand__filed_on__gte=side.begins_on).order_by("at", "id")
    for case, step, on in rows.values_list("case_id", "step", "on"):
        steps.setdefault(case, {}).setdefault(step, on)
    found = {}
    for begin, end in BETWEEN:
        days = [(one[end] - one[begin]).days for one in steps.values() if begin in one and end in one]
        if days:
            found[f"{begin} to {end}"] = float(statistics.median(days))
    return found


def _statements() -> dict[str, dict[str, int]]:
    """Statements of each sender and type by their state."""
    rows = Told.objects.exclude(type="").order_by().values("sender", "type", "state").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(f"{row['sender']} {row['type']}", {})[row["state"]] = row["n"]
    return dict(sorted(found.items()))


def _database_mb() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database()) / 1048576")
        return int(cursor.fetchone()[0])


def export_journal_to(side: Side, file: Path) -> int:
    """Writes the journal in force, its head signed, into a file; says how many leaves it has."""
    make_checkpoint(actor=side.operator(), at=now())
    chosen = next(one for one in journals() if one.closed_at is None)
    with file.open("wb") as out:
        for line in export_journal(chosen):
            out.write(line)
    return int(chosen.size)
