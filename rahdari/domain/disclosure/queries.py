"""The one filter through which rows that came from the partner are read."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.reference import Book
from rahdari.base.statements import Marking
from rahdari.domain.accounts.rules.roles import ALONE, ROLES

from .models import Marked
from .rules import Viewer

M = TypeVar("M", bound=Model)
WITHOUT_CONTENT = ALONE | {"custodian_pk", "custodian_jp"}


def viewer_of(actor: Actor, book: Book) -> Viewer:
    """The actor as the markings take them; only a role that somebody grants for a body opens anything but the public."""
    role = ROLES.get(actor.role)
    reads = role is not None and role.held and actor.known and actor.node in role.nodes and actor.role not in WITHOUT_CONTENT
    body = book.one("authorities", code=actor.body, side=actor.node)
    return Viewer(
        node=actor.node,
        body=actor.body,
        reads=bool(reads and actor.body),
        contact_point=body is not None and body["kind"] == "contact_point",
        named_in_moc=body is not None and body["named_in_moc"] == "yes",
    )


def visible_to(actor: Actor, rows: QuerySet[M], at: str = "") -> QuerySet[M]:
    """Those rows the markings open to the actor: all that this node authored, and of mirrored ones what may be seen.

    What is authored here is for the packages to restrict. `at` leads to the marked row from another (`"demand__"`).
    """
    return rows.filter(opened_to(actor, at))


def opened_to(actor: Actor, at: str = "") -> Q:
    """The condition of `visible_to`, to be joined with others; `rules.why_not_see` says the same of one row."""
    viewer = viewer_of(actor, current_book())
    opened = Q(**{f"{at}home": viewer.node}) | Q(**{f"{at}level": "public"})
    if not viewer.reads:
        return opened
    opened |= Q(**{f"{at}level": "named_bodies", f"{at}bodies__contains": [viewer.body]})
    if viewer.contact_point:
        opened |= Q(**{f"{at}level": "contact_point"})
    if viewer.named_in_moc:
        opened |= Q(**{f"{at}level": "authorities"})
    return opened


def marking_of(row: Marked) -> Marking:
    """The marking of a row."""
    return Marking(row.level, tuple(row.bodies))
