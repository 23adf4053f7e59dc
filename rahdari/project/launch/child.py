"""Becomes another program that dies with the process that started it.

    python -I -S child.py PARENT SIGNAL ACCOUNT PROGRAM ARGUMENT…

Run as a script, never imported by what it starts. It exists because the wish to
die with the parent (Linux only) must be spoken after giving up root and before the
program begins, and code between fork and exec is not safe beside threads.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
NO_ACCOUNT = "-"


def command(words: list[str], *, last_signal: int, account: tuple[int, int] | None = None) -> list[str]:
    """The command line that starts `words` as a child of this process.

    `last_signal` is what the child gets when this process ends, on systems that can;
    `account` is (user id, group id) to run as, possible for root only.
    """
    who = NO_ACCOUNT if account is None else f"{account[0]}:{account[1]}"
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(last_signal)), who, *words]


def _give_up_root(account: str) -> None:
    user, group = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)


def _die_with(parent: int, last_signal: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we could ask
        sys.exit(1)


def main(arguments: list[str]) -> None:
    """Turns this process into the program named."""
    parent, last_signal, account, *words = arguments
    if account != NO_ACCOUNT:
        _give_up_root(account)
    _die_with(int(parent), int(last_signal))
    # Python ignores these and a shell's "&" ignores SIGINT; the next program shall find them as usual.
    for usual in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
        signal.signal(usual, signal.SIG_DFL)
    os.execv(words[0], words)  # noqa: S606 - becoming that program is what this is for


if __name__ == "__main__":
    main(sys.argv[1:])
