"""A departure as pages show it: labelled facts, the windows with the first that closes, what the reader can do next."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.domain.contracts.queries import contract_of
from rahdari.domain.jobs.rules.line import is_service, is_travelled
from rahdari.domain.placements.models import Case
from rahdari.web.panels import Panel
from rahdari.web.words import Fact, sentence, spoken

from ..access import PERMITS
from .cases import Journey, journey_of
from .passes import pass_in_force, stop_of, stop_waiting
from .windows import windows_seen

# The use cases of this package by how far a departure is; the second of a state is for who is alone.
NEXT = {
    "begun": ("file_coe", "decide_coe"),
    "coe_filed": ("decide_coe",),
    "coe_issued": ("record_visa_filed", "decide_visa"),
    "visa_filed": ("decide_visa",),
    "visa_issued": ("apply_registration",),
    "registration_applied": ("issue_clearance",),
    "cleared": ("build_manifest",),
    "flight_booked": ("record_departure",),
    "departed": ("confirm_arrival",),
    "arrived": (),
    "clearance_refused": ("apply_registration",),
    "clearance_revoked": (),
    "flight_missed": ("build_manifest",),
    "not_arrived": ("confirm_arrival",),
    "coe_refused": ("file_coe",),
    "coe_expired": ("file_coe",),
    "visa_refused": ("record_visa_filed",),
    "visa_expired": ("record_visa_filed",),
}
AHEAD = {("begun", "decide_coe"), ("coe_issued", "decide_visa")}


def paper_facts(journey: Journey) -> list[Fact]:
    """The papers open to the reader, each with its day and number."""
    status = sentence(journey.state, {}, ("STATES",))
    facts = [Fact(_("Status"), status)] if journey.departure is not None else []
    for one in journey.papers:
        told = [spoken(one.dated_on), one.number or "", _("from paper") if one.source == "paper" else ""]
        facts.append(Fact(capfirst(spoken(one.kind)), " · ".join(filter(None, told))))
    registration, passenger = journey.registration, journey.passenger
    if registration is not None and registration.clearance_no:
        facts.append(Fact(_("Clearance"), registration.clearance_no))
    if passenger is not None:
        facts += [Fact(_("Flight"), passenger.manifest.flight), Fact(_("Expected to land at"), passenger.manifest.eta)]
    if passenger is not None and passenger.phone:
        facts.append(Fact(_("Phone for the pick-up"), passenger.phone))
    return facts


def next_steps(actor: Actor, journey: Journey) -> list[str]:
    """The use cases of this package the actor may take now."""
    if not is_travelled(journey.case.route) or (journey.departure is None and contract_of(journey.case) is None):
        return []
    names = [name for name in NEXT[journey.state] if not PERMITS[name].why_not(actor, journey.case)]
    if actor.node == "jp":  # a decision follows its application where both are taken
        names = [name for name in names if (journey.state, name) not in AHEAD]
    return [f"departures.{name}" for name in names]


# What may be done besides the next step, by how far a departure is; a revocation that waits changes what is open.
BESIDE = {
    "coe_filed": ("refuse_coe", "ask_for_papers"),
    "visa_filed": ("refuse_visa",),
    "registration_applied": ("refuse_clearance",),
    "cleared": ("replace_pass", "propose_revocation"),
    "flight_booked": ("record_flight_missed", "replace_pass", "propose_revocation"),
    "flight_missed": ("replace_pass", "propose_revocation"),
    "departed": ("report_no_arrival", "replace_pass"),
    "not_arrived": ("replace_pass",),
    "arrived": ("replace_pass",),
}


def other_steps(actor: Actor, journey: Journey) -> list[str]:
    """The use cases beside the next step that the actor may take now: to refuse, to revoke, to appeal, to give a new pass."""
    if journey.departure is None:
        return []
    names = list(BESIDE.get(journey.state, ()))
    if stop_waiting(journey.departure) is not None:
        decide = ["revoke_clearance"] if "propose_revocation" in names else []
        names = [*(one for one in names if one != "propose_revocation"), *decide, "drop_revocation"]
    stop = stop_of(journey.departure)
    if stop is not None and journey.state in ("clearance_refused", "clearance_revoked"):
        names += ["decide_clearance_appeal"] if stop.appeal == "asked" else [] if stop.appeal else ["appeal_clearance"]
    return [f"departures.{name}" for name in names if not PERMITS[name].why_not(actor, journey.case)]


def has_pass(actor: Actor, journey: Journey) -> bool:
    """Whether there is a pass in force that the actor may see."""
    if journey.departure is None or PERMITS["see_pass"].why_not(actor, journey.case):
        return False
    return pass_in_force(journey.departure) is not None


def case_panel(actor: Actor, case: Case) -> Panel | None:
    """On a case: how far the departure is, the window that closes first, and the next step; nothing where nobody departs."""
    if is_service(case.route):
        return None
    book = current_book()
    journey = journey_of(actor, case.pk, book)
    steps = next_steps(actor, journey)
    if journey.departure is None and not steps:
        return None
    context = {
        "case": case,
        "facts": paper_facts(journey),
        "windows": windows_seen(journey, now(), book),
        "next": steps,
        "has_pass": has_pass(actor, journey),
    }
    return Panel("departures/_panel.html", context)
