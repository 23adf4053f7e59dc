"""What the node does in the background, as a table; and how a wake reaches whoever does it.

A row says what wakes it, for whom it is done, and how often it is looked at although
nobody woke it: that covers a program that ended between its commit and the wake. Every
row may be asked for too often and by several workers at once, and does nothing twice.
The loop that walks the table is `project/worker.py`; why it is our own stands in
docs/decisions/0011-background-work.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from rahdari.base.clock import now
from rahdari.domain.exchange.actions import deliver, tend
from rahdari.project.mailroom import take_up
from rahdari.project.reactions import react
from rahdari.project.timetable import TIMETABLE, Due

CHANNEL = "rahdari_work"
Key = tuple[str, str]  # the name of a row, and the partner it is done for (or nobody)


@dataclass(frozen=True, slots=True)
class Job:
    """One row: `act` is called with the partner where `each_partner` says so, and says how much it did.

    `every` is in seconds; `woken_by` are names given to `rahdari.base.jobs.wake` beside the row's own.
    """

    name: str
    act: Callable[..., int]
    every: float
    woken_by: tuple[str, ...] = ()
    each_partner: bool = False


def _by_the_clock(due: Due) -> Job:
    return Job(due.name, partial(_now, due), due.every)


def _now(due: Due) -> int:
    return due.act(at=now())


JOBS: tuple[Job, ...] = (
    Job("exchange.deliver", deliver, every=2.0, woken_by=("outbox.statement",), each_partner=True),
    Job("exchange.take_up", take_up, every=2.0, each_partner=True),
    Job("exchange.tend", tend, every=5.0),
    Job("reactions.react", react, every=2.0, woken_by=("outbox.event",)),
    *(_by_the_clock(due) for due in TIMETABLE),
)

# The worker of this process, if there is one: it hears without a way over the database.
beside_us: list[Callable[[Key], None]] = []


def tell_workers(task: str, arguments: Mapping[str, Any]) -> None:
    """Tells every worker of the node that something waits; called after the commit (`rahdari.base.jobs`).

    A notice is sent by itself and not inside the transaction it follows: PostgreSQL lets only one
    transaction with a notice commit at a time, and the writers would wait for one another.
    """
    for job in JOBS:
        if task == job.name or task in job.woken_by:
            key = (job.name, str(arguments.get("partner", "")) if job.each_partner else "")
            if beside_us:
                for hear in beside_us:
                    hear(key)
            else:
                with connection.cursor() as cursor:
                    cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps(key)])


def key_in(notice: str) -> Key | None:
    """The key a notice names; nothing for one that is not in our form."""
    try:
        name, partner = json.loads(notice)
    except (ValueError, TypeError):
        return None
    return (name, partner) if isinstance(name, str) and isinstance(partner, str) else None
