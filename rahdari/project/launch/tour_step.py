"""One step of the tour, and signing in at the door of the demonstration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One request and what must come back: a status, texts on the page, a value to remember.

    `form` is sent with what its page carries hidden, as a browser would, and with `files`; `json` as a program would.
    `absent` are texts that must not be there. `keep` maps a name to a pattern with one group; `moments` maps a name to the
    seconds from now, to be used like what was kept. A step that is not as expected is taken again for `within` seconds:
    what one node said needs a moment to reach the other.
    """

    node: str
    name: str
    path: str
    method: str = "GET"
    status: int | tuple[int, ...] = 200
    texts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    form: Mapping[str, str] | None = None
    json: Mapping[str, object] | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    visitor: str = "anyone"
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    moments: Mapping[str, int] = field(default_factory=dict)
    within: float = 0.0


def sign_in(node: str, visitor: str, address: str) -> tuple[Step, ...]:
    """Signs a member of staff in on the demonstration's own door, by the name of their address."""
    return _enter(node, visitor, rf">{address}(?:<wbr>)?@", "<h1>Worklist</h1>")


def sign_in_worker(node: str, visitor: str, phone: str) -> tuple[Step, ...]:
    """Signs a worker in by their phone."""
    return _enter(node, visitor, re.escape(phone), "My account")


def _enter(node: str, visitor: str, before: str, welcome: str) -> tuple[Step, ...]:
    door = "/en/account/demonstration/"
    found = rf'(?s){before}(?:(?!</tr>).)*?name="person" value="([^"]+)"'
    return (
        Step(node, f"find {visitor}", door, keep={visitor: found}, visitor=visitor),
        Step(
            node,
            f"sign in as {visitor}",
            door,
            "POST",
            texts=(welcome,),
            form={"person": "{" + visitor + "}"},
            visitor=visitor,
        ),
    )
