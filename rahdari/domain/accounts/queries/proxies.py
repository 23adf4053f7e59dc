"""Reads: who may watch whom. A watcher reads under the role they have there, and the worker reads that they did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.seen import note_look
from rahdari.base.work import Missing

from ..access import PERMITS
from ..models import Proxy

WATCHER = "family_proxy"


@dataclass(frozen=True, slots=True)
class Watched:
    """Whose way is watched, what of it was ticked, and the actor who reads it."""

    proxy: Proxy
    actor: Actor

    @property
    def worker(self) -> UUID:
        """The person whose way it is."""
        return self.proxy.worker_id

    def sees(self, part: str) -> bool:
        """Whether the worker ticked a part."""
        return part in self.proxy.sees


def allowed_for(worker: UUID) -> QuerySet[Proxy]:
    """Who may watch a worker now."""
    return Proxy.objects.filter(worker=worker, state="proxy_allowed").order_by("allowed_at", "id")


def watches_by(person: UUID) -> QuerySet[Proxy]:
    """Whom somebody may watch now."""
    return Proxy.objects.filter(person=person, state="proxy_allowed").select_related("worker").order_by("allowed_at", "id")


def watches_of(worker: UUID) -> QuerySet[Proxy]:
    """Every watch a worker ever asked for, also those that ended."""
    return Proxy.objects.filter(worker=worker).order_by("asked_at", "id")


def own_watchers(actor: Actor, at: dt.datetime) -> list[Proxy]:
    """Whom the worker lets watch, and whom they asked and who can still answer."""
    if actor.person is None:
        return []
    asked = Proxy.objects.filter(worker=actor.person, state="proxy_asked", until__gt=at)
    return [*allowed_for(actor.person), *asked]


def own_watches(actor: Actor) -> list[Proxy]:
    """Whom the actor may watch."""
    return list(watches_by(actor.person)) if actor.person is not None else []


def proxy_asked(actor: Actor, proxy_id: UUID) -> Proxy:
    """A watch the worker asked for; `Missing` for anybody else's."""
    found: Proxy | None = Proxy.objects.filter(pk=proxy_id, state="proxy_asked").first()
    if found is None or PERMITS["allow_proxy"].why_not(actor, found):
        raise Missing(f"proxy {proxy_id}")
    return found


def watched_by(actor: Actor, proxy_id: UUID, at: dt.datetime) -> Watched:
    """A way the actor may watch; the look is recorded. `Missing` when it was never allowed, or ended."""
    proxy = own_watch(actor, proxy_id)
    reader = replace(actor, role=WATCHER)
    note_look(actor=reader, about=proxy.worker_id, purpose="accounts.see_watched", at=at)
    return Watched(proxy, reader)


def own_watch(actor: Actor, proxy_id: UUID) -> Proxy:
    """One watch of the actor's; `Missing` for any other."""
    found = watches_by(actor.person).filter(pk=proxy_id).first() if actor.person is not None else None
    if found is None:
        raise Missing(f"proxy {proxy_id}")
    return found
