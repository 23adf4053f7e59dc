"""One's own file for programs: opening it, allowing somebody to see it."""

from __future__ import annotations

from ninja import Router

from rahdari.web.steps import step_operation

from .access import PERMITS
from .forms import steps

router = Router(tags=["candidates"])
step_operation(router, steps.OPEN_FILE, "/file", PERMITS["open_file"])
step_operation(router, steps.GIVE_CONSENT, "/file/consents", PERMITS["give_consent"])
