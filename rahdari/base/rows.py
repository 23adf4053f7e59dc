"""What every row of ours is: an id that sorts by time, a version, and a guard against silent writes.

A row is written only inside a unit of work (`base/work.py`); outside it every write raises
`OutsideWork`. Tables of libraries, sessions and jobs are not ours and not guarded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import models

from .ids import new_id

writing: ContextVar[bool] = ContextVar("writing", default=False)


class OutsideWork(RuntimeError):
    """A row was to be written outside a unit of work; nothing was written."""


def _guarded(name: str) -> Callable[..., Any]:
    def write(self: models.QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        _must_be_at_work(self.model)
        return getattr(super(GuardedQuerySet, self), name)(*args, **kwargs)

    return write


def _must_be_at_work(model: type[models.Model]) -> None:
    if not writing.get():
        raise OutsideWork(f"{model.__name__} may be written only inside a unit of work")


class GuardedQuerySet(models.QuerySet[Any]):
    """Refuses writes of many rows outside a unit of work."""

    update = _guarded("update")
    delete = _guarded("delete")
    bulk_create = _guarded("bulk_create")
    bulk_update = _guarded("bulk_update")


class Guarded(models.Model):
    """A row that only a unit of work may write."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _must_be_at_work(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _must_be_at_work(type(self))
        return super().delete(*args, **kwargs)


class Row(Guarded):
    """A guarded row with its id and a version that goes up with every change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
