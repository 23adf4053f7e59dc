"""Documents that are read off the code, so that they cannot fall behind it.

python -m rahdari.project.documents           writes them
python -m rahdari.project.documents --check   says which differ; exit status 1 if any
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from typer.main import get_command

PROJECT = Path(__file__).resolve().parent.parent.parent
GENERATED = "Written by `bin/dev fix` from the code; do not edit."


def documents() -> Mapping[Path, str]:
    """Every generated document: where it lies, and its text."""
    docs = PROJECT / "docs"
    return {
        docs / "api" / "openapi.json": openapi(),
        docs / "commands.md": commands(),
        docs / "settings.md": settings_page(),
        docs / "tour.md": import_module("rahdari.project.tour_page").page(GENERATED),
        **{docs / "states" / f"{package}.{name}.md": text for package, name, text in states()},
        **{docs / "api" / "exchange" / name: text for name, text in statements().items()},
    }


def openapi() -> str:
    """The OpenAPI document."""
    api = import_module("rahdari.project.openapi").api
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def commands() -> str:
    """Every command with its help."""
    app = import_module("rahdari.project.cli.app").app
    lines = ["# Commands", "", GENERATED, ""]
    for name, command in _tree("rahdari", get_command(app)):
        told = command.help or ""
        lines += [f"## `{name}`", "", told.split("\f")[0].strip(), ""]
        for one in command.params:
            about = getattr(one, "help", "") or ""
            if one.name not in ("help", "install_completion", "show_completion"):
                lines.append(f"- `{' '.join(one.opts) if one.opts[0].startswith('-') else one.name.upper()}` {about}".rstrip())
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _tree(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        yield name, command
        return
    for word in sorted(command.list_commands(None)):
        yield from _tree(f"{name} {word}", command.get_command(None, word))


def settings_page() -> str:
    """The variables of the environment, from the head of `settings.py`."""
    settings = import_module("rahdari.project.settings")
    return f"# Settings\n\n{GENERATED}\n\n{(settings.__doc__ or '').strip()}\n"


def states() -> Iterator[tuple[str, str, str]]:
    """Every state machine: package, name, its diagram."""
    diagram = import_module("rahdari.base.states").diagram
    for path in sorted((PROJECT / "rahdari" / "domain").glob("*/rules*")):
        package = path.parent.name
        rules = import_module(f"rahdari.domain.{package}.rules")
        for name, moves in vars(rules).items():
            if name.endswith("MOVES"):
                title = f"# {package}: {name.lower().replace('_', ' ')}"
                yield package, name.lower(), f"{title}\n\n{GENERATED}\n\n```mermaid\n{diagram(moves)}```\n"


def statements() -> Mapping[str, str]:
    """The schema of every statement, and the page about them."""
    pages: Mapping[str, str] = import_module("rahdari.project.statement_pages").statement_pages(GENERATED)
    return pages


def main(arguments: list[str]) -> int:
    django.setup()
    differing = []
    for path, text in documents().items():
        if "--check" in arguments:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                differing.append(str(path.relative_to(PROJECT)))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if differing:
        print("These documents differ from the code (bin/dev fix writes them):", *differing, sep="\n  ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
