"""`rahdari PACKAGE VERB --as TOKEN …`: every action of every package as a command, read off the action itself.

A member of an action is an option of the same name; what is no plain text, number or day is
given as JSON. The actor is that of the token, with the scopes the token has.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import django
import typer
from pydantic import TypeAdapter, ValidationError

from rahdari.project.cli import clauses, registers

PACKAGES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "domain").glob("*/__init__.py"))
# Written by hand beside those read off the actions: what begins with a file.
WRITTEN: dict[str, dict[str, Callable[..., None]]] = {
    "organisations": {"import": registers.import_register},
    "contracts": {"check-clauses": clauses.check_clauses},
}
GIVEN_BY_US = ("actor", "at")
REFUSED, WRONG = 1, 2


def actions_of(package: str) -> dict[str, Callable[..., Any]]:
    """The actions of a package by the name of their command."""
    if find_spec(f"rahdari.domain.{package}.actions") is None:
        return {}
    room = import_module(f"rahdari.domain.{package}.actions")
    permits = import_module(f"rahdari.domain.{package}.access").PERMITS
    named = {name: getattr(room, name) for name in permits if inspect.isfunction(getattr(room, name, None))}
    return {name.replace("_", "-"): action for name, action in named.items()}


class House(typer.core.TyperGroup):
    """The commands written by hand, and behind them one group for every package that has actions."""

    def list_commands(self, ctx: Any) -> list[str]:
        django.setup()
        return [*super().list_commands(ctx), *(package for package in PACKAGES if actions_of(package))]

    def get_command(self, ctx: Any, name: str) -> Any:
        written = super().get_command(ctx, name)
        if written is not None or name not in PACKAGES:
            return written
        django.setup()
        return _group(name) if actions_of(name) else None


def _group(package: str) -> Any:
    room = import_module(f"rahdari.domain.{package}")
    group = typer.Typer(name=package, no_args_is_help=True, help=(room.__doc__ or "").splitlines()[0])
    group.callback()(lambda: None)
    for name, action in actions_of(package).items():
        group.command(name, help=(inspect.getdoc(action) or "").split("\n\n")[0])(_command(action))
    for name, command in WRITTEN.get(package, {}).items():
        group.command(name)(command)
    return typer.main.get_command(group)


def _command(action: Callable[..., Any]) -> Callable[..., None]:
    """A function of options alone that runs the action; typer reads its signature."""
    token = typer.Option("--as", envvar="RAHDARI_TOKEN", help="the token of whoever acts")
    options = [_option("acts_by", inspect.Parameter.empty, token)]
    for member, told in _members(action):
        options.append(_option(member, told.default, typer.Option(help=_form(action, member))))

    def run(acts_by: str, **given: str | None) -> None:
        _run(action, acts_by, given)

    run.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in options}
    return run


def _option(name: str, default: Any, option: Any) -> inspect.Parameter:
    needed = default is inspect.Parameter.empty
    kind = Annotated[str if needed else str | None, option]
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=inspect.Parameter.empty if needed else None, annotation=kind
    )


def _members(action: Callable[..., Any]) -> Iterator[tuple[str, inspect.Parameter]]:
    for name, told in inspect.signature(action).parameters.items():
        if name not in GIVEN_BY_US:
            yield name, told


def _form(action: Callable[..., Any], member: str) -> str:
    kind = get_type_hints(action)[member]
    return getattr(kind, "__name__", str(kind)).replace("typing.", "")


def _run(action: Callable[..., Any], token: str, given: dict[str, str | None]) -> None:
    from rahdari.base.clock import now
    from rahdari.base.refusal import Refused
    from rahdari.base.work import Missing
    from rahdari.domain.accounts.queries import actor_by_token
    from rahdari.web.words import say

    found = actor_by_token(token, now())
    if found is None:
        _end("This token is unknown, has expired or was revoked.", WRONG)
    members = {name: _value(action, name, text) for name, text in given.items() if text is not None}
    try:
        result = action(actor=found[0], at=now(), **members)
    except Refused as refused:
        _end("\n".join(say(one) for one in refused.refusals), REFUSED)
    except Missing:
        _end("There is no such thing, or it is not yours.", REFUSED)
    told = {name: getattr(result, name) for name in ("pk", "state", "version") if hasattr(result, name)}
    typer.echo(json.dumps(told, default=str, ensure_ascii=False))


def _value(action: Callable[..., Any], member: str, text: str) -> Any:
    shape = TypeAdapter(get_type_hints(action)[member])
    try:
        return shape.validate_python(text)
    except ValidationError:
        try:
            return shape.validate_json(text)
        except ValidationError as wrong:
            told = "; ".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}".strip() for one in wrong.errors())
            _end(f"--{member.replace('_', '-')}: {told}", WRONG)


def _end(message: str, status: int) -> Any:
    typer.echo(message, err=True)
    sys.exit(status)
