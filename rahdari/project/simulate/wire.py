"""The wire of a simulated node: its own web application behind a small server, and what its worker does, step by step.

The web application is the one that serves the node otherwise; only the server and the loop are others, since both must read the
simulated clock of this process.
"""

from __future__ import annotations

import socketserver
import threading
import time
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from rahdari.base.audit import link_entries
from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.domain.exchange.actions import deliver, tend
from rahdari.domain.exchange.models import Told
from rahdari.project.launch.ports import HOST
from rahdari.project.mailroom import take_up
from rahdari.project.reactions import react
from rahdari.project.timetable import TIMETABLE

PAUSE, MOST_LOOKS = 0.01, 100  # seconds between two looks for what the other node says, and how many
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
    threading.Thread(target=server.serve_forever, daemon=True).start()


def carry() -> tuple[int, bool]:
    """Delivers, takes up and follows until nothing is left to do; how much was done, and whether something is under way.

    For a moment it waits for what the other node says to it, which does the same beside it.
    """
    done = looks = 0
    while True:
        some = _once()
        done += some
        if some:
            looks = 0
        elif not _awaits():
            return done, False
        elif (looks := looks + 1) > MOST_LOOKS:
            return done, True
        else:
            time.sleep(PAUSE)


def _once() -> int:
    me, partner = settings.RAHDARI_NODE, settings.RAHDARI_PARTNER
    statements, events = (OutboxEntry.objects.filter(kind=kind, taken_at=None)[:1] for kind in ("statement", "event"))
    done = deliver(partner) if statements or Told.objects.filter(sender=me, state="signed")[:1] else 0
    done += take_up(partner) if Told.objects.filter(receiver=me, state="waiting")[:1] else 0
    return done + (react() if events else 0)


def _awaits() -> bool:
    """Whether something this node said has no outcome yet, or something it heard waits."""
    me = settings.RAHDARI_NODE
    said = Told.objects.filter(sender=me, state__in=("signed", "delivered")).exclude(type="exchange.outcome/1")
    return bool(said[:1] or Told.objects.filter(receiver=me, state="waiting")[:1])


def keep_house() -> int:
    """What the timetable does of itself, the care of the link, the chain of the audit; says how much was done."""
    done = sum(due.act(at=now()) for due in TIMETABLE if due.name not in BY_ITSELF)
    tend()
    link_entries(at=now())
    return done
