"""What is done for each node before it serves, as a table, and the commands the demonstration asks.

Every row may be done again at every start: it does only what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One step: what the operator reads, the module to run with its arguments, the role it needs.

    `once` marks what serves both nodes and is done with the first one's settings.
    """

    says: str
    words: tuple[str, ...]
    as_owner: bool = False
    once: bool = False


SETTING_UP: tuple[Setting, ...] = (
    Setting("tables", ("django", "migrate", "--noinput"), as_owner=True),
    Setting("pictures, styles and scripts", ("django", "collectstatic", "--noinput", "--verbosity=0"), once=True),
)

# The command whose output lists the people who can sign in; empty until there is one.
PEOPLE: tuple[str, ...] = ()
