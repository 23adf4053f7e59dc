"""The steps of an exam as people and programs take them: shape, action, and what the page shows beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.domain.candidates.queries import files_visible_to
from rahdari.web.steps import Step

from .. import actions
from ..access import PERMITS
from ..models import Booking, Result, Sitting
from ..queries.seen import demand_facts, result_facts, sitting_facts
from ..queries.sittings import result_for, roster_for, sitting_for
from ..rules.door import CHECKED, TURNED_AWAY
from .shapes import (
    BookSeat,
    CheckCertificate,
    OpenSeats,
    RecordCertificate,
    RecordResults,
    as_booked,
    as_entered,
    as_opened,
    as_recorded,
)

FILES_SHOWN = 200


def take_open_seats(**given: Any) -> Sitting:
    """Opens the seats of a sitting."""
    return actions.open_seats(**as_opened(given))


def take_book_seat(**given: Any) -> Booking:
    """Books a seat in a sitting: one's own, or for a person whose file the office may see."""
    return actions.book_seat(**as_booked(given))


def take_record_results(**given: Any) -> Sitting:
    """Records the results of a sitting by booking number."""
    return actions.record_results(**as_recorded(given))


def take_record_certificate(**given: Any) -> Result:
    """Enters a test passed from its certificate; it counts once the Protector checked the number."""
    return actions.record_certificate(**as_entered(given))


def _crumbs(sitting: Sitting | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse("exams.see_sittings"), "label": gettext("Sittings")}]
    if sitting is not None:
        crumbs.append({"url": reverse("exams.see_sitting", args=[sitting.pk]), "label": sitting.venue})
    return crumbs


def _opening(actor: Actor) -> Mapping[str, Any]:
    return {
        "crumbs": _crumbs(),
        "lead": gettext("Anyone sees the seats, on both nodes. Days are those of Japan's offices."),
        "about": gettext("Seats that attested demand still needs"),
        "facts": demand_facts(actor, now()),
    }


def _files(actor: Actor) -> dict[str, str]:
    """The files an office may choose from: those whose owner allows it."""
    return {str(one.pk): one.name for one in files_visible_to(actor, now())[:FILES_SHOWN]}


def _booking(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    sitting = sitting_for(actor, sitting_id)
    worker = actor.role == "worker"
    return {
        "crumbs": _crumbs(sitting),
        "lead": gettext("The exam body is told name, birth date and passport number for the door, and nothing else."),
        "about": gettext("The sitting"),
        "facts": sitting_facts(sitting),
        "leave_out": ("file_id",) if worker else (),
        "codes": {} if worker else {"file_id": _files(actor)},
    }


def _recording(actor: Actor, sitting_id: UUID) -> Mapping[str, Any]:
    sitting = sitting_for(actor, sitting_id)
    refusals = PERMITS["record_results"].why_not(actor, sitting)
    if refusals:
        raise Refused(refusals)
    waiting = [one for one in roster_for(actor, sitting_id) if one.state == "seat_booked"]
    return {
        "crumbs": _crumbs(sitting),
        "about": gettext("The sitting"),
        "facts": sitting_facts(sitting),
        "lead": gettext("Record only those whose identity was checked at the door; leave the others open for a later time."),
        "initial": {
            "seen": sitting.version,
            "results": [_begun(one) for one in waiting],
            "rows": [one.number for one in waiting],
        },
        "leave_out": [f"results.{number}.sections" for number in range(max(len(waiting), 6))],
    }


def _begun(booking: Booking) -> dict[str, Any]:
    """A line of the results with what the door has said already."""
    seen = {"identity_checked": True} if booking.door == CHECKED else {}
    return {"number": booking.number} | seen | ({"outcome": "no_show"} if booking.door == TURNED_AWAY else {})


def _entering(actor: Actor) -> Mapping[str, Any]:
    lead = gettext("It is shown as entered from paper, and counts once the Protector checked the number with the examiner.")
    return {"crumbs": _crumbs(), "lead": lead, "codes": {"file_id": _files(actor)}}


def _checking(actor: Actor, result_id: UUID) -> Mapping[str, Any]:
    result = result_for(actor, result_id)
    return {
        "crumbs": _crumbs(),
        "lead": gettext("Ask the examiner for the number and type it here. It is not shown, so that you do not copy it."),
        "about": gettext("What was entered"),
        "facts": result_facts(result),
        "initial": {"seen": result.version},
    }


OPEN_SEATS = Step(
    "exams", "open_seats", OpenSeats, take_open_seats, _opening, _("The seats are open. Anyone sees them now."),
    "exams.see_sitting", with_result=True,
)  # fmt: skip
BOOK_SEAT = Step(
    "exams", "book_seat", BookSeat, take_book_seat, _booking, _("The seat is booked."), "exams.see_sitting"
)  # fmt: skip
RECORD_RESULTS = Step(
    "exams", "record_results", RecordResults, take_record_results, _recording,
    _("Recorded. The other state is told by booking number."), "exams.see_sitting",
)  # fmt: skip
RECORD_CERTIFICATE = Step(
    "exams", "record_certificate", RecordCertificate, take_record_certificate, _entering,
    _("Entered. The Protector checks the number."), "exams.see_certificate", with_result=True,
)  # fmt: skip
CHECK_CERTIFICATE = Step(
    "exams", "check_certificate", CheckCertificate, actions.check_certificate, _checking,
    _("The number is right. The test counts."), "exams.see_certificate",
)  # fmt: skip
