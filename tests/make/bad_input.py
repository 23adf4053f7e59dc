"""Forms as a browser reads them, and naughty strings sent through them: a clear answer each time, and nothing kept of a refused one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import resolve

from rahdari.base.models import AuditEntry, OutboxEntry, Tries
from tests.make.sure import SURE

NAUGHTY = json.loads((Path(__file__).parents[1] / "vectors" / "naughty_strings.json").read_text(encoding="utf-8"))
ROUNDS = 1  # with every naughty string once in `bin/dev sure`
LANGUAGE = "ur"
URLENCODED = "application/x-www-form-urlencoded"
COUNTS_WRONG_TRIES = {"accounts.enter_code"}
Controls = dict[str, tuple[str, str]]


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: where to, and their controls with name, kind and value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Controls]] = []
        self.open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.open = told.get("method", "get") == "post"
            if self.open:
                self.found.append((told.get("action") or "", {}))
        elif tag in ("input", "select", "textarea", "button") and told.get("name") and self.found and self.open:
            kind = told.get("type") or tag
            self.found[-1][1].setdefault(str(told["name"]), (kind, told.get("value") or ""))


def name_of(address: str) -> str:
    """The name of the page at an address."""
    return str(resolve(address.partition("?")[0]).url_name)


def kept() -> tuple[int, int]:
    """How much the node has recorded and said."""
    return AuditEntry.objects.count(), OutboxEntry.objects.count()


def send(client: Client, target: str, body: Any, **more: Any) -> Any:
    """One try; the counters of tries are not what is asked here."""
    Tries.objects.all().delete()
    before = kept()
    answer = client.post(target, body, **more)
    assert answer.status_code < 500, (answer.status_code, target, body)
    if answer.status_code >= 400:
        assert f'lang="{LANGUAGE}"' in answer.content.decode(), (target, answer.status_code)
        if name_of(target) not in COUNTS_WRONG_TRIES:
            assert kept() == before, target
    return answer


def send_naughty(client: Client, target: str, controls: Controls) -> int:
    """Naughty strings in every control, and in those that are typed while the others are as shown; says how many tries."""
    plain = {name: value for name, (_, value) in controls.items()}
    typed = {name for name, (kind, _) in controls.items() if kind in ("text", "textarea", "input")}
    sent = 0
    for hand in _hands(controls, target):
        for body in (hand, plain | {name: text for name, text in hand.items() if name in typed}):
            send(client, target, urlencode(body, errors="surrogatepass"), content_type=URLENCODED)
            sent += 1
    return sent


def _hands(controls: Controls, seed: str) -> Iterator[dict[str, str]]:
    """Naughty strings dealt to the controls of a form, each string to one control at most."""
    deck = random.Random(seed).sample(NAUGHTY, len(NAUGHTY))
    most = len(deck) if SURE else min(len(deck), ROUNDS * len(controls))
    for first in range(0, most, len(controls)):
        yield dict(zip(controls, deck[first : first + len(controls)], strict=False))
