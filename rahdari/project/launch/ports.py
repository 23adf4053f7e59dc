"""Ports of this machine: taken, free, or kept for a node that does not serve yet.

A launcher chooses ports long before its nodes serve there. Meanwhile it keeps them from every other launcher by the UDP port
of the same number: nothing of ours serves there, no file is left behind, and the system lets go of it with its holder.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from rahdari.project.launch import CannotStart

HOST = "127.0.0.1"
LAST_TRIED = 200  # how far above the wanted port to look


def is_taken(port: int) -> bool:
    """Whether another program answers on this port of `localhost` (either family), or holds it."""
    return any(_answers(family, host, port) for family, host in _LOOPBACKS) or _held(port)


@contextmanager
def kept_port(port: int) -> Iterator[bool]:
    """Keeps this port from other launchers; whether it was to be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mark:
        try:
            mark.bind((HOST, port))
        except OSError:  # kept by another launcher, or not for us
            yield False
            return
        yield not is_taken(port)


@contextmanager
def free_port(wanted: int, *, apart_from: Collection[int] = ()) -> Iterator[int]:
    """Keeps the wanted port, or the next free one above it; raises `CannotStart` when none is found."""
    for port in range(wanted, min(wanted + LAST_TRIED, 65536)):
        if port in apart_from:
            continue
        with kept_port(port) as ours:
            if ours:
                yield port
                return
    raise CannotStart(f"No free port was found from {wanted} to {wanted + LAST_TRIED - 1}.")


_LOOPBACKS = ((socket.AF_INET, HOST), (socket.AF_INET6, "::1"))


def _answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as caller:
            caller.settimeout(0.5)
            return caller.connect_ex((host, port)) == 0
    except OSError:  # this machine has no such family
        return False


def _held(port: int) -> bool:
    """Whether binding fails: then somebody holds it without answering, or it is not for us (below 1024)."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as ours:
        # As servers do: what remains of a connection that was closed must not count.
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind((HOST, port))
        except OSError as problem:
            return problem.errno in (errno.EADDRINUSE, errno.EACCES)
    return False
