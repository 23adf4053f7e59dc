"""Being asked to stop, in good order: once, and not in the middle of stopping."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToStop(BaseException):
    """Somebody pressed Ctrl-C or asked the process to end; passes through every `except Exception`."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turns Ctrl-C, SIGTERM and SIGHUP into `AskedToStop`, once: a second one changes nothing."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, lambda number, frame: None)
        raise AskedToStop(signal.Signals(number).name)

    before = {each: signal.signal(each, stop) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Lets those signals wait until the block is done, so that stopping is not left half done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
