"""A database whose disk is full: its data on a small file system of its own in memory (Linux, root only).

with small_disk(data, stop, start):      stop and start are those of the database, or of the node with it
    with filled(data):                   not a byte is free
        ...
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MIB = 1024 * 1024
SPARE = 48  # MiB beyond what the rows take


class NoSmallDisk(Exception):
    """No file system can be mounted here; says why."""


@contextmanager
def small_disk(data: Path, stop: Callable[[], object], start: Callable[[], object]) -> Iterator[None]:
    """Moves the data to a small file system and, at the end, back with all that was written; raises `NoSmallDisk`."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise NoSmallDisk("a file system can be mounted by root only")
    stop()
    aside = data.with_name("aside")
    data.rename(aside)
    data.mkdir()
    room = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file()) // MIB + SPARE
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}m", "none", data], capture_output=True, text=True)
    try:
        if mounted.returncode:
            raise NoSmallDisk(f"no file system could be mounted: {mounted.stderr.strip()}")
        _copy(aside, data)
        start()
        try:
            yield
        finally:
            stop()
            shutil.rmtree(aside)
            _copy(data, aside)
    finally:
        subprocess.run(["umount", data], capture_output=True)
        data.rmdir()
        aside.rename(data)
        start()


def _copy(source: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", f"{source}/.", target], check=True)


@contextmanager
def filled(data: Path) -> Iterator[None]:
    """Takes all the room there is, and gives it back."""
    ballast = data / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:  # what fits of the last one is written, then there is no room
                file.write(bytes(64 * 1024))
        yield
    finally:
        ballast.unlink()
