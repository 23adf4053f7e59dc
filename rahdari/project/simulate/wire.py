"""The wire of a simulated node: its own web application behind a small server, and what its worker does, step by step.

The web application is the one that serves the node otherwise; only the server and the loop are others, since both must read the
simulated clock of this process.
"""

from __future__ import annotations

import socketserver
import threading
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from rahdari.base.audit import link_entries
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.domain.exchange.actions import deliver, repair, tend
from rahdari.domain.exchange.models import Told
from rahdari.domain.exchange.queries.partners import partner_of
from rahdari.project.jobs import Key, beside_us
from rahdari.project.launch.ports import HOST
from rahdari.project.mailroom import take_up
from rahdari.project.reactions import react
from rahdari.project.timetable import TIMETABLE

BY_ITSELF = frozenset({"audit.link_entries"})  # done after each day in any case


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged: a request is an ordinary one."""

    def handle(self) -> None:
        """One request a connection, whose database connection goes back to the pool."""
        super().handle()
        close_old_connections()


def serve(port: int) -> None:
    """Answers the other node from now on."""
    server = _Server((HOST, port), _Quiet)
    server.set_app(get_wsgi_application())
    beside_us.append(_heard)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def _heard(_: Key) -> None:
    """Nobody need be woken: this process looks for what waits after each day."""


def send() -> int:
    """Delivers what waits for the other node; says how much."""
    return deliver(settings.RAHDARI_PARTNER) if has_to_send() else 0


def has_to_send() -> bool:
    """Whether something was said that the other node did not receive yet."""
    signed = Told.objects.filter(sender=settings.RAHDARI_NODE, state="signed")[:1]
    return bool(signed or OutboxEntry.objects.filter(kind="statement", taken_at=None)[:1])


def meet() -> None:
    """Asks the other node what it holds, as a node does after each start: before that it takes nothing from it."""
    partner = partner_of(settings.RAHDARI_PARTNER)
    assert partner is not None
    repair(partner)


def receive() -> int:
    """Takes up what the other node delivered; says how much."""
    waits = Told.objects.filter(receiver=settings.RAHDARI_NODE, state="waiting")[:1]
    return take_up(settings.RAHDARI_PARTNER) if waits else 0


def follow() -> int:
    """Does what follows from the events of this node; says from how many."""
    return react() if OutboxEntry.objects.filter(kind="event", taken_at=None)[:1] else 0


def keep_house() -> int:
    """What the timetable does of itself, the care of the link, the chain of the audit; says how much was done."""
    done = sum(due.act(at=now()) for due in TIMETABLE if due.name not in BY_ITSELF)
    tend()
    link_entries(at=now())
    return done
