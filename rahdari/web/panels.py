"""Slots of a page that something above it fills: a page names the slot, `project/panels.py` says what stands there.

The hall looks the table up by the name in `settings.PANELS`, so that no page imports what lies above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from rahdari.base.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """What fills a slot: a template and what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Filler = Callable[[Actor, Any], Panel | None]


def fill(slot: str, actor: Actor, subject: Any) -> list[Panel]:
    """What stands in a slot of a page for this actor; an empty list where nothing above has something to show."""
    table: Mapping[str, Sequence[Filler]] = import_string(settings.PANELS)
    return [panel for filler in table.get(slot, ()) if (panel := filler(actor, subject)) is not None]
