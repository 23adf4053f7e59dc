"""How a benchmark is kept in the documents: its day, the machine and its load, the command, what was found."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Sequence
from pathlib import Path


def machine() -> str:
    """The kind of machine this runs on."""
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def keep(kept: Path, title: str, command: str, load: float, lines: Sequence[str]) -> None:
    """Writes a report; `load` is that of the machine when it began. What stands below a second heading is kept."""
    _, heading, read = kept.read_text(encoding="utf-8").partition("\n## ") if kept.exists() else ("", "", "")
    text = [
        f"# {title}",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine()}; node, database and the asking program on this one machine.",
        f"Load of the machine when it began: {load:.1f}, when it ended: {os.getloadavg()[0]:.1f}.",
        f"`python {command} --write`",
        "",
        *lines,
    ]
    kept.write_text("\n".join(text) + "\n" + heading + read, encoding="utf-8")
