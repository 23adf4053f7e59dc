"""`rahdari keys`: the secrets of a node and the keys of its personal fields."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Annotated, Any

import django
import typer

from rahdari.project.cli.acting import in_words, operator
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


@app.command("list")
def show() -> None:
    """The exchange keys of this node and of its partners, with their days left."""
    operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.models import PartnerKey
    from rahdari.domain.exchange.outside.keyring import own_keys

    today = now().timestamp()
    with in_words():
        for key in own_keys():
            state = "destroyed" if not key.pem else "retired" if key.retired_at else ""
            _say_key("ours", key.public.role, key.public.kid, key.public.exp - today, state)
        for row in PartnerKey.objects.select_related("partner").order_by("partner__node", "role", "nbf"):
            state = (
                "compromised" if row.compromised else "retired" if row.retired_at else "" if row.confirmed else "not confirmed"
            )
            _say_key(row.partner.node, row.role, row.kid, row.exp - today, state)


def _say_key(whose: str, role: str, kid: str, left: float, state: str) -> None:
    typer.echo(f"{whose:4}  {role:7}  {kid}  {max(0, int(left // 86_400)):5} days left  {state}".rstrip())


@app.command("roll")
def roll(
    roles: Annotated[list[str], typer.Argument(help="office, clerk, gateway, journal, sealing")],
    passphrase_file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="with the passphrase of the office key")],
    reason: Annotated[str, typer.Option(help="planned, lost or compromised")] = "planned",
) -> None:
    """Makes new keys for these roles and tells every partner, signed by the office key."""
    actor = operator()
    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import roll_keys

    with in_words():
        token = roll_keys(actor=actor, roles=roles, reason=reason, passphrase=passphrase_file.read_text().strip(), at=now())
    typer.echo(token)


@app.command("pin")
def pin(
    certificate: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="of the web server, as PEM")],
    passphrase_file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="with the passphrase of the office key")],
) -> None:
    """Tells every partner the key of our web server, from now on the only one they connect to. Do it before the key changes."""
    actor = operator()
    from cryptography.x509 import load_pem_x509_certificate

    from rahdari.base.clock import now
    from rahdari.domain.exchange.actions import roll_keys
    from rahdari.domain.exchange.outside.calling import hash_of_server_key

    with in_words():
        try:
            tls = hash_of_server_key(load_pem_x509_certificate(certificate.read_bytes()))
        except ValueError:
            raise typer.BadParameter(f"{certificate} is no certificate in PEM") from None
        passphrase = passphrase_file.read_text().strip()
        roll_keys(actor=actor, reason="planned", passphrase=passphrase, tls=tls, at=now())
    typer.echo(tls)


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
