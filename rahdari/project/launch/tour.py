"""The scripted tour of `bin/demo --check`: a walk over HTTP through both nodes, as a table of steps.

To add a step, add a row to `STEPS`. A row stands on the rows before it: the same
`visitor` keeps cookies from step to step, and what a step remembers with `keep` may be
used in later addresses and forms as `{name}`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

TIMEOUT = 30.0  # seconds
LANGUAGES = {"en": "ltr", "ur": "rtl", "ja": "ltr"}


@dataclass(frozen=True, slots=True)
class Step:
    """One request and what must come back: a status, texts on the page, a value to remember.

    `form` is sent with the token of its page, as a browser would; `json` as a program would.
    `absent` are texts that must not be there. `keep` maps a name to a pattern with one group.
    """

    node: str
    name: str
    path: str
    method: str = "GET"
    status: int = 200
    texts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    form: Mapping[str, str] | None = None
    json: Mapping[str, object] | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    visitor: str = "anyone"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: `fault` is empty when all was as expected."""

    step: Step
    fault: str

    @property
    def good(self) -> bool:
        return not self.fault


def _every_node() -> tuple[Step, ...]:
    steps = []
    for node in ("pk", "jp"):
        steps.append(Step(node, "alive", "/healthz", texts=("alive",)))
        steps.append(Step(node, "ready", "/readyz", texts=('"ready"',)))
        for language, direction in LANGUAGES.items():
            marks = (f'lang="{language}"', f'dir="{direction}"')
            steps.append(Step(node, f"start page ({language})", f"/{language}/", texts=marks))
    return tuple(steps)


STEPS: tuple[Step, ...] = _every_node()


def walk(addresses: Mapping[str, str], steps: tuple[Step, ...] | None = None) -> list[Taken]:
    """Takes every step (of `STEPS`) in order and says how each went; `addresses` by node, without a slash at the end."""
    taken: list[Taken] = []
    kept: dict[str, str] = {}
    visitors: dict[tuple[str, str], httpx.Client] = {}
    try:
        for step in STEPS if steps is None else steps:
            who = (step.node, step.visitor)
            if who not in visitors:
                # The environment's proxies are for the world outside, not for this machine.
                visitors[who] = httpx.Client(base_url=addresses[step.node], timeout=TIMEOUT, trust_env=False)
            taken.append(Taken(step, _take(step, visitors[who], kept)))
    finally:
        for client in visitors.values():
            client.close()
    return taken


def table(taken: list[Taken]) -> str:
    """The walk as a table for a terminal, with the number of steps that failed."""
    rows = [(one.step.node, one.step.method, one.step.path, one.step.name, one.fault or "as expected") for one in taken]
    heads = ("node", "", "address", "step", "answer")
    widths = [max(_width(row[column]) for row in (heads, *rows)) for column in range(len(heads) - 1)]
    lines = [
        _line(heads, widths, "   "),
        *(_line(row, widths, "ok " if one.good else "NO ") for one, row in zip(taken, rows, strict=True)),
    ]
    failed = sum(not one.good for one in taken)
    lines.append(f"{len(taken)} steps, {'all as expected' if not failed else f'{failed} NOT as expected'}")
    return "\n".join(lines)


def _take(step: Step, client: httpx.Client, kept: dict[str, str]) -> str:
    """The fault of a step, empty when there is none."""
    try:
        answer = _ask(step, client, kept)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        return f"no answer: {problem or type(problem).__name__}"
    except KeyError as missing:
        return f"an earlier step should have kept {missing}"
    for name, pattern in step.keep.items():
        found = re.search(pattern, answer.text)
        if found:
            kept[name] = found[1]
    faults = [] if answer.status_code == step.status else [f"status {answer.status_code} instead of {step.status}"]
    faults += [f"{text!r} is missing" for text in step.texts if _filled(text, kept) not in answer.text]
    faults += [f"{text!r} is there" for text in step.absent if _filled(text, kept) in answer.text]
    faults += [f"nothing to keep as {name!r}" for name in step.keep if name not in kept]
    return "; ".join(faults)


def _ask(step: Step, client: httpx.Client, kept: Mapping[str, str]) -> httpx.Response:
    path = _filled(step.path, kept)
    if step.form is None:
        return client.request(step.method, path, json=step.json)
    filled = {name: _filled(value, kept) for name, value in step.form.items()}
    page = client.get(path)
    token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page.text)
    if token:
        filled["csrfmiddlewaretoken"] = token[1]
    return client.request(step.method, path, data=filled, headers={"Referer": str(page.url)}, follow_redirects=True)


def _filled(text: str, kept: Mapping[str, str]) -> str:
    """The text with every `{name}` replaced by what was kept; raises KeyError when nothing was."""
    return re.sub(r"\{(\w+)\}", lambda found: kept[found[1]], text)


def _line(row: tuple[str, ...], widths: list[int], first: str) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
    return f"{first} {'  '.join((*padded, row[-1]))}".rstrip()


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: wide letters two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def main(arguments: list[str]) -> int:
    """Walks through nodes that already run: `python -m rahdari.project.launch.tour PK_ADDRESS JP_ADDRESS`."""
    taken = walk(dict(zip(("pk", "jp"), arguments, strict=True)))
    print(table(taken))
    return 0 if all(one.good for one in taken) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
