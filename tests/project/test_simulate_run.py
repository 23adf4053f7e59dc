"""A whole small run on two real nodes: everybody is accounted for, both databases say the same, and a kill changes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rahdari.project.launch.data_folder import remove
from rahdari.project.simulate.running import NOTE

pytestmark = pytest.mark.sure  # two nodes, four months
COMMAND = [sys.executable, "-m", "rahdari.project.cli", "simulate", "small", "--seed", "1", "--until", "2026-11-29"]
PATIENCE = 900


def start(home: Path, report: Path) -> subprocess.Popen[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("RAHDARI_", "DATABASE_URL", "DJANGO_"))
    }
    words = [*COMMAND, "--home", str(home), "--report", str(report)]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(home: Path, report: Path) -> dict[str, Any]:
    process = start(home, report)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return dict(json.loads(report.read_text()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("simulated")
    place.chmod(0o711)
    yield place
    for home in place.iterdir():
        if home.is_dir():
            remove(home / "postgres")


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, Any]:
    return run(folder / "whole", folder / "whole.json")


class TestASmallRun:
    def test_brings_people_to_work_and_loses_nobody(self, whole: dict[str, Any]) -> None:
        assert whole["people"] == 12
        assert sum(whole["people_by_station"].values()) + whole["people_without_case"] == 12
        assert whole["people_by_station"]["17"] > 0

    def test_leaves_both_nodes_with_the_same_figures_and_journals(self, whole: dict[str, Any]) -> None:
        assert whole["agree"]["differences"] == []
        assert {one["status"] for one in whole["agree"]["journals"]["verified"].values()} == {0}
        leaves = whole["agree"]["journals"]["leaves"]
        assert leaves["pk"] == leaves["jp"] > 100

    def test_has_every_statement_taken_up(self, whole: dict[str, Any]) -> None:
        states = {state for node in whole["statements"].values() for one in node.values() for state in one}
        assert states <= {"taken_up", "delivered"}  # delivered: an outcome, which has none of its own
        assert "pk placement.nominated/1" in whole["statements"]["jp"]

    def test_refuses_no_act_that_a_person_would_try(self, whole: dict[str, Any]) -> None:
        assert whole["refusals"] == {"pk": {}, "jp": {}}

    def test_goes_on_after_a_kill_and_ends_as_if_there_had_been_none(self, folder: Path, whole: dict[str, Any]) -> None:
        home, report = folder / "killed", folder / "killed.json"
        process = start(home, report)
        until = time.monotonic() + PATIENCE
        while not (home / NOTE).exists() or json.loads((home / NOTE).read_text())["days_done"] < 20:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        later = run(home, report)
        told = ("people", "people_by_station", "cases_by_state", "shared", "departed_from", "begins_on")
        assert {name: later[name] for name in told} == {name: whole[name] for name in told}

    def test_reports_the_same_when_it_is_asked_again(self, folder: Path, whole: dict[str, Any]) -> None:
        again = run(folder / "whole", folder / "again.json")
        assert (again["shared"], again["people_by_station"]) == (whole["shared"], whole["people_by_station"])


class TestAFolder:
    def test_of_one_seed_is_refused_to_another(self, folder: Path, whole: dict[str, Any]) -> None:
        words = [word if word != "1" else "2" for word in COMMAND]
        refused = subprocess.run([*words, "--home", str(folder / "whole")], capture_output=True, text=True, check=False)
        assert refused.returncode == 1
        assert "Name another folder" in refused.stderr
