"""The page of the tour (`docs/tour.md`): which rows of stations 1 to 9 it walks, read off its steps, and which not, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.urls import Resolver404, resolve

from rahdari.project.launch.tour import STEPS
from rahdari.project.launch.tour_rows import LEFT, ROWS, UseCase
from rahdari.project.launch.tour_step import Step

ANY_ID = "00000000-0000-4000-8000-000000000000"
HEAD = """# The tour

{generated}

`bin/demo --check` starts both nodes and walks {steps} steps over HTTP, as the people would: {refused} of them must be refused,
with their status and their sentence. A step that crosses is looked for on the other node; of what was refused and would have
crossed nothing may stand there once the next statement has come, for statements come in order. It prints a line for each step:
`ok` done as it should be, `--` refused as it must be, `NO` not as expected. The people and firms are invented.

Two things are not as in life, because a tour cannot wait: a test begins seconds after it was booked, and an interview that nobody
came to lies half an hour back when the employer enters it, at a time the worker named.

## What it tells, in order

| part | steps | refused |
|---|---|---|
"""
ROWS_HEAD = """
## Stations 1 to 9, row by row

The use cases with the refusals of their own, as the design names them. *Walked* is read off the steps.

| where | use case | taken | refusals walked | not walked, and why |
|---|---|---|---|---|
"""


def use_of(step: Step) -> str:
    """The use case a step takes: the name of its address; empty for a page that is only read, or an address that is not there."""
    try:
        name = resolve(re.sub(r"{\w+}", ANY_ID, step.path.partition("?")[0])).url_name or ""
    except Resolver404:
        return ""
    return name if step.method == "POST" or step.code else ""


def walked(steps: Iterable[Step]) -> tuple[Mapping[str, int], Mapping[str, set[str]]]:
    """How often each use case is taken, and the refusals that are walked of each."""
    taken: dict[str, int] = defaultdict(int)
    codes: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        use = use_of(step)
        if step.code:
            codes[use].add(step.code)
        elif use:
            taken[use] += 1
    return taken, codes


def not_walked() -> list[tuple[str, str]]:
    """The use cases and refusals of `ROWS` that are neither walked nor left out for a reason."""
    taken, codes = walked(STEPS)
    missing = [(row.name, "") for row in ROWS if not taken[row.name] and not row.left]
    return missing + [(row.name, code) for row in ROWS for code in row.codes if not _known(row.name, code, codes)]


def _known(use: str, code: str, codes: Mapping[str, set[str]]) -> bool:
    return code in codes[use] or (use, code) in LEFT


def page(generated: str) -> str:
    """The page as Markdown."""
    taken, codes = walked(STEPS)
    head = HEAD.format(generated=generated, steps=len(STEPS), refused=sum(bool(one.code) for one in STEPS))
    return head + "".join(_parts()) + ROWS_HEAD + "".join(_row(row, taken[row.name], codes[row.name]) for row in ROWS)


def _parts() -> Iterable[str]:
    for part in dict.fromkeys(step.part for step in STEPS):
        steps = [step for step in STEPS if step.part == part]
        yield f"| {part} | {len(steps)} | {sum(bool(one.code) for one in steps) or ''} |\n"


def _row(row: UseCase, taken: int, codes: set[str]) -> str:
    left = [f"`{code}`: {LEFT[row.name, code]}" for code in row.codes if code not in codes and (row.name, code) in LEFT]
    told = "; ".join([*([row.left] if row.left else []), *left])
    shown = " ".join(f"`{code}`" for code in sorted(codes))
    return f"| {row.station} | `{row.name}` | {'yes' if taken else 'no'} | {shown} | {told} |\n"
