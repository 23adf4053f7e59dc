"""Nodes for tests: made and served as commands, most of them small servers that only know their name."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from rahdari.project.launch.home import Home, read_node
from rahdari.project.launch.postgres import end_leftovers
from rahdari.project.launch.processes import stop_leftovers
from tests.project.test_demo import WEB, server

PORT = 30000 + os.getpid() % 2500  # below those that the system gives to connections
FINGERPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
started: list[subprocess.Popen[str]] = []
# The command line with small steps and programs; what makes the keys leaves the file that names them, as the real one does.
SMALL = f"""
import sys
from rahdari.project.launch import alone, setting_up
from rahdari.project.launch.home import environment
from rahdari.project.launch.processes import Program
WEB = {WEB!r}
KEYS = "import os, sys; from pathlib import Path\\n" \\
    "place = Path(os.environ['RAHDARI_HOME']) / 'secrets' / 'exchange'\\n" \\
    "if '--passphrase-file' in sys.argv: place.mkdir(); (place / 'keys_tokens.ndjson').write_text(Path(sys.argv[-1]).read_text())\\n" \\
    "print((place / 'keys_tokens.ndjson').read_text().strip())\\n"
def serving_programs(home, static, workers):
    run = lambda name, code: Program(name, (sys.executable, "-c", code), environment(home), home.logs / f"{{name}}.log")
    return [run("web", WEB), run("work", "import time; time.sleep(600)")]
def python(module, *arguments):
    return (sys.executable, "-c", KEYS, *arguments)
alone.serving_programs, alone.python = serving_programs, python
alone.SETTING_UP = (alone_setting := setting_up.Setting("platform", ("platform",)),)
from rahdari.project.cli import main
main()
"""


def clear(place: Path) -> None:
    """Ends what a failed test left."""
    while started:
        process = started.pop()
        process.kill()
        process.communicate()
    if (place / "postgres").is_dir():
        stop_leftovers(place / "processes.json")
        end_leftovers(place / "postgres")


def command(*words: str, code: str = SMALL, **variables: str) -> subprocess.Popen[str]:
    ours = ("DATABASE_URL", "RAHDARI_HOME", "RAHDARI_MODE", "RAHDARI_NODE", "RAHDARI_STATIC", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in ours} | variables
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd="/", process_group=0,
    )  # fmt: skip
    started.append(process)
    return process


def finish(*words: str, code: str = SMALL, **variables: str) -> tuple[int, str, str]:
    process = command(*words, code=code, **variables)
    said, told = process.communicate(timeout=120)
    return process.returncode, said, told


def init(folder: Path, *more: str, port: int = PORT, code: str = SMALL) -> tuple[int, str, str]:
    return finish("node", "init", "--home", str(folder), "--node", "pk", "--port", str(port), *more, code=code)


def serve(folder: Path, code: str = SMALL) -> subprocess.Popen[str]:
    """A node that serves; returns once it said where."""
    process = command("node", "serve", "--home", str(folder), code=code)
    said = process.stdout.readline()
    assert said == f"http://localhost:{read_node(Home(folder)).port}\n", process.stderr.read()
    return process


def stop(process: subprocess.Popen[str], last: int = signal.SIGTERM) -> str:
    process.send_signal(last)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return told


def pids(folder: Path) -> list[int]:
    return [*(row["group"] for row in json.loads((folder / "processes.json").read_text())), server(folder)]


def until(question: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not question():
        assert time.monotonic() < end
        time.sleep(0.02)


def change_note(folder: Path, **values: str) -> None:
    """As if another program had set the node up."""
    note = folder / "set_up"
    note.write_text(json.dumps({**json.loads(note.read_text()), **values}))


def name_of(folder: Path) -> str:
    return httpx.get(f"http://localhost:{PORT}/", trust_env=False).text
