"""One step of the tour, and signing in at the door of the demonstration."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

ARRIVES = 30.0  # seconds for a statement to be taken up on the other node, where the machine has much else to do
UUID = r"([0-9a-f]{8}-[0-9a-f-]{27})"
PDF = b"%PDF-1.4\n% invented paper of the demonstration\n"
TODAY = dt.datetime.now(dt.timezone(dt.timedelta(hours=5))).date()
TODAY_JP = dt.datetime.now(dt.timezone(dt.timedelta(hours=9))).date()
MINUTE = int(dt.datetime.now(dt.UTC).timestamp()) // 60 % 10_000  # what two tours on the same nodes must not both say
Form = dict[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One request and what must come back: a status, texts on the page, a value to remember.

    `form` is sent with what its page carries hidden, as a browser would, and with `files`; `json` as a program would.
    `absent` are texts that must not be there. `keep` maps a name to a pattern with one group; `moments` maps a name to the
    seconds from now, to be used like what was kept. A step that is not as expected is taken again for `within` seconds:
    what one node said needs a moment to reach the other. `code` is that of the refusal where the step must be refused,
    `part` the heading it stands under, `page` the page whose form is sent where that is another than the address itself.
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
    code: str = ""
    part: str = ""
    page: str = ""


def in_days(days: int) -> str:
    """A day counted from today, as a form takes it."""
    return (TODAY + dt.timedelta(days=days)).isoformat()


def act(node: str, who: str, name: str, path: str, form: Form, *, keep: Mapping[str, str] | None = None, **more: object) -> Step:
    """Somebody does something with a form."""
    return Step(node, name, path, "POST", form=form, keep=keep or {}, visitor=who, **more)  # type: ignore[arg-type]


def heard(node: str, who: str, what: str, path: str, text: str = "", absent: tuple[str, ...] = ()) -> Step:
    """The other node took it up: its page shows it within a moment; a step of the line in its list of steps.

    `absent` is what was tried before and refused: statements come in order, so none of it can still be on its way.
    """
    texts = (text or f"<div><b>{what}</b>",)
    return Step(node, f"{node} heard: {what}", path, texts=texts, visitor=who, within=ARRIVES, absent=absent)


def refused(
    node: str, who: str, name: str, path: str, form: Form | None, code: str, said: str, status: int = 422, **more: object
) -> Step:
    """Somebody tries what must be refused: the page says so in a sentence (`said` is a part of it), by this status."""
    method = "GET" if form is None else "POST"
    return Step(node, name, path, method, status, (said,), form=form, visitor=who, code=code, **more)  # type: ignore[arg-type]


def unchanged(node: str, who: str, what: str, path: str, *absent: str, texts: tuple[str, ...] = ()) -> Step:
    """What was refused on one side left the other as it was."""
    return Step(node, f"{node} unchanged: {what}", path, texts=texts, absent=absent, visitor=who)


def under(part: str, *steps: Step) -> tuple[Step, ...]:
    """Steps under one heading."""
    return tuple(replace(one, part=part) for one in steps)


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
