"""`rahdari keys`: the secrets of a node and the keys of its personal fields."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import django
import typer

from rahdari.project.launch.home import write_whole

app = typer.Typer(no_args_is_help=True, help="Secrets of the node and keys of its personal fields.")


@app.command("rotate-fields")
def rotate_fields() -> None:
    """Puts new keys before the old ones and closes every personal field again with them; old keys stay until `forget-old`."""
    path = _path()
    held = json.loads(path.read_text()) if path.is_file() else {}
    from rahdari.base.secrets import with_new_keys

    _keep(path, with_new_keys(held))
    reclose()


@app.command("reclose-fields")
def reclose() -> None:
    """Closes again what older keys closed: finishes a rotation that was stopped."""
    from django.conf import settings

    from rahdari.base.actor import machine
    from rahdari.base.clock import now
    from rahdari.domain.accounts.actions import reclose_fields

    actor, total = machine(settings.RAHDARI_NODE, "command"), 0
    while (done := reclose_fields(actor=actor, at=now())).fields:
        total += done.fields
        typer.echo(f"{total} rows closed again")
    typer.echo("nothing is closed with an older key any more")


@app.command("forget-old")
def forget_old() -> None:
    """Takes the old keys out of the key file, once nothing is closed with them any more."""
    path = _path()
    reclose()
    from rahdari.base.secrets import with_present_keys_only

    _keep(path, with_present_keys_only(json.loads(path.read_text())))


@app.command("new-secret")
def new_secret() -> None:
    """Prints a fresh secret for RAHDARI_SECRET_KEY_FILE; a new one signs everybody out."""
    typer.echo(secrets.token_urlsafe(64))


def _path() -> Path:
    django.setup()
    from django.conf import settings

    return Path(settings.RAHDARI_FIELD_KEYS_FILE)


def _keep(path: Path, held: dict[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, json.dumps(held, indent=2) + "\n", mode=0o600)
