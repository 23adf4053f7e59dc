"""A filled form for programs: the same data that lies in its PDF."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.web.api import operation

from .access import PERMITS
from .queries.forms import form_for
from .queries.gathered import Gathered
from .queries.printed import sealed

router = Router(tags=["paperwork"])


class FormFieldTold(Schema):
    """One field: its key, the source it is filled from, its state (filled, missing, unbuilt, closed), its value."""

    key: str
    filled_from: str
    state: str
    value: Any = None


class FormTold(Schema):
    """A filled form; `sha256` is the hash of its data as it lies in the PDF, `seal` the token of the node over it."""

    form: str
    version: str
    made_on: str
    asked: int
    filled: int
    missing: int
    fields: list[FormFieldTold]
    sha256: str
    seal: str


@operation(router, "GET", "/paperwork/cases/{case_id}/{form}", PERMITS["see_form_data"], answers=FormTold)
def see_form_data(request: HttpRequest, case_id: UUID, form: str) -> Any:
    """One form of a case, filled."""
    at = now()
    seen = form_for(request.actor, Gathered.of_case(request.actor, case_id, at), form, "see_form_data")  # type: ignore[attr-defined]
    if seen.got.case is not None and seen.got.case.worker is not None:
        note_look(actor=seen.got.actor, about=seen.got.case.worker, purpose="paperwork.see_form_data", at=at)
    seal, tally = sealed(seen, at), seen.tally
    told = json.loads(seal.data)
    fields = [{**one, "filled_from": one.pop("from")} for one in told["fields"]]
    counts = {"asked": tally.asked, "filled": tally.filled, "missing": tally.missing}
    named = {name: told[name] for name in ("form", "version", "made_on")}
    return named | counts | {"fields": fields, "sha256": seal.hash, "seal": seal.token}
