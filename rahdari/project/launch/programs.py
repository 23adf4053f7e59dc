"""The programs of a node: which module runs with which words and which environment.

The demonstration and a node alone start the same ones; only the folders differ.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from rahdari.project.launch import CannotStart
from rahdari.project.launch.home import Home, environment, owner_environment, read_node
from rahdari.project.launch.ports import HOST
from rahdari.project.launch.processes import Program
from rahdari.project.launch.setting_up import BESIDE_WEB, Setting

UP_WITHIN = 60.0  # seconds
# Meant for another program than ours, or for the one who starts us.
NOT_HANDED_ON = ("PG", "DATABASE_URL", "DJANGO_", "GRANIAN_")


def python(module: str, *arguments: str) -> tuple[str, ...]:
    """A module of this environment, whatever lies in the current folder."""
    return (sys.executable, "-P", "-m", module, *arguments)


def whole_environment(
    variables: dict[str, str], static: Path, *, not_handed_on: tuple[str, ...] = NOT_HANDED_ON
) -> dict[str, str]:
    """The environment of a node's process: ours without what is meant for us, and the node's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(not_handed_on)}
    return {**kept, "PYTHONUTF8": "1", "RAHDARI_STATIC": str(static), **variables}


def setting_program(setting: Setting, home: Home, static: Path, *, not_handed_on: tuple[str, ...] = NOT_HANDED_ON) -> Program:
    """One step of setting a node up."""
    variables = owner_environment(home) if setting.as_owner else environment(home)
    variables = whole_environment(variables, static, not_handed_on=not_handed_on)
    return Program(f"{read_node(home).node}: {setting.says}", python(*setting.words), variables, setting_log(home))


def setting_log(home: Home) -> Path:
    """Where the steps of setting up say what they say."""
    return home.logs / "setting_up.log"


def serving_programs(home: Home, static: Path, workers: int, *, not_handed_on: tuple[str, ...] = NOT_HANDED_ON) -> list[Program]:
    """What runs for a node: its web server, and what stands in `BESIDE_WEB`; all of one start bear its number."""
    node, variables = read_node(home), whole_environment(environment(home), static, not_handed_on=not_handed_on)
    boot = secrets.token_hex(8)  # a node that started anew first asks its partners what they hold
    variables["RAHDARI_BOOT"] = boot
    (home.folder / "boot").write_text(boot)  # for commands beside the running node
    web = ["granian", "rahdari.project.wsgi:application", "--interface", "wsgi", "--blocking-threads", "1"]
    web += ["--workers", str(workers), "--host", HOST, "--port", str(node.port), "--no-ws"]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "5"]
    rows = [("web", tuple(web)), *BESIDE_WEB]
    return [Program(f"{node.node}: {name}", python(*words), variables, home.logs / f"{name}.log") for name, words in rows]


def address(home: Home) -> str:
    """Where people on this machine reach the node."""
    return f"http://localhost:{read_node(home).port}"


def answers(port: int, path: str) -> bool:
    """Whether the node behind this port says 200 there."""
    try:
        return httpx.get(f"http://{HOST}:{port}{path}", timeout=2.0, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def wait_until_up(home: Home, path: str, look: Callable[[], None]) -> None:
    """Returns when the node answers; `look` is called in between and may raise. Raises `CannotStart` after a minute."""
    until, node = time.monotonic() + UP_WITHIN, read_node(home)
    while not answers(node.port, path):
        look()
        if time.monotonic() > until:
            raise CannotStart(f"The node {node.node} does not answer. Its log: {home.logs / 'web.log'}")
        time.sleep(0.05)
