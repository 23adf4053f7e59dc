"""Columns by which closed values are found again: blind indexes that the row itself keeps up, and makes anew when keys roll.

    phone = ClosedText()
    phone_index = BlindIndex("accounts.phone", lambda row: row.phone)

The index is made whenever the row is saved; nobody sets it. `blinds(value, purpose)` are what to look for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL

from .secrets import blind, keyring

ID_LETTERS, LENGTH = 8, 64

if TYPE_CHECKING:
    _Char = models.CharField[Any, Any]
    _Array = ArrayField[Any, Any]
else:
    _Char = models.CharField
    _Array = ArrayField


class BlindIndex(_Char):
    """The blind index of one value that `of` reads from the row; empty (or null, where that is allowed) where there is none."""

    def __init__(self, purpose: str, of: Callable[[Any], str | None], **options: Any) -> None:
        self.purpose, self.of = purpose, of
        super().__init__(**{"max_length": LENGTH, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", list(args), dict(options)

    def clone(self) -> Any:
        return type(self)(self.purpose, self.of, **self.deconstruct()[3])

    def index_of(self, row: models.Model) -> str | None:
        """The index as it must be today."""
        value = self.of(row)
        return blind(value, self.purpose) if value else None if self.null else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        setattr(model_instance, self.attname, self.index_of(model_instance))
        return super().pre_save(model_instance, add)

    def old_ones(self) -> str:
        """The condition in SQL under which a row has an old index; its one parameter is the id of the present key."""
        return f'("{self.column}" is not null and "{self.column}" <> \'\' and left("{self.column}", {ID_LETTERS}) <> %s)'


class BlindIndexes(_Array):
    """The blind indexes of several values that `of` reads from the row."""

    def __init__(self, purpose: str, of: Callable[[Any], Iterable[str]], **options: Any) -> None:
        self.purpose, self.of = purpose, of
        super().__init__(models.CharField(max_length=LENGTH), **{"default": list, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", list(args), dict(options)

    def clone(self) -> Any:
        options = self.deconstruct()[3]
        return type(self)(self.purpose, self.of, **{name: value for name, value in options.items() if name != "base_field"})

    def index_of(self, row: models.Model) -> list[str]:
        """The indexes as they must be today."""
        return [blind(value, self.purpose) for value in self.of(row)]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        setattr(model_instance, self.attname, self.index_of(model_instance))
        return super().pre_save(model_instance, add)

    def old_ones(self) -> str:
        """As of one index: any of them was made with another key."""
        return f'exists (select from unnest("{self.column}") as one where left(one, {ID_LETTERS}) <> %s)'


Index = BlindIndex | BlindIndexes


def indexed_models() -> dict[type[models.Model], list[Index]]:
    """Every table of the house that has blind indexes, with these."""
    found = {model: [one for one in model._meta.local_fields if isinstance(one, Index)] for model in apps.get_models()}
    return {model: columns for model, columns in found.items() if columns}


def renew(row: models.Model) -> None:
    """Sets the blind indexes of a row to what they must be today; for writes that do not save it one by one."""
    for column in row._meta.local_fields:
        if isinstance(column, Index):
            setattr(row, column.attname, column.index_of(row))


def make_anew(model: type[models.Model], most: int) -> int:
    """Makes the indexes of a table anew where another key than the present one made them, of so many rows; says of how many.

    Another writer's row is left to the next time. The rows' versions stay: nothing that anyone reads has changed.
    """
    columns, key = indexed_models()[model], keyring().index[0].id
    old = RawSQL(" or ".join(one.old_ones() for one in columns), [key] * len(columns), output_field=models.BooleanField())  # noqa: S611
    rows = list(model._default_manager.select_for_update(skip_locked=True, of=("self",)).filter(old).order_by("pk")[:most])
    for row in rows:
        renew(row)
    model._default_manager.bulk_update(rows, [column.attname for column in columns], batch_size=200)
    return len(rows)
