"""How far the statements of a register have come: for the page that shows the registers of both states in numbers."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count

from rahdari.base.actor import Actor
from rahdari.base.models import OutboxEntry
from rahdari.domain.organisations.messages import TYPE
from rahdari.web.panels import Panel

from ..models import Told

DONE = ("taken_up", "refused")


def register_told(actor: Actor, home: str) -> Panel | None:
    """The statements of a register that the hearing side took up, refused, or has not answered yet; nothing where none was said.

    Of this node's own register the partner's outcomes are counted, of the partner's what this node did with them.
    """
    own = home == actor.node
    told = Told.objects.filter(type=TYPE, sender=home, receiver=settings.RAHDARI_PARTNER if own else actor.node)
    counts = dict(told.values_list("state").annotate(number=Count("pk")).order_by("state"))
    unsigned = (
        OutboxEntry.objects.filter(kind="statement", type=TYPE, to=settings.RAHDARI_PARTNER, taken_at=None).count() if own else 0
    )
    under_way = unsigned + sum(number for state, number in counts.items() if state not in (*DONE, "recalled"))
    statements = {"taken_up": counts.get("taken_up", 0), "under_way": under_way, "refused": counts.get("refused", 0)}
    return Panel("exchange/_register_told.html", {"own": own, "statements": statements}) if any(statements.values()) else None
