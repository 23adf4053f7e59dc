"""The first steps of residence for programs."""

from __future__ import annotations

from ninja import Router

from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import steps

router = Router(tags=["residence"])
step_operation(router, steps.RECORD_GUIDANCE, "/cases/{case_id}/guidance", PERMITS["record_guidance"])
step_operation(router, steps.FILE_CHANGE, "/cases/{case_id}/change", PERMITS["file_change"])
step_operation(router, steps.DECIDE_CHANGE, "/cases/{case_id}/change/decision", PERMITS["decide_change"])
step_operation(router, steps.REFUSE_CHANGE, "/cases/{case_id}/change/refusal", PERMITS["refuse_change"])
step_operation(router, steps.BEGIN_WORK, "/cases/{case_id}/work", PERMITS["begin_work"])
