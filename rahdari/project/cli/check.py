"""`rahdari check NAME FACTS.json`: asks a checker, without a database."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import django
import typer

CANNOT_ANSWER = 2


def check(
    name: Annotated[str, typer.Argument(help="eligibility, costs, stay, suspension, deadlines or identifiers")],
    facts: Annotated[str, typer.Argument(help="file with the facts as JSON, or - for standard input; an array asks many")],
    language: Annotated[str, typer.Option(help="en, ur or ja")] = "en",
    today: Annotated[str, typer.Option(help="the day to ask for, when the facts name none (ISO)")] = "",
    reference: Annotated[str, typer.Option(help="folder with other reference tables")] = "",
) -> None:
    """Asks one of the six public checkers and prints the answer as JSON; exit status 2 when the facts are refused."""
    django.setup()
    from django.conf import settings
    from django.utils.translation import override

    from rahdari.base.actor import stranger
    from rahdari.base.clock import day_at, now
    from rahdari.base.facts import WrongFacts
    from rahdari.base.reference import read_book, shipped_book
    from rahdari.domain.checks.queries import CHECKERS, answer_to, answers_to, error_of
    from rahdari.web.api import strict_json
    from rahdari.web.words import say_fault

    if name not in CHECKERS:
        _refuse(f"There is no checker {name!r}. There are: {', '.join(CHECKERS)}.")
    if language not in dict(settings.LANGUAGES):
        _refuse(f"There is no language {language!r} here. There are: {', '.join(dict(settings.LANGUAGES))}.")
    asked: dict[str, Any] = {
        "book": read_book(Path(reference)) if reference else shipped_book(),
        "today": _day(today) if today else day_at(now(), settings.RAHDARI_NODE),
        "language": language,
    }
    actor = stranger(settings.RAHDARI_NODE, "command")
    try:
        given = strict_json(_read(facts))
        answer = (answers_to if isinstance(given, list) else answer_to)(actor, name, given, **asked)
    except WrongFacts as wrong:
        _show(error_of(wrong, language))
        with override(language):
            for fault in wrong.faults:
                typer.echo(f"{fault.path or '/'}: {say_fault(fault)}", err=True)
        raise typer.Exit(CANNOT_ANSWER) from None
    _show(answer)


def check_paper(
    paper: Annotated[str, typer.Argument(help="file with what stands in the code of a paper, or - for standard input")],
    keys: Annotated[str, typer.Option(help="file with the list of keys, as GET /api/checks/paper-keys gives it")],
) -> None:
    """Checks a paper without a network or a database and prints what it says as JSON; exit status 1 unless it is genuine."""
    from rahdari.domain.checks.queries.papers import paper_told
    from rahdari.domain.exchange.rules.papers import key_told, read_against

    try:
        known = [key_told(one) for one in json.loads(_read(keys))["keys"]]
    except (ValueError, KeyError, TypeError):
        _refuse(f"{keys} is no list of keys for papers.")
        raise
    typed = _read(paper).decode("utf-8", "replace")
    read = read_against("".join(typed.split()).rpartition("#")[2], known)
    _show({"outcome": read.outcome, "paper": paper_told(read)})
    raise typer.Exit(0 if read.genuine else 1)


def _read(facts: str) -> bytes:
    if facts == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(facts).read_bytes()
    except OSError as error:
        _refuse(f"{facts}: {error.strerror or error}")
        raise


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        _refuse(f"{text!r} is not a date; write it as 2026-11-25.")
        raise


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(CANNOT_ANSWER)


def _show(answer: object) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
