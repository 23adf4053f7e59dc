"""One launcher at a time in a folder.

The system lets the lock go when its holder ends, however it ends. So a folder with
processes and without a lock was left by a launcher that was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rahdari.project.launch import CannotStart


@contextmanager
def only_launcher(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; raises `CannotStart` when another process holds it."""
    with open(folder / "lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise CannotStart(
                f"{folder} is in use by another launcher (process {holder}). "
                "Stop that one first (Ctrl-C where it runs), or use another folder: --home DIR."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
