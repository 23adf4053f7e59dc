"""SIGKILL at each step of a statement's way and of its outcome's: before and after every commit, before and after every post."""

from __future__ import annotations

import pytest

from tests.exchange.felling import AS_RECEIVER, AS_SENDER, EITHER, arm, bury
from tests.exchange.nodes import Pair

pytestmark = [pytest.mark.nodes, pytest.mark.sure]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = Pair(tmp_path_factory.mktemp("killed at each step"))
    try:
        made.up()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def asked():
    return [0]


@pytest.mark.parametrize(
    ("name", "step"), [("pk", step) for step in AS_SENDER + EITHER] + [("jp", step) for step in AS_RECEIVER + EITHER]
)
def test_nothing_is_lost_or_doubled(pair, asked, tmp_path, name, step):
    node, told = getattr(pair, name), tmp_path / "felled"
    arm(node, step, told)
    pair.pk.say(step, 3)
    asked[0] += 3
    bury(node, told)
    pair.settle()
    pair.agree(pk=asked[0])
