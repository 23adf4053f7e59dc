"""The file of a receipt, for those who read receipts of its case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.web.downloads import document

from ..queries.receipts import receipt_scan


def see_receipt(request: HttpRequest, case_id: UUID, receipt_id: UUID) -> Any:
    """The file of a receipt as an attachment; the worker reads who looked."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the doorman
    row = receipt_scan(actor, case_id, receipt_id)
    told = {"sha256": row.scan.hash, "name": row.scan.name, "media_type": row.scan.kind}
    answer = document([told], row.scan.hash)
    if actor.role != "worker" and row.case.worker is not None:
        note_look(actor=actor, about=row.case.worker, purpose="contracts.see_receipt", at=now())
    return answer
