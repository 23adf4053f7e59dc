"""What is done for each node before it serves, as a table, and the commands the demonstration asks.

Every row may be done again at every start: it does only what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One step: what the operator reads, the module to run with its arguments, the role it needs.

    `once` marks what serves both nodes of the demonstration and is done with the first one's settings;
    `beside` what may run at the same time as the row before it; `demonstration` what is done in one only.
    """

    says: str
    words: tuple[str, ...]
    as_owner: bool = False
    once: bool = False
    beside: bool = False
    demonstration: bool = False


RAHDARI = "rahdari.project.cli"
# The commands that make a node's keys of the exchange, and that say the fingerprint of its office key.
FOUND: tuple[str, ...] = (RAHDARI, "node", "found")
FINGERPRINT: tuple[str, ...] = (RAHDARI, "node", "fingerprint")

SETTING_UP: tuple[Setting, ...] = (
    Setting("translations", ("rahdari.project.catalogues",), once=True),
    Setting("tables", ("django", "migrate", "--noinput"), as_owner=True),
    Setting("styles, scripts and pictures", ("django", "collectstatic", "--noinput", "--verbosity=0"), once=True, beside=True),
    Setting("tables of the law", (RAHDARI, "reference", "load")),
    Setting("public bodies", (RAHDARI, "people", "bodies")),
    Setting("demonstration people and organisations", (RAHDARI, "people", "demonstration"), demonstration=True),
    Setting("keys of the exchange", FOUND, demonstration=True),  # a node by itself asks for a passphrase first
)

# What runs for each node beside its web server: a name for people and the module with its arguments.
BESIDE_WEB: tuple[tuple[str, tuple[str, ...]], ...] = (("work", (RAHDARI, "node", "work")),)

# The command whose output lists the people who can sign in, a line each.
PEOPLE: tuple[str, ...] = (RAHDARI, "people", "list")

# The command of the pairing ceremony; the partner's address and `--fingerprint F` follow.
PAIR: tuple[str, ...] = (RAHDARI, "partner", "add")


def rows_together(settings: Iterable[Setting]) -> list[list[Setting]]:
    """The rows in order, those that may run at the same time together."""
    rows: list[list[Setting]] = []
    for setting in settings:
        if setting.beside and rows:
            rows[-1].append(setting)
        else:
            rows.append([setting])
    return rows
