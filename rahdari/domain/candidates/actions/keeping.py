"""Parts of actions on files: what was settled put into the row, with the indexes by which it is found again."""

from __future__ import annotations

from typing import Any

from rahdari.base.secrets import blind
from rahdari.domain.organisations.rules.names import keys_of_person
from rahdari.names.doors import VERSION

from ..models import File
from ..queries.finding import NAME_KEY, PASSPORT

MOST_KEYS = 160


def _put(file: File, members: dict[str, Any]) -> None:
    """Puts settled members into a file, with the indexes by which it is found again."""
    for member, value in members.items():
        setattr(file, member, value)
    file.passport_index = blind(file.passport_no, PASSPORT) if file.passport_no else None
    _put_names(file)


def _put_names(file: File) -> None:
    """Puts the keys by which a file is found by any of its names."""
    names = filter(None, (file.name, file.name_urdu, *file.spellings))
    keys = dict.fromkeys(key for name in names for key in keys_of_person(name))
    file.keyed_by = VERSION
    file.name_keys = [blind(key, NAME_KEY) for key in list(keys)[:MOST_KEYS]]
