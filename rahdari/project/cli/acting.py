"""What every operator's command on the exchange shares: the operator as an actor, and refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
import typer


def operator() -> Any:
    """The operator at the machine: whoever may run a command in this home."""
    django.setup()
    from django.conf import settings

    from rahdari.base.actor import machine

    return machine(settings.RAHDARI_NODE, "command")


@contextmanager
def in_words() -> Iterator[None]:
    """Says why something was refused, and ends with the status 1."""
    django.setup()
    from rahdari.base.refusal import Refused
    from rahdari.domain.exchange.outside.calling import NoAnswer
    from rahdari.domain.exchange.outside.keyring import NotFounded
    from rahdari.web.words import say

    try:
        yield
    except Refused as refused:
        for one in refused.refusals:
            typer.echo(f"{say(one)} ({one.code})", err=True)
        raise typer.Exit(1) from None
    except NoAnswer as silence:
        typer.echo(f"The partner did not answer: {silence}", err=True)
        raise typer.Exit(1) from None
    except NotFounded:
        typer.echo("This node has no keys yet: rahdari node init", err=True)
        raise typer.Exit(1) from None
