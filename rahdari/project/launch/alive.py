"""Which processes run on this machine, and whether a remembered one is still the same.

Process numbers are used again, so a number alone proves nothing: `mark` adds the
moment of its start. Zombies count as gone; nothing of them runs any more.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROC = Path("/proc")


def commands() -> dict[int, str]:
    """The command lines of the running processes by process number."""
    if sys.platform == "linux":
        return {pid: line for pid in _numbers() if (line := _command_line(pid))}
    found: dict[int, str] = {}
    for line in _ps("-axwwo", "pid=,stat=,command="):
        pid, state, command = line.split(None, 2) if line.count(" ") > 1 else ("0", "Z", "")
        if not state.startswith("Z"):
            found[int(pid)] = command
    return found


def mark(pid: int) -> str:
    """What tells this process from another with the same number; empty when it runs no more."""
    if sys.platform == "linux":
        fields = _stat(pid)
        if not fields or fields[0] in "ZX":
            return ""
        return f"{(PROC / 'sys/kernel/random/boot_id').read_text().strip()}/{fields[19]}"
    lines = _ps("-o", "stat=,lstart=", "-p", str(pid))
    state, _, started = lines[0].strip().partition(" ") if lines else ("Z", "", "")
    return "" if state.startswith("Z") else started.strip()


def group_members(group: int) -> list[int]:
    """The running processes of a process group."""
    if sys.platform == "linux":
        stats = {pid: _stat(pid) for pid in _numbers()}
        return [pid for pid, fields in stats.items() if fields and fields[0] not in "ZX" and fields[2] == str(group)]
    rows = [line.split() for line in _ps("-axo", "pid=,pgid=,stat=")]
    return [int(row[0]) for row in rows if len(row) == 3 and row[1] == str(group) and not row[2].startswith("Z")]


def _numbers() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _command_line(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:  # it ended while we looked
        return ""


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (a program's name may hold spaces and brackets)."""
    try:
        return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _ps(*arguments: str) -> list[str]:
    done = subprocess.run(["ps", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
