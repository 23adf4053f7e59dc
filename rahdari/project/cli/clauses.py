"""`rahdari contracts check-clauses FILE`: what no contract may say, found in many texts at once; needs no database."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

WRONG = 2
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_TEXT = 200_000
LANGUAGES = {"en": "en", "eng": "en", "ur": "ur", "urd": "ur", "ja": "ja", "jpn": "ja", "jp": "ja"}


def check_clauses(
    file: Annotated[str, typer.Argument(help='file of lines {"id","lang","text"} as JSON, or - for standard input')],
    reference: Annotated[str, typer.Option(help="folder with other reference tables")] = "",
) -> None:
    """Finds what no contract may say and prints one line of JSON a text: {"id","findings":[{"code","span"}]}.

    A code is deposit, penalty, passport_keeping, deduction, limits_on_freedom or pay_below_japanese. A span is [start, end)
    in characters (code points) of the text as given. `lang` is en, ur or ja; other members of a line are passed over. Where
    a line is wrong, every wrong line is named on the error output, nothing is printed, and the exit status is 2.
    """
    from rahdari.base.reference import read_book, shipped_book
    from rahdari.domain.jobs.rules.clauses import find_clauses

    lines, wrong = _read(_content(file))
    if wrong:
        _end("\n".join(wrong))
    book = read_book(Path(reference)) if reference else shipped_book()
    for told in lines:
        found = find_clauses(told["text"], book, told["lang"])
        findings = [{"code": one.code, "span": [one.begin, one.end]} for one in found]
        typer.echo(json.dumps({"id": told["id"], "findings": findings}, ensure_ascii=False))


def _content(file: str) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        _end(f"{file}: {error.strerror or error}")
    if len(content) > LARGEST_FILE:
        _end(f"{file}: larger than {LARGEST_FILE // 1024 // 1024} MB.")
    return content


def _read(content: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    """The lines as told, and what is wrong with which."""
    lines: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        told = _line(line)
        if isinstance(told, str):
            wrong.append(f"line {number}: {told}")
        else:
            lines.append(told)
    seen: set[str] = set()
    for told in lines:
        name = json.dumps(told["id"])
        if name in seen:
            wrong.append(f"id {name}: stands there twice.")
        seen.add(name)
    return lines, wrong


def _line(line: bytes) -> dict[str, Any] | str:
    """What a line says, or what is wrong with it."""
    from rahdari.base.facts import WrongFacts
    from rahdari.web.api import strict_json

    try:
        told = strict_json(line)
    except (WrongFacts, ValueError, RecursionError):
        return "no JSON in UTF-8."
    if not isinstance(told, dict):
        return 'no object {"id","lang","text"}.'
    missing = [name for name in ("id", "lang", "text") if name not in told]
    if missing:
        return f"without {', '.join(missing)}."
    if not isinstance(told["id"], str | int) or isinstance(told["id"], bool):
        return "the id is neither a text nor a number."
    if not isinstance(told["lang"], str) or _language(told["lang"]) is None:
        return "the language is not en, ur or ja."
    if not isinstance(told["text"], str):
        return "the text is no text."
    if len(told["text"]) > LONGEST_TEXT:
        return f"the text is longer than {LONGEST_TEXT} characters."
    if isinstance(told["id"], str) and not told["id"].isprintable():
        return "the id holds characters that cannot be printed."
    return {"id": told["id"], "lang": _language(told["lang"]), "text": told["text"]}


def _language(told: str) -> str | None:
    return LANGUAGES.get(told.strip().lower().replace("_", "-").split("-")[0])


def _end(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG)
