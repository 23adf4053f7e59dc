"""One launcher at a time in a folder.

The system lets the lock go when its holder ends, however it ends. So a folder with
processes and without a lock was left by a launcher that was killed.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rahdari.project.launch import CannotStart

PATIENCE, LOOK_EVERY = 0.5, 0.1  # seconds


@contextmanager
def only_launcher(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the folder's lock; raises `CannotStart` when another process holds it for longer than `patience` seconds."""
    with open(folder / "lock", "a+") as lock:
        if not _taken(lock, patience):
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise CannotStart(
                f"{folder} is in use by another launcher (process {holder}). "
                "Stop that one first (Ctrl-C where it runs), or use another folder: --home DIR."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _taken(lock: IO[str], patience: float) -> bool:
    """Takes the lock; patient for a moment, as somebody may only be looking (`is_locked`) or just ending."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_EVERY)
        else:
            return True


def is_locked(folder: Path) -> bool:
    """Whether a launcher uses the folder now."""
    try:
        with open(folder / "lock", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
