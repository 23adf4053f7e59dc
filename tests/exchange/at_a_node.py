"""Acts of people at a running node, told line by line: `{"do": "say", ...}` on standard input, one JSON answer a line.

A process of its own beside the node's programs, in the node's environment; so a test pays for the start of Django once.
Whoever starts it sets Django up before this module is read (`nodes.py`).
"""

from __future__ import annotations

import json
import sys
import traceback
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import day_at, now
from rahdari.domain.cooperation.actions import send_request
from rahdari.domain.exchange.actions import change_partner, roll_keys
from rahdari.domain.notices.actions import approve_notice, draft_notice, recall_notice
from rahdari.domain.notices.rules.notices import Draft, Party

PEOPLE = (uuid.UUID(int=1), uuid.UUID(int=2))


def contact(person: int = 0) -> Actor:
    """An officer of this node's contact point."""
    side = settings.RAHDARI_NODE
    return Actor(side, f"contact_point_{side}", body=f"CONTACT_{side.upper()}", person=PEOPLE[person], name="invented")


def say(text: str, times: int) -> int:
    """The contact point asks the other one, so many times."""
    for number in range(times):
        send_request(actor=contact(), kind="other", questions=["answer"], facts={"what": f"{text} {number}"}, at=now())
    return times


def raise_notice(text: str) -> str:
    """One officer drafts a notice, another one approves it; its id."""
    today = day_at(now(), settings.RAHDARI_NODE)
    about = (Party("organisation", "Hoshizora Bridge (invented)", "OP&HRD/0001/LHR/2020"),)
    draft = Draft(kind="act", category="MOC_B", known_on=today, what=text, asked="investigate", about=about)
    held = draft_notice(actor=contact(), draft=draft, at=now())
    approve_notice(actor=contact(1), notice_id=held.pk, at=now())
    return str(held.pk)


def recall(notice: str) -> str:
    """The contact point takes a notice back."""
    return str(recall_notice(actor=contact(), notice_id=uuid.UUID(notice), reason="recall_wrong_facts", at=now()).pk)


def roll(role: str) -> str:
    """The operator makes a new key for a role and tells every partner."""
    passphrase = (Path(settings.RAHDARI_HOME) / "secrets" / "office_passphrase").read_text().strip()
    operator = machine(settings.RAHDARI_NODE, "command")
    roll_keys(actor=operator, roles=[role], reason="planned", passphrase=passphrase, at=now())
    return role


def change(partner: str, to: str) -> str:
    """The operator pauses a partner (`paused`) or goes on with it (`paired`)."""
    return str(change_partner(actor=machine(settings.RAHDARI_NODE, "command"), node=partner, to=to, at=now()).state)


ACTS: dict[str, Any] = {"say": say, "raise_notice": raise_notice, "recall": recall, "roll": roll, "change": change}


def main() -> None:
    """Does what it is told until its input ends."""
    for line in sys.stdin:
        told = json.loads(line)
        close_old_connections()
        try:
            answer = {"done": ACTS[told.pop("do")](**told)}
        except Exception:
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
