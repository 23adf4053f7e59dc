"""What stands in the slots of pages below: where a worker answers a firm, what its enquiry is after and what a yes begins."""

from __future__ import annotations

from rahdari.base.actor import Actor
from rahdari.domain.candidates.models import Reveal
from rahdari.domain.jobs.rules.line import is_service
from rahdari.web.panels import Panel

from ..models import Enquiry


def reveal_panel(actor: Actor, reveal: Reveal) -> Panel | None:
    """To whoever is asked, the work the firm wants done from home; nothing for another kind of work."""
    enquiry = Enquiry.objects.filter(asked=reveal.shown.enquiry).first()
    if enquiry is None or not is_service(enquiry.work_kind):
        return None
    return Panel("cooperation/_reveal.html", {"skills": enquiry.skills, "note": enquiry.note})
