"""Runs a scenario on both nodes: makes them, says which day it is, waits until everything crossed, and keeps how far it came.

It knows no Django: whatever it asks a node, the node's own process answers. `simulation.json` in the folder holds scenario, seed
and days done, so that the same command goes on where it stopped; a day that was broken off is done again, and what stands in
the databases of it already is not.
"""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rahdari.project.launch import CannotStart
from rahdari.project.launch.both_nodes import NOT_HANDED_ON, Say
from rahdari.project.launch.child import command
from rahdari.project.launch.home import Home, environment, read_node, write_whole
from rahdari.project.launch.postgres import last_lines
from rahdari.project.launch.programs import python, whole_environment
from rahdari.project.simulate.report import report_of
from rahdari.project.simulate.scenarios import SCENARIOS

NOON = dt.time(4, tzinfo=dt.UTC)  # nine o'clock in Pakistan, one o'clock in Japan: both offices are open
NOTE = "simulation.json"
DAY = dt.timedelta(days=1)
AllDo = Callable[..., dict[str, Any]]
MOST_IN_VAIN = 3  # times both try to send before it is given up
ENDS_WITHIN = 5.0  # seconds
# Days between two rounds of the nodes' own timetable: what ends by its day is refused by the actions from that day on.
HOUSE_EVERY = 7


@dataclass(slots=True)
class Run:
    """What was asked for and how far it came."""

    scenario: str
    seed: int
    part: float
    begins_on: str
    days_done: int = 0
    seconds: float = 0.0
    noted: dict[str, Any] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """How many days there are."""
        return SCENARIOS[self.scenario].days

    def at(self, day: int) -> str:
        """The moment of a day, as ISO text."""
        return dt.datetime.combine(dt.date.fromisoformat(self.begins_on) + day * DAY, NOON).isoformat()


def planned(folder: Path, scenario: str, *, seed: int, part: float, until: dt.date) -> Run:
    """The run that stands in the folder, or a new one whose last day is the day before `until`.

    Refuses (`CannotStart`) a folder that holds another scenario or seed.
    """
    if scenario not in SCENARIOS:
        raise CannotStart(f"There is no scenario {scenario!r}; there are {', '.join(SCENARIOS)}.")
    note = folder / NOTE
    if not note.exists():
        return Run(scenario, seed, part, (until - SCENARIOS[scenario].days * DAY).isoformat())
    held = Run(**json.loads(note.read_text()))
    if (held.scenario, held.seed, held.part) != (scenario, seed, part):
        raise CannotStart(f"{folder} holds {held.scenario} with seed {held.seed}. Name another folder: --home DIR.")
    return held


def keep(folder: Path, run: Run) -> None:
    """Notes how far a run came."""
    write_whole(folder / NOTE, json.dumps(asdict(run), indent=2) + "\n", mode=0o600)


