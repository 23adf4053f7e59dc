"""Messages to people: templates in three languages, gateways that carry them, a log of what was sent.

    write_letter(unit, to=person.id, way="sms", address=phone, language="ur",
                 template="accounts/letters/code", values={"code": code})

The row of the log is written with the action; the message leaves after the commit, and how that
went is noted then. The text is never kept here: only the gateway sees it. A template is a text file
`templates/<name>.txt`: its first line is the subject, an empty line, then the text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import override

from .actor import machine
from .models import Letter
from .work import Unit, unit_of_work

WAYS = ("sms", "email")


@dataclass(frozen=True, slots=True)
class Message:
    """A letter ready to leave: to one address, in one language."""

    id: str
    way: str
    address: str
    subject: str
    text: str
    language: str
    template: str
    at: str


class Gateway(Protocol):
    """Carries messages of one way; raises `GatewayFailed` when a message could not be handed over."""

    def send(self, message: Message) -> None: ...


class GatewayFailed(Exception):
    """The gateway did not take a message; the text says why, without the address."""


class FolderGateway:
    """Writes each message into a file under `RAHDARI_HOME/letters`: for demonstrations, tests and trials."""

    def send(self, message: Message) -> None:
        folder = letters_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{message.id}.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(message), ensure_ascii=False, indent=1), encoding="utf-8")


class MailGateway:
    """Hands messages to the mail server of Django's settings."""

    def send(self, message: Message) -> None:
        try:
            EmailMessage(message.subject, message.text, to=[message.address]).send()
        except OSError as failure:  # smtplib's errors are among them
            raise GatewayFailed(type(failure).__name__) from None


def letters_folder() -> Path:
    """Where the folder gateway writes."""
    return Path(settings.RAHDARI_HOME) / "letters"


def letters_in_folder(most: int) -> list[Message]:
    """The newest messages of the folder gateway; their names sort by time."""
    folder = letters_folder()
    paths = sorted(folder.glob("*.json"), reverse=True)[:most] if folder.is_dir() else []
    return [Message(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]


@cache
def _gateway(path: str) -> Gateway:
    return import_string(path)()  # type: ignore[no-any-return]


def gateway_for(way: str) -> Gateway:
    """The gateway the settings name for a way."""
    return _gateway(settings.RAHDARI_GATEWAYS[way])


def address_hint(address: str) -> str:
    """As much of an address as its owner needs to know it again."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…@{host}"[:40] if at else f"{address[:3]} … {address[-2:]}"


def write_letter(
    unit: Unit, *, to: UUID | None, way: str, address: str, language: str, template: str, values: Mapping[str, Any],
    letter_id: UUID | str | None = None,
) -> Letter:  # fmt: skip
    """Notes a letter in the log as part of an action and sends it when the action is committed.

    An empty address costs the same work and is noted as not sent: so an action can answer
    for an address nobody has as it does for a known one. With the `letter_id` of what it is about nobody can write it twice.
    """
    letter = Letter(
        to_person=to,
        way=way,
        address_hint=address_hint(address),
        template=template,
        language=language,
        made_at=unit.at,
        **({"id": letter_id} if letter_id is not None else {}),
    )
    with override(language):
        whole = render_to_string(f"{template}.txt", dict(values)).strip()
    subject, _, text = whole.partition("\n")
    unit.add(letter)
    told = {"subject": subject.strip(), "text": text.strip(), "language": language, "template": template}
    message = Message(id=str(letter.pk), way=way, address=address, at=unit.at.isoformat(), **told)
    transaction.on_commit(partial(_carry, letter, message, unit.actor.node, unit.at))
    return letter


def _carry(letter: Letter, message: Message, node: str, at: dt.datetime) -> None:
    """Hands a message over and notes on its letter how that went: nobody else writes there."""
    failure = "" if message.address else "no address"
    try:
        if message.address:
            gateway_for(message.way).send(message)
    except (GatewayFailed, OSError) as failed:
        failure = str(failed) if isinstance(failed, GatewayFailed) else type(failed).__name__
    with unit_of_work("base.carry_letter", actor=machine(node, "letters"), at=at) as unit:
        letter.sent_at, letter.failed_at = (None, at) if failure else (at, None)
        letter.failure = failure[:200]
        unit.save(letter)
        unit.about(letter, way=letter.way, template=letter.template, carried=not failure)
