"""Starts the processes of a node, watches them, stops them; leaves nothing running.

Each process leads a group of its own, so that Ctrl-C reaches only the supervisor and
what a process started itself (a web server's workers) can be stopped with it. Should
the supervisor be killed, the system tells its children (Linux), and the note it keeps
lets the next start stop whatever still runs.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rahdari.project.launch import CannotStart, alive
from rahdari.project.launch.child import command
from rahdari.project.launch.home import write_whole
from rahdari.project.launch.postgres import last_lines, opened_log
from rahdari.project.launch.signals import undisturbed

STOP_WITHIN = 10.0  # seconds, for each process
RESTARTS, RESTARTS_WITHIN = 5, 60.0  # how often in how many seconds a process that ends is started again


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: a name for people, the command line, the whole environment, the file for its output."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended although nobody asked it to."""

    program: Program
    status: int

    def __str__(self) -> str:
        how = f"was killed by signal {-self.status}" if self.status < 0 else f"ended with status {self.status}"
        return f"{self.program.name} {how}. The end of its log ({self.program.log}):\n{last_lines(self.program.log)}"


@dataclass(slots=True)
class Supervisor:
    """The running processes, in the order of their start; `note` is the file that remembers them."""

    note: Path
    running: list[tuple[Program, subprocess.Popen[bytes]]] = field(default_factory=list)
    restarted: list[tuple[str, float]] = field(default_factory=list)

    def start(self, program: Program) -> None:
        """Starts a program and returns at once."""
        self.running.append((program, spawn(program, last_signal=signal.SIGTERM)))
        self._remember()

    def ended(self) -> Ended | None:
        """The first process that ended by itself, or nothing."""
        for program, process in self.running:
            status = process.poll()
            if status is not None:
                return Ended(program, status)
        return None

    def begin_again(self, ended: Ended) -> None:
        """Starts a program that ended once more; raises `CannotStart` when it ends again and again."""
        name, moment = ended.program.name, time.monotonic()
        self.restarted = [(which, when) for which, when in self.restarted if moment - when < RESTARTS_WITHIN]
        if sum(which == name for which, _ in self.restarted) >= RESTARTS:
            raise CannotStart(f"It was started again {RESTARTS} times within {RESTARTS_WITHIN:.0f} seconds. {ended}")
        self.restarted.append((name, moment))
        for place, (program, process) in enumerate(self.running):
            if program is ended.program:
                _kill_group(process.pid)  # what it started itself holds its port
                self.running[place] = (program, spawn(program, last_signal=signal.SIGTERM))
        self._remember()

    def stop(self, within: float = STOP_WITHIN) -> None:
        """Stops every process, the last started first; by force those that take longer than `within` seconds."""
        while self.running:
            _, process = self.running[-1]
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(within)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _kill_group(process.pid)
            self.running.pop()
        self.note.unlink(missing_ok=True)

    def _remember(self) -> None:
        held = [
            {"name": program.name, "group": process.pid, "mark": alive.mark(process.pid), "program": program.words[0]}
            for program, process in self.running
        ]
        write_whole(self.note, json.dumps(held, indent=2) + "\n", mode=0o600)


@contextmanager
def supervisor(note: Path) -> Iterator[Supervisor]:
    """A supervisor that has stopped everything when the block is left, however it is left."""
    stop_leftovers(note)
    one = Supervisor(note)
    try:
        yield one
    finally:
        with undisturbed():
            one.stop()


def run_all(programs: list[Program]) -> None:
    """Runs programs beside each other to their end; raises `CannotStart` with the end of the log of the first that fails.

    None is left running when it returns or raises.
    """
    running: list[tuple[Program, subprocess.Popen[bytes]]] = []
    try:
        for program in programs:
            running.append((program, spawn(program, last_signal=signal.SIGKILL)))
        for program, process in running:
            if process.wait():
                raise CannotStart(str(Ended(program, process.returncode)))
    finally:
        with undisturbed():
            for _, process in running:
                _kill_group(process.pid)
                process.wait()


def ask(program: Program) -> str:
    """Runs a program to its end and gives back what it said; raises `CannotStart` with the end of its log when it fails.

    The log holds its errors only.
    """
    process = spawn(program, last_signal=signal.SIGKILL, answer=subprocess.PIPE)
    try:
        said, _ = process.communicate()
    finally:
        with undisturbed():
            _kill_group(process.pid)
            process.wait()
    if process.returncode:
        raise CannotStart(str(Ended(program, process.returncode)))
    return said.decode()


def spawn(program: Program, *, last_signal: int, answer: int | None = None) -> subprocess.Popen[bytes]:
    """Starts a program in a group of its own, output to its log; call it from the main thread (see `launch.child`).

    `answer` (`subprocess.PIPE`) takes what it says on standard output instead of the log.
    """
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with opened_log(program.log) as log:
        return subprocess.Popen(
            command(list(program.words), last_signal=last_signal), stdin=subprocess.DEVNULL, cwd="/",
            stdout=log if answer is None else answer, stderr=log, env=dict(program.environment), process_group=0,
        )  # fmt: skip


def stop_leftovers(note: Path, within: float = STOP_WITHIN) -> list[str]:
    """Stops what a killed supervisor left running, by its note; returns the names of what still ran.

    The caller makes sure that the supervisor of this note lives no more (`launch.lock`).
    """
    stopped = []
    for row in reversed(_read_note(note)):
        group = int(row["group"])
        if not _is_ours(row):
            continue
        stopped.append(row["name"])
        _signal_group(group, signal.SIGTERM)
        until = time.monotonic() + within
        while alive.group_members(group) and time.monotonic() < until:
            time.sleep(0.05)
        _kill_group(group)
    note.unlink(missing_ok=True)
    return stopped


def _is_ours(row: Mapping[str, str]) -> bool:
    """Whether the group is still the one we started: its leader is the same, or gone while members run the same program."""
    group = int(row["group"])
    now = alive.mark(group)
    if now:
        return now == row["mark"]
    lines = alive.commands()
    return any(lines.get(pid, "").startswith(row["program"]) for pid in alive.group_members(group))


def _read_note(note: Path) -> list[dict[str, str]]:
    try:
        held = json.loads(note.read_text())
    except FileNotFoundError:
        return []
    except ValueError:  # the disk was full, or somebody wrote in it: nothing can be known
        return []
    return [row for row in held if {"name", "group", "mark", "program"} <= row.keys()]


def _kill_group(group: int) -> None:
    """Kills what is left of a group and waits until it is gone, or until it is plain that the disk holds it."""
    _signal_group(group, signal.SIGKILL)
    until = time.monotonic() + STOP_WITHIN
    while alive.group_members(group) and time.monotonic() < until:
        time.sleep(0.02)


def _signal_group(group: int, last: int) -> None:
    try:
        os.killpg(group, last)
    except (ProcessLookupError, PermissionError):  # nobody left (macOS says it so of zombies)
        return