class Told:
    """The process of one node, told what to do."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.node, self.log = read_node(home), home.logs / "simulation.log"
        variables = whole_environment(environment(home), folder / "static", not_handed_on=NOT_HANDED_ON)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command(list(python("rahdari.project.simulate.node")), last_signal=signal.SIGKILL), cwd="/", env=variables,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, process_group=0,
            )  # fmt: skip

    def do(self, what: str, **told: Any) -> Any:
        """Has it do something; what it answers. Raises `CannotStart` with what went wrong there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps({"do": what, **told}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CannotStart(
                f"The simulated node {self.node.node} ended. The end of its log ({self.log}):\n{last_lines(self.log)}"
            )
        answer = json.loads(line)
        if "failed" in answer:
            raise CannotStart(f"The simulated node {self.node.node} could not do {what!r}:\n{answer['failed']}")
        return answer["done"]

    def end(self) -> None:
        """Ends the process, by force where it does not end by itself."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def processes(homes: dict[str, Home], folder: Path) -> Iterator[dict[str, Told]]:
    """One process a node, ended when the block is left."""
    started: dict[str, Told] = {}
    try:
        for node, home in homes.items():
            started[node] = Told(home, folder)
        yield started
    finally:
        for one in started.values():
            one.end()


def simulate(homes: dict[str, Home], folder: Path, run: Run, say: Say) -> dict[str, Any]:
    """Does every day that is left, and returns the report, counted from both databases."""
    with _nodes(homes, folder) as (nodes, all_do):
        _days(nodes, all_do, folder, run, say)
        say("counting in both databases, and comparing both journals")
        counted = all_do("count")
        return report_of(asdict(run), counted, _journals(nodes, folder))


def go(homes: dict[str, Home], folder: Path, run: Run, say: Say) -> None:
    """Does every day that is left; nothing is counted."""
    with _nodes(homes, folder) as (nodes, all_do):
        _days(nodes, all_do, folder, run, say)


@contextmanager
def _nodes(homes: dict[str, Home], folder: Path) -> Iterator[tuple[dict[str, Told], AllDo]]:
    """The process of each node, and how both are told the same at the same time."""
    with processes(homes, folder) as nodes, ThreadPoolExecutor(len(nodes)) as both:

        def all_do(what: str, **told: Any) -> dict[str, Any]:
            return dict(zip(nodes, both.map(lambda one: one.do(what, **told), nodes.values()), strict=True))

        yield nodes, all_do


def _days(nodes: dict[str, Told], all_do: AllDo, folder: Path, run: Run, say: Say) -> None:
    began = time.monotonic()
    _begin(nodes, all_do, run)
    say(f"{run.scenario} with seed {run.seed}, from {run.begins_on}: {run.days - run.days_done} of {run.days} days")
    for day in range(run.days_done, run.days):
        acts = sum(all_do("day", at=run.at(day)).values())
        if acts:
            _carry(all_do)
        if day % HOUSE_EVERY == 0 or day == run.days - 1:
            all_do("keep_house")
            _carry(all_do)  # what came of it
        run.noted = all_do("noted")
        run.days_done, run.seconds = day + 1, run.seconds + time.monotonic() - began
        began = time.monotonic()
        keep(folder, run)
        if acts:
            say(f"day {day + 1} of {run.days}: {acts} acts")


def _begin(nodes: dict[str, Told], all_do: AllDo, run: Run) -> None:
    """Founds, serves and pairs both nodes, and makes whoever the scenario needs; nothing that is there already."""
    about = {"scenario": run.scenario, "part": run.part, "seed": run.seed, "begins_on": run.begins_on}
    prints = {name: one.do("begin", **about, at=run.at(run.days_done), noted=run.noted.get(name)) for name, one in nodes.items()}
    for one in nodes.values():
        one.do("serve", port=one.node.port)
    for name, one in nodes.items():
        one.do("pair", url=one.node.partner_url, fingerprint=next(found for node, found in prints.items() if node != name))
    all_do("meet")
    all_do("settle_in")
    _carry(all_do)


def _carry(all_do: AllDo) -> None:
    """Until nothing is under way on either node: both send all they have, then both take up all that came, and again.

    Raises `CannotStart` where what one says does not reach the other.
    """
    in_vain = 0
    while in_vain < MOST_IN_VAIN:
        sent, received = all_do("send").values(), all_do("receive").values()
        if not any(number for number, _ in sent) and not any(received):
            if not any(left for _, left in sent):
                return
            in_vain += 1
            all_do("meet")
    raise CannotStart("What one node says does not reach the other. The ends of their logs may say why (logs/simulation.log).")


def _journals(nodes: dict[str, Told], folder: Path) -> dict[str, Any]:
    """Both journals, exported and verified against each other by the module that needs neither node."""
    files = {name: folder / f"journal-{name}.ndjson" for name in nodes}
    leaves = {name: nodes[name].do("export", file=str(files[name])) for name in nodes}
    pk, jp = files.values()
    said = {}
    for here, there in ((pk, jp), (jp, pk)):
        words = python("rahdari.seals.verify", str(here), "--against", str(there), "--complete")
        done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=False)
        said[here.stem] = {"status": done.returncode, "said": (done.stdout + done.stderr).strip().splitlines()}
    for file in files.values():
        file.unlink()
    return {"leaves": leaves, "verified": said}


def write_report(file: Path, report: dict[str, Any]) -> None:
    """Writes the report as JSON; `-` is standard output."""
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    if str(file) == "-":
        sys.stdout.write(text)
    else:
        write_whole(file, text, mode=0o644)
