"""The demonstration as anyone starts it: two real nodes, made anew, and the tour with the whole line of a case on them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rahdari.project.launch.thread_tour import thread_of_both, thread_of_one
from rahdari.project.launch.tour import STEPS

STATIONS = {str(number) for number in range(1, 18)}


@pytest.mark.parametrize("thread", [thread_of_both, thread_of_one])
def test_a_thread_takes_every_station(thread):
    assert {step.name.split()[0] for step in thread()} >= STATIONS


@pytest.mark.sure
@pytest.mark.nodes
def test_the_tour_goes_through_both_nodes_as_expected(folder):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    words = [sys.executable, "-P", "-m", "rahdari.project.launch.demo", "--home", str(folder), "--check"]
    ended = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, check=False)
    wrong = [line for line in ended.stdout.splitlines() if not line.startswith(("ok ", "-- "))]
    assert ended.returncode == 0, "\n".join(wrong)
    must = sum(bool(step.code) for step in STEPS)
    assert f"{len(STEPS)} steps, of which {must} must be refused: all as expected" in ended.stdout
