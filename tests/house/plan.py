"""The plan of the house, read off the code: packages, rooms, doors, actions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rahdari.base.access import Permit
from rahdari.base.actor import stranger
from rahdari.domain.accounts.rules.roles import roles_on

PROJECT = Path(__file__).resolve().parent.parent.parent
HOUSE = PROJECT / "rahdari"
PACKAGES = sorted(path.parent.name for path in (HOUSE / "domain").glob("*/__init__.py"))


def sources(folder: Path = HOUSE) -> list[Path]:
    """Every Python file of ours; migrations are written by Django."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def room_files(package: str, room: str) -> list[Path]:
    """The file of a room, or the files of its folder."""
    home = HOUSE / "domain" / package
    return [path for path in (home / f"{room}.py", *sorted((home / room).glob("*.py"))) if path.is_file()]


def room(package: str, name: str) -> Any:
    """A room as a module, None when the package has none."""
    return import_module(f"rahdari.domain.{package}.{name}") if room_files(package, name) else None


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its route."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def restricted() -> list[tuple[str, URLPattern]]:
    """The addresses of pages that a stranger may not open."""
    found = []
    for route, pattern in patterns():
        permit = getattr(pattern.callback, "permit", None)
        if isinstance(permit, Permit) and all(permit.why_not(stranger(node)) for node in ("pk", "jp")):
            found.append((route, pattern))
    return found


SEATS = [(node, role.code) for node in ("pk", "jp") for role in roles_on(node) if role.held]
ANY = {"uuid": "0198c0de-0000-7000-8000-000000000000", "int": 1, "slug": "CONSTRUCTION", "str": "x"}


def address_of(pattern: URLPattern, **told: Any) -> str:
    """An address of a route, with the arguments told and any other where none was."""
    kinds = {name: type(one).__name__.removesuffix("Converter").lower() for name, one in pattern.pattern.converters.items()}
    return reverse(str(pattern.name), kwargs={name: told.get(name, ANY.get(kind, "x")) for name, kind in kinds.items()})


def operations() -> Iterator[tuple[str, Any]]:
    """Every operation of the API: its path and the function behind it."""
    from rahdari.project.openapi import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for one in view.operations:
                yield f"{prefix}{path}", one.view_func


def public_functions(path: Path) -> list[ast.FunctionDef]:
    """The functions of a file that others call."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [one for one in tree.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]


# Whose actions are carried out by parts in several files (docs/decisions/0012-parts-of-the-exchange.md).
IN_PARTS = {"exchange"}


def functions_of_actions() -> list[tuple[str, ast.FunctionDef]]:
    """Every public function in a room of actions: package and function."""
    return [
        (package, function)
        for package in PACKAGES
        for path in room_files(package, "actions")
        if path.name != "__init__.py"
        for function in public_functions(path)
    ]


def units_opened(function: ast.FunctionDef) -> list[str]:
    """The names of the units of work a function opens."""
    return [
        str(one.args[0].value) if isinstance(one.args[0], ast.Constant) else ""
        for one in ast.walk(function)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "unit_of_work"
    ]


def actions() -> list[tuple[str, ast.FunctionDef]]:
    """Every action: package and function; where actions are in parts, what opens a unit under its own name."""
    return [
        (package, function)
        for package, function in functions_of_actions()
        if package not in IN_PARTS or units_opened(function) == [f"{package}.{function.name}"]
    ]
