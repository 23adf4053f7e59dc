"""Fells the program it is started with at one step, once; `test_killed_at_each_step.py` puts it into the path of a node.

A step is `before VERB` (all of the unit of work is written, nothing is committed), `after VERB` (it is committed, nobody heard of
it yet), `before the post` and `after the post` (the partner has answered, nothing of the answer is kept).
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

STEP = os.environ["FELLED_AT"]
TOLD = Path(os.environ["FELLED_TOLD"])


def pass_by(step: str) -> None:
    """Ends this program with SIGKILL when the step is the one; whoever comes after it passes."""
    if step != STEP:
        return
    try:
        with TOLD.open("x") as told:
            told.write(step)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def in_work(module: Any) -> None:
    record = module._record

    def recorded(unit: Any) -> None:
        record(unit)
        module.transaction.on_commit(lambda: pass_by(f"after {unit.verb}"))
        pass_by(f"before {unit.verb}")

    module._record = recorded


def in_calling(module: Any) -> None:
    call = module.call

    def called(*base: str, method: str, path: str, **told: Any) -> Any:
        posted = method == "POST" and path == "/exchange/v1/envelopes"
        if posted:
            pass_by("before the post")
        reply = call(*base, method=method, path=path, **told)
        if posted:
            pass_by("after the post")
        return reply

    module.call = called


PLACES = {"rahdari.base.work": in_work, "rahdari.domain.exchange.outside.calling": in_calling}


class Finder(importlib.abc.MetaPathFinder):
    """Lets the two modules be changed in the moment they were read, before anybody took a name from them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name not in PLACES:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        assert spec is not None
        assert spec.loader is not None
        execute = spec.loader.exec_module

        def read(module: ModuleType) -> None:
            execute(module)
            PLACES[name](module)

        spec.loader.exec_module = read  # type: ignore[method-assign]
        return spec


sys.meta_path.insert(0, Finder())
