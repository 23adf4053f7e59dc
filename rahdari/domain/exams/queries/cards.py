"""The certificate of a test passed, as a signed paper with its code: for whoever passed it, and for its examiner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from rahdari.base.actor import Actor
from rahdari.base.work import Missing
from rahdari.domain.exchange.queries.papers import code_of_paper, sign_paper, signs_papers
from rahdari.web.words import Fact

from ..models import Result
from .desk import own_result
from .seen import certificate_facts

KIND = "certificate"


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """The certificate of one result: whose, what it says, its signed paper, and the code a telephone reads."""

    result: Result
    name: str
    facts: list[Fact]
    token: str
    code: SafeString
    issued_at: dt.datetime


def result_to_certify(actor: Actor, result_id: UUID) -> Result:
    """A result that stands and was passed, the actor's own or of the actor's own sitting; `Missing` for any other."""
    if actor.role == "worker":
        rows = Result.objects.select_related("booking__sitting", "file")
        found: Result | None = (
            rows.filter(pk=result_id, file__person_id=actor.person).exclude(booking=None).first() if actor.person else None
        )
    else:
        found = own_result(actor, result_id)
    if found is None or found.outcome != "pass" or found.state != "result_stands":
        raise Missing(f"certificate of result {result_id}")
    return found


def certificate_card(actor: Actor, result_id: UUID, at: dt.datetime) -> CertificateCard:
    """The certificate of a test passed; `Missing` for a result that does not stand, another's, and before there are keys."""
    result = result_to_certify(actor, result_id)
    if not signs_papers():
        raise Missing(f"certificate of result {result_id}")
    booking, file = result.booking, result.file
    name = (file.name if file is not None else booking.name if booking is not None else "") or ""
    born = file.birth_date.isoformat() if file is not None else (booking.birth_date if booking is not None else None)
    facts = {
        "number": result.certificate_no,
        "names": [name],
        "born": born,
        "exam": result.exam,
        "field": result.field,
        "level": result.test_level,
        "sat_on": result.sat_on.isoformat(),
    }
    token = sign_paper(KIND, {key: value for key, value in facts.items() if value}, until=None, at=at)
    _address, code = code_of_paper(token)
    return CertificateCard(result, name, certificate_facts(result, born), token, code, at)
