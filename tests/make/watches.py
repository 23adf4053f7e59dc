"""A member of the family who watches a worker's way, made as people make it: both phones answer their code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from django.test import Client

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.domain.accounts.actions import allow_proxy, ask_proxy
from rahdari.domain.accounts.actions import proxies as room
from rahdari.domain.accounts.models import Proxy
from rahdari.domain.accounts.rules.proxies import SEES
from tests.make.people import actor_as, sign_in_as, worker

OWN, THEIRS, CODE = "+923001110001", "+923001110002", "424242"


def asked(who: Actor, phone: str = THEIRS, *, sees: Sequence[str] = SEES, at: dt.datetime | None = None) -> Proxy:
    """A watch that waits for both codes; each of them is `CODE`."""
    with patch.object(room.secrets, "randbelow", return_value=int(CODE)):
        return ask_proxy(actor=who, name="Ammi (invented)", phone=phone, sees=sees, at=at or now())


def allowed(who: Actor, phone: str = THEIRS, *, sees: Sequence[str] = SEES, at: dt.datetime | None = None) -> Proxy:
    """A watch both phones agreed to."""
    made = asked(who, phone, sees=sees, at=at)
    done = allow_proxy(actor=who, proxy_id=made.pk, own_code=CODE, their_code=CODE, at=at or now())
    assert done is not None
    return done


def asked_of_another(client: Client) -> Any:
    """A watch another worker asked for."""
    sign_in_as(client, worker("0300 7654321"))
    return asked(actor_as(worker(OWN, "17301-9999999-1"))).pk


def allowed_of_another(client: Client) -> Any:
    """A watch between two others."""
    sign_in_as(client, worker("0300 7654321"))
    return allowed(actor_as(worker(OWN, "17301-9999999-1"))).pk


FOREIGN = {
    "accounts.allow_proxy": ("pk", asked_of_another),
    "accounts.end_proxy": ("pk", allowed_of_another),
    "accounts.see_watched": ("pk", allowed_of_another),
}
