"""One node of a run, as a process: told line by line what to do, `{"do": "day", …}` on standard input, one JSON answer a line.

Its clock is the simulated one from the first line on. Refused outside the demonstration and tests.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (all of this needs Django set up)
from django.db import close_old_connections  # noqa: E402
from django.db.models import Max  # noqa: E402

from rahdari.base.clock import keep_time, now  # noqa: E402
from rahdari.base.models import AuditEntry  # noqa: E402
from rahdari.domain.exchange.actions import roll_keys  # noqa: E402
from rahdari.project.simulate import accepting, beginning, counting, departing, receiving, sending, wire  # noqa: E402
from rahdari.project.simulate.acting import Side  # noqa: E402
from rahdari.project.simulate.chances import Chances  # noqa: E402
from rahdari.project.simulate.scenarios import SCENARIOS, part_of  # noqa: E402
from rahdari.project.simulate.simulated_time import SimulatedTime  # noqa: E402

ROLL_EVERY = 45  # days: a sealing key lives ninety
ACTS = {
    "pk": ((departing.PEOPLE, sending.PEOPLE), (sending.OFFICES, departing.OFFICES)),
    "jp": ((), (accepting.OFFICES, receiving.OFFICES)),
}


class Node:
    """The node of this process."""

    def __init__(self) -> None:
        self.time = SimulatedTime(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        self.spent: dict[str, list[float]] = {}

    def begin(self, scenario: str, part: float, seed: int, begins_on: str, at: str, noted: dict[str, Any] | None) -> str:
        """Takes the clock and the scenario, and founds the node; its fingerprint. `noted` is what an earlier start noted."""
        if not (settings.DEMO or settings.TEST):
            raise SystemExit("A simulation runs in the demonstration alone.")
        self.time.set(dt.datetime.fromisoformat(at))
        keep_time(self.time)
        if (last := AuditEntry.objects.aggregate(last=Max("at"))["last"]) is not None:
            self.time.set(last)
        chosen = SCENARIOS[scenario] if part == 1 else part_of(SCENARIOS[scenario], part)
        self.side = Side(chosen, Chances(seed), dt.date.fromisoformat(begins_on))
        if noted:
            self.side.acts, self.spent = noted["acts"], noted["seconds"]
            self.side.refusals.update({(verb, code): number for verb, code, number in noted["refusals"]})
        return beginning.found(self.side)

    def serve(self, port: int) -> int:
        """Answers the other node."""
        wire.serve(port)
        return port

    def pair(self, url: str, fingerprint: str) -> str:
        """Pairs with the other node."""
        beginning.pair(self.side, url, fingerprint)
        return fingerprint

    def settle_in(self) -> int:
        """Makes everybody the scenario needs."""
        beginning.settle_in(self.side)
        return self.side.acts

    def day(self, at: str) -> int:
        """What people and officers do on a day; says how many acts that were."""
        self.time.set(dt.datetime.fromisoformat(at))
        before, (people, offices) = self.side.acts, ACTS[self.side.node]
        for group in (*people, *(offices if self.side.open_on(self.side.today) else ())):
            for act in group:
                with self._noting(f"{act.__module__.rpartition('.')[2]}.{act.__name__}"):
                    act(self.side)
        if self.side.day and self.side.day % ROLL_EVERY == 0:
            self._roll()
        return self.side.acts - before

    def meet(self) -> None:
        """Asks the other node what it holds, after a start of either."""
        wire.meet()

    def send(self) -> tuple[int, bool]:
        """Delivers what waits for the other node; how much, and whether something is left."""
        with self._noting("wire.send"):
            return wire.send(), wire.has_to_send()

    def receive(self) -> int:
        """Takes up what came, and does what follows; says how much."""
        with self._noting("wire.receive"):
            done = wire.receive()
        with self._noting("wire.follow"):
            return done + wire.follow()

    def keep_house(self) -> int:
        """What the node does of itself."""
        with self._noting("wire.keep_house"):
            return wire.keep_house()

    def count(self) -> dict[str, Any]:
        """What its database holds of the run, and what its process used."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return (
            counting.count(self.side)
            | self.noted()
            | {"memory_mb": used.ru_maxrss // 1024, "cpu_seconds": round(time.process_time(), 1)}
        )

    def export(self, file: str) -> int:
        """Writes the journal into a file."""
        return counting.export_journal_to(self.side, Path(file))

    def noted(self) -> dict[str, Any]:
        """What this process noted so far: acts, refusals by their codes, seconds of each part."""
        return {
            "acts": self.side.acts,
            "refusals": [[verb, code, number] for (verb, code), number in sorted(self.side.refusals.items())],
            "seconds": {name: [round(one, 2) for one in both] for name, both in sorted(self.spent.items())},
        }

    @contextmanager
    def _noting(self, name: str) -> Iterator[None]:
        """Notes how long the block took: by the clock, and of the processor in this thread."""
        began, used = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            wall, cpu = self.spent.get(name, (0.0, 0.0))
            self.spent[name] = [wall + time.perf_counter() - began, cpu + time.thread_time() - used]

    def _roll(self) -> None:
        """The operator makes a new sealing key in time."""
        home = Path(settings.RAHDARI_HOME)
        passphrase = (home / "secrets" / "office_passphrase").read_text(encoding="utf-8").strip()
        roll_keys(actor=self.side.operator(), roles=["sealing"], reason="planned", passphrase=passphrase, at=now())


def main() -> None:
    """Does what it is told until its input ends."""
    node = Node()
    acts: dict[str, Callable[..., Any]] = {
        act.__name__: act
        for act in (
            node.begin,
            node.serve,
            node.pair,
            node.settle_in,
            node.day,
            node.meet,
            node.send,
            node.receive,
            node.keep_house,
            node.noted,
            node.count,
            node.export,
        )
    }
    for line in sys.stdin:
        told = json.loads(line)
        try:
            answer = {"done": acts[told.pop("do")](**told)}
        except Exception:
            answer = {"failed": traceback.format_exc()}
        close_old_connections()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
