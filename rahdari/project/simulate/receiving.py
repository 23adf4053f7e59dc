"""What happens on the accepting side between the contract and the first day of work."""

from __future__ import annotations

from rahdari.base.clock import now
from rahdari.domain.contracts.models import Contract
from rahdari.domain.departures.actions import (
    ask_for_papers,
    confirm_arrival,
    decide_coe,
    decide_visa,
    file_coe,
    refuse_coe,
    refuse_visa,
)
from rahdari.domain.departures.models import Departure, Passenger
from rahdari.domain.departures.rules.refusals import COE_PAPERS, COE_REFUSED_BECAUSE
from rahdari.domain.placements.models import Case, StationEvent
from rahdari.domain.residence.actions import begin_work, record_guidance
from rahdari.domain.residence.models import Employment, Guidance
from rahdari.project.simulate.accepting import Act, key_of
from rahdari.project.simulate.acting import DAY, Side
from rahdari.project.simulate.departing import LANDS_AT

BUREAU = "TOKYO"
MOST_TIMES = 2  # a firm files for the same person at most so often


def guide(side: Side) -> None:
    """The firm gives its guidance some days after the contract."""
    signed = (
        Contract.objects.filter(case__state="selected").exclude(case__in=Guidance.objects.values("case")).select_related("case")
    )
    for contract in signed:
        case = contract.case
        if side.is_day("guidance", contract.signed_on, *key_of(case)):
            told = {"minutes": 180, "confirmed": True}
            side.act(record_guidance, actor=side.who("employer", case.employer), case_id=case.pk, **told)


def apply(side: Side) -> None:
    """The firm applies for the certificate after the guidance, and once more after a refusal."""
    open_ones = Departure.objects.filter(state__in=("begun", "coe_refused"), case__state="selected").select_related("case")
    rows = {one.case_id: one.case for one in open_ones}
    refused = side.since("coe_refused", rows)
    given = Guidance.objects.filter(case__in=rows).order_by("given_on", "id").values_list("case_id", "given_on")
    for case_id, given_on in given:
        case = rows[case_id]
        on, times = refused.get(case_id, (given_on, 0))
        if times < MOST_TIMES and side.is_day("coe_filed", on, *key_of(case), times):
            told = {"bureau": BUREAU, "receipt_no": f"TYO-{case.pk.int % 10**8:08}", "council_member": True}
            side.act(file_coe, actor=side.who("employer", case.employer), case_id=case.pk, **told)


def decide_certificates(side: Side) -> None:
    """The bureau asks for more papers, issues or refuses."""
    rows = {one.case_id: one.case for one in Departure.objects.filter(state="coe_filed").select_related("case")}
    asked, bureau = side.since("coe_more_papers", rows), side.who("isa_regional", "ISA", BUREAU)
    for case_id, (on, times) in side.since("coe_filed", rows).items():
        who = (*key_of(rows[case_id]), times)
        if case_id not in asked and side.today >= on + 14 * DAY and side.happens("coe_more_papers", *who):
            item = side.chances.pick(COE_PAPERS, "paper", *who)
            side.act(ask_for_papers, actor=bureau, case_id=case_id, items=[item], due=side.today + 14 * DAY)
        if not side.is_day("coe_decided", on, *who):
            continue
        if side.happens("coe_refused", *who):
            side.act(
                refuse_coe, actor=bureau, case_id=case_id, codes=[side.chances.pick(COE_REFUSED_BECAUSE[:6], "because", *who)]
            )
        else:
            side.act(decide_coe, actor=bureau, case_id=case_id, coe_number=f"COE-{on:%m%d}-{str(case_id)[-12:]}")


def decide_visas(side: Side) -> None:
    """The visa desk of the mission issues or refuses."""
    rows = {one.case_id: one.case for one in Departure.objects.filter(state="visa_filed").select_related("case")}
    for case_id, (on, times) in side.since("visa_filed", rows).items():
        who = (*key_of(rows[case_id]), times)
        if side.is_day("visa_decided", on, *who):
            decide = refuse_visa if side.happens("visa_refused", *who) else decide_visa
            side.act(decide, actor=side.who("visa_desk", "EMB_JP_PK"), case_id=case_id)


def meet(side: Side) -> None:
    """The firm meets who landed, and confirms it."""
    landed = Passenger.objects.filter(departure__state="departed", manifest__eta__lt=now(), missed_because="")
    for passenger in landed.select_related("departure__case", "manifest"):
        case = passenger.departure.case
        told = {"airport": LANDS_AT, "picked_up": not side.happens("not_picked_up", *key_of(case))}
        side.act(confirm_arrival, actor=side.who("employer", case.employer), case_id=case.pk, **told)


def begin(side: Side) -> None:
    """Work begins some days after the arrival."""
    arrived = (
        StationEvent.objects.filter(step="arrived").exclude(case__in=Employment.objects.values("case")).select_related("case")
    )
    for step in arrived:
        case: Case = step.case
        if side.is_day("work_begun", step.on, *key_of(case)):
            side.act(begin_work, actor=side.who("employer", case.employer), case_id=case.pk)


OFFICES: tuple[Act, ...] = (guide, apply, decide_certificates, decide_visas, meet, begin)
