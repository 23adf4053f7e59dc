"""`rahdari pass`: what is needed to check clearance passes without a network, and the check itself."""

from __future__ import annotations

import datetime as dt
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import django
import typer

app = typer.Typer(name="pass", no_args_is_help=True, help="Clearance passes: check one without a network.")
# What the exit status says; 2 is a wrong use of the command.
STATUS = {
    "good": 0,
    "malformed": 10,
    "signature": 11,
    "key_unknown": 12,
    "key_out_of_validity": 13,
    "not_a_pass": 14,
    "revoked": 15,
    "expired": 16,
    "not_yet_valid": 17,
    "other_person": 18,
    "no_list": 19,
    "list_too_old": 20,
    "blank_slip": 21,
}
WRONG = 2
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@app.command()
def verify(
    paper: Annotated[str, typer.Argument(help="file with what stands in the code of a pass, or - for standard input")],
    kit: Annotated[
        str, typer.Option(help="file with keys and lists, as GET /api/checks/pass-kit or `rahdari pass kit` gives it")
    ],
    passport: Annotated[str, typer.Option(help="number of the passport shown; its last four characters are enough")] = "",
    born: Annotated[str, typer.Option(help="birth date in the passport shown (ISO)")] = "",
    photo: Annotated[str, typer.Option(help="file of the photo the pass was made with")] = "",
    at: Annotated[str, typer.Option(help="the moment to check for, with its zone (ISO); now if unsaid")] = "",
    language: Annotated[str, typer.Option(help="en, ur or ja")] = "en",
) -> None:
    """Checks a pass without a network or a database: the words on standard error, all that was found as JSON on standard output.

    Exit status 0 good, 10 malformed, 11 forged or changed, 12 key unknown, 13 key not in force, 14 no pass, 15 revoked,
    16 expired, 17 not yet valid, 18 another person, 19 no list, 20 list too old, 21 blank slip.
    """
    django.setup()
    from django.conf import settings
    from django.utils.translation import override

    from rahdari.base.clock import now
    from rahdari.domain.checks.queries.papers import verdict_told
    from rahdari.domain.departures.rules.passes import PHOTO, Shown, check_pass, list_against
    from rahdari.domain.exchange.rules.papers import key_told
    from rahdari.seals.forms import encode
    from rahdari.web.words import shelf

    if language not in dict(settings.LANGUAGES):
        _wrong(f"There is no language {language!r} here.")
    keys, lists = _kit(kit, key_told)
    read = (found for one in lists if (found := list_against(one, keys)) is not None)
    digest = encode(sha256(_read(photo)).digest())[:PHOTO] if photo else ""
    shown = Shown(passport, _day(born) if born else None, digest)
    moment = _moment(at) if at else now()
    verdict = check_pass(_text(_read(paper)), keys, lists=list(read), shown=shown, at=moment)
    typer.echo(json.dumps(verdict_told(verdict), ensure_ascii=False, indent=2))
    with override(language):
        for name in verdict.findings or (verdict.outcome,):
            typer.echo(f"{shelf('CODES')[f'pass_{name}']} {shelf('CODES')[f'pass_more_{name}']}", err=True)
    raise typer.Exit(STATUS[verdict.outcome])


@app.command()
def kit(
    file: Annotated[str, typer.Argument(help="where to write keys and lists, or - for standard output")],
) -> None:
    """Writes the keys and the newest lists of revoked passes this node has, for checking elsewhere without a network."""
    django.setup()
    from rahdari.base.clock import now
    from rahdari.domain.departures.queries.passes import pass_lists
    from rahdari.domain.exchange.queries.papers import paper_keys

    told = json.dumps({"keys": [one.told() for one in paper_keys()], "lists": pass_lists(now())}, indent=2)
    if file == "-":
        typer.echo(told)
    else:
        Path(file).write_text(told + "\n", encoding="utf-8")


def _kit(file: str, key_told: Any) -> tuple[list[Any], list[str]]:
    try:
        told = json.loads(_read(file))
        return [key_told(one) for one in told["keys"]], [str(one) for one in told["lists"]]
    except (ValueError, KeyError, TypeError):
        _wrong(f"{file} holds no keys and lists for passes.")
        raise


def _text(raw: bytes) -> str:
    if raw.startswith(PICTURES):
        _wrong("This is a picture. No reader of pictures is at hand: scan the code, and give what stands in it.")
    return raw.decode("utf-8", "replace")


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        _wrong(f"{file}: {error.strerror or error}")
        raise


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _wrong(f"{text!r} is not a date; write it as 1999-02-01.")
        raise


def _moment(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        _wrong(f"{text!r} is not a moment; write it as 2027-03-09T12:00:00+05:00.")
        raise ValueError(text)
    return found.astimezone(dt.UTC)


def _wrong(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG)
