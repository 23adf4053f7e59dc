"""Whether a certificate is real, for anyone who knows its number and the birth date of whoever holds it.

One answer for a number nobody gave and for another person's: which of the two was wrong is not told.
"""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass

from ..models import Result
from ..rules.results import certificate_key

GENUINE, VOID, NOT_FOUND = "certificate_genuine", "certificate_void", "certificate_not_found"
MOST = 8  # results that may bear one number: of several tests, or replaced
NOBODY = "0000-00-00"


@dataclass(frozen=True, slots=True)
class CertificateRead:
    """What is told of a certificate: whether it is real, and of a real one which test was passed when; never a name."""

    standing: str = NOT_FOUND
    exam: str = ""
    field: str = ""
    level: str = ""
    sat_on: dt.date | None = None
    void_from: dt.date | None = None
    source: str = ""


def certificate_read(number: str, birth_date: dt.date) -> CertificateRead:
    """What stands behind a number and a birth date; `certificate_not_found` unless both are those of one certificate."""
    key, asked = certificate_key(number), birth_date.isoformat().encode()
    rows = Result.objects.filter(certificate_key=key, outcome="pass", state__in=("result_stands", "result_void"))
    found = list(rows.select_related("booking", "file").order_by("-recorded_at")[:MOST]) if key else []
    matches = [one for one in found if hmac.compare_digest(_born(one).encode(), asked)]
    hmac.compare_digest(NOBODY.encode(), asked)
    if not matches:
        return CertificateRead()
    # one that stands goes before one that was made void, as after an appeal
    result = min(matches, key=lambda one: one.state != "result_stands")
    return CertificateRead(
        standing=GENUINE if result.state == "result_stands" else VOID,
        exam=result.exam,
        field=result.field,
        level=result.test_level,
        sat_on=result.sat_on,
        void_from=result.void_from,
        source=result.source,
    )


def _born(result: Result) -> str:
    if result.file is not None:
        return str(result.file.birth_date.isoformat())
    booking = result.booking
    return (booking.birth_date or NOBODY) if booking is not None else NOBODY
