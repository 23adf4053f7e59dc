"""Waking background work: after the commit, the work named is told that something waits for it.

Nothing is lost when the waking is: whoever does the work also looks by itself every few seconds.
What does the work is named by the setting `RAHDARI_WAKE`, a function of `(task, arguments)`; empty wakes nobody.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def wake(task: str, **arguments: Any) -> None:
    """Tells the work of this name, once what is under way is committed; does nothing when nobody is set to hear it."""
    if settings.RAHDARI_WAKE:
        transaction.on_commit(lambda: _hearer(settings.RAHDARI_WAKE)(task, arguments), robust=True)


@cache
def _hearer(path: str) -> Any:
    return import_string(path)
