"""A way of the tour, walked in one process over two nodes: each step by HTTP on its node, and what it said carried after it.

    walk(corridor, steps, {("pk", "worker"): person})     the faults, as the tour would print them

Nobody signs in at a door: whoever is named is signed in already. Signals that close the database's connections after a
request are the server's own; here everything lies in the transaction of the test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client

from rahdari.domain.accounts.models import Person
from rahdari.project.launch.tour import _take_within
from rahdari.project.launch.tour_step import Step
from tests.make.people import sign_in_as
from tests.make.two_nodes import Corridor

HOST = "http://testserver"


@contextmanager
def _connections_kept() -> Iterator[None]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def walk(corridor: Corridor, steps: Sequence[Step], people: Mapping[tuple[str, str], Person]) -> list[str]:
    """Takes every step in order and says what was not as expected; `people` are signed in as the visitors named."""
    kept: dict[str, str] = {}
    visitors: dict[tuple[str, str], httpx.Client] = {}
    faults = []
    with _connections_kept():
        for step in steps:
            who = (step.node, step.visitor)
            with corridor.on(step.node):
                if who not in visitors:
                    visitors[who] = _visitor(people.get(who))
                fault = _take_within(step, visitors[who], kept)
            faults += [f"{step.node} {step.name}: {fault}"] if fault else []
            corridor.exchange()
    return faults


def _visitor(person: Person | None) -> httpx.Client:
    client = httpx.Client(base_url=HOST, transport=httpx.WSGITransport(app=get_wsgi_application()))
    if person is not None:
        signed_in = Client()
        sign_in_as(signed_in, person)
        for name, morsel in signed_in.cookies.items():
            client.cookies.set(name, morsel.value)
    return client
