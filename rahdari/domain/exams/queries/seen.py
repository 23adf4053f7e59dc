"""Sittings and results as pages show them: labelled facts."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.base.money import Money
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.web.words import Fact, sentence, spoken

from ..models import Anomaly, Booking, ExaminerKey, Result, Sitting, VoidedResult, Voiding
from .demand import needs_now

MOST_TESTS = 20


def _state(code: str) -> str:
    """A state in the words of the reader."""
    return sentence(code, {}, ("STATES", "CODES"))


def sitting_facts(sitting: Sitting) -> list[Fact]:
    """What is told of a sitting to anyone."""
    taken = getattr(sitting, "taken", None)
    fee = None if sitting.fee_amount is None else Money(sitting.fee_currency, sitting.fee_amount)
    return [
        Fact(_("Test"), sitting.exam),
        *([Fact(_("Field"), sitting.field)] if sitting.field else []),
        *([Fact(_("Level"), sitting.test_level)] if sitting.test_level else []),
        Fact(_("Place"), sitting.venue),
        Fact(_("Begins at"), sitting.starts_at),
        Fact(_("Last day of booking"), sitting.booking_until),
        Fact(_("Free seats"), sitting.seats if taken is None else max(sitting.seats - taken, 0)),
        Fact(_("Fee"), _("none") if fee is None else fee),
        *([Fact(_("Who pays the fee"), sitting.payer)] if sitting.payer else []),
        Fact(_("Examiner"), body_name(sitting.body)),
    ]


def demand_facts(actor: Actor, at: dt.datetime) -> list[Fact]:
    """For each test that attested demand asks for: the seats still to be opened, and out of which places they follow."""
    facts = []
    for exam, field, need in needs_now(current_book(), day_at(at, actor.node), at)[:MOST_TESTS]:
        of = f"{spoken(exam)} · {spoken(field)}" if field else spoken(exam)
        told = {"left": need.left, "places": need.places, "per_100": need.per_100, "open": need.open_seats}
        facts.append(Fact(of, _("%(left)s (%(places)s places × %(per_100)s in a hundred, %(open)s open)") % told))
    return facts


def demand_behind(sitting: Sitting) -> str:
    """What stood behind the seats on the day they were opened, for their examiner; what was declared instead, as it was typed."""
    if sitting.places is None or sitting.per_100 is None:
        return ""
    told = {"places": spoken(sitting.places), "per_100": spoken(sitting.per_100)}
    text = _("Opened for %(places)s places of attested demand, %(per_100)s seats for a hundred.") % told
    return f"{text} {sitting.basis}" if sitting.basis else text


def result_facts(result: Result) -> list[Fact]:
    """What was entered from a certificate, without its number while it waits for the check."""
    return [
        Fact(_("Candidate"), result.file.name if result.file is not None else ""),
        Fact(_("Test"), result.exam),
        *([Fact(_("Field"), result.field)] if result.field else []),
        *([Fact(_("Level"), result.test_level)] if result.test_level else []),
        Fact(_("Day"), result.sat_on),
        Fact(_("Status"), _state(result.state)),
        *([Fact(_("Issued by"), result.paper.issuer)] if result.paper is not None else []),
        *([Fact(_("Number of the certificate"), result.certificate_no)] if result.state == "result_stands" else []),
    ]


def own_result_facts(result: Result) -> list[Fact]:
    """A result as its examiner sees it: by booking number, without a name."""
    booking = result.booking
    return [
        Fact(_("Booking number"), booking.number if booking else ""),
        Fact(_("Result"), result.outcome),
        Fact(_("Status"), _state(result.state)),
        *([Fact(_("Number of the certificate"), result.certificate_no)] if result.certificate_no else []),
        *[Fact(one["code"], f"{one['score']} / {one['max']}") for one in result.sections],
        *([Fact(_("Why it was corrected"), result.correction)] if result.correction else []),
        Fact(_("Recorded at"), result.recorded_at),
    ]


def key_facts(key: ExaminerKey) -> list[Fact]:
    """A key by which files of results are signed."""
    return [
        Fact(_("Name of the key"), key.kid),
        Fact(_("Status"), _state(key.state)),
        Fact(_("In use from"), key.valid_from),
        Fact(_("In use before"), key.valid_until),
    ]


def booking_facts(booking: Booking) -> list[Fact]:
    """A seat as whoever holds or booked it sees it."""
    sitting, result = booking.sitting, booking.result
    return [
        Fact(_("Booking number"), booking.number),
        Fact(_("Test"), sitting.exam),
        *([Fact(_("Field"), sitting.field)] if sitting.field else []),
        *([Fact(_("Level"), sitting.test_level)] if sitting.test_level else []),
        Fact(_("Place"), sitting.venue),
        Fact(_("Begins at"), sitting.starts_at),
        Fact(_("State"), _state(booking.state)),
        *([Fact(_("Result"), result.outcome), Fact(_("Status"), _state(result.state))] if result is not None else []),
        *([Fact(_("Number of the certificate"), result.certificate_no)] if result and result.certificate_no else []),
    ]


def certificate_facts(result: Result, born: str | None) -> list[Fact]:
    """What stands on the certificate of a test passed."""
    return [
        Fact(_("Birth date"), dt.date.fromisoformat(born) if born else ""),
        Fact(_("Test"), result.exam),
        *([Fact(_("Field"), result.field)] if result.field else []),
        *([Fact(_("Level"), result.test_level)] if result.test_level else []),
        Fact(_("Passed on"), result.sat_on),
        Fact(_("Number of the certificate"), result.certificate_no),
    ]


def void_facts(voiding: Voiding) -> list[Fact]:
    """A proposal to make results void, for the examiner's officers."""
    return [
        Fact(_("Why"), spoken(f"void_{voiding.code}")),
        Fact(_("Status"), _state(voiding.state)),
        Fact(_("Test"), voiding.sitting.exam),
        Fact(_("Place"), voiding.sitting.venue),
        Fact(_("Invited to be heard on"), voiding.invited_on),
        *([Fact(_("Barred from tests until"), voiding.barred_until)] if voiding.barred_until else []),
        *([Fact(_("Void from"), voiding.void_from)] if voiding.void_from else []),
        *([Fact(_("Appeal until"), voiding.appeal_until)] if voiding.appeal_until else []),
    ]


def void_told_facts(row: VoidedResult) -> list[Fact]:
    """What the person concerned is told of a void result: why, since when, until when to appeal, how that ended and why."""
    voiding = row.voiding
    return [
        Fact(_("Why"), spoken(f"void_{voiding.code}")),
        Fact(_("Void from"), voiding.void_from),
        Fact(_("Appeal until"), voiding.appeal_until),
        *([Fact(_("Barred from tests until"), voiding.barred_until)] if voiding.barred_until else []),
        *([Fact(_("Your appeal"), row.appeal)] if row.appeal else []),
        *([Fact(_("Why the appeal was decided so"), row.appeal_reason)] if row.appeal_reason else []),
    ]


def sign_facts(sign: Anomaly) -> list[Fact]:
    """A sign of fraud: the rule, and every number it rests on."""
    return [
        Fact(_("Sign"), sign.rule),
        Fact(_("Status"), _state(sign.state)),
        Fact(_("Found at"), sign.flagged_at),
        *[Fact(spoken(f"measure_{name}"), value) for name, value in sign.measure.items()],
    ]
