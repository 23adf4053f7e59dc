"""Waking background work: after the commit, the work named is told that something waits for it.

Nothing is lost when the waking is: whoever does the work also looks by itself every few seconds.
What does the work is named by the setting `RAHDARI_WAKE`, a function of `(task, arguments)`; empty wakes nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Wake:
    """Tells the work of a name; two of the same name and arguments are equal."""

    task: str
    arguments: tuple[tuple[str, Any], ...]

    def __call__(self) -> None:
        _hearer(settings.RAHDARI_WAKE)(self.task, dict(self.arguments))


def wake(task: str, **arguments: Any) -> None:
    """Tells the work of this name, once what is under way is committed; does nothing when nobody is set to hear it.

    What one transaction asks for many times is told once.
    """
    if not settings.RAHDARI_WAKE:
        return
    told = Wake(task, tuple(sorted(arguments.items())))
    if not any(entry[1] == told for entry in connection.run_on_commit):
        transaction.on_commit(told, robust=True)


@cache
def _hearer(path: str) -> Any:
    return import_string(path)
