"""Sittings and results as pages show them: labelled facts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rahdari.base.money import Money
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.web.words import Fact

from ..models import Result, Sitting


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


def result_facts(result: Result) -> list[Fact]:
    """What was entered from a certificate, without its number while it waits for the check."""
    return [
        Fact(_("Candidate"), result.file.name if result.file is not None else ""),
        Fact(_("Test"), result.exam),
        *([Fact(_("Field"), result.field)] if result.field else []),
        *([Fact(_("Level"), result.test_level)] if result.test_level else []),
        Fact(_("Day"), result.sat_on),
        Fact(_("Status"), result.state),
        *([Fact(_("Issued by"), result.paper.issuer)] if result.paper is not None else []),
        *([Fact(_("Number of the certificate"), result.certificate_no)] if result.state == "result_stands" else []),
    ]
