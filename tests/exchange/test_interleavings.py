"""Random stories of two real nodes: what is said, lost, doubled, flipped, killed, rolled and recalled, in any order.

`bin/dev sure` draws one short story, always the same, and longer ones. A story that fails says its seed and
its steps; the same seed draws the same steps again (when each falls into the work of the nodes is left to the moment).
"""

from __future__ import annotations

import pytest

from tests.exchange.nodes import Pair
from tests.exchange.tangle import Tangle

pytestmark = [pytest.mark.nodes, pytest.mark.sure]
SHORT, LONG = 12, 40  # steps
ONE_OF_MANY_KINDS = 20264950  # a seed whose short story holds a kill, a roll, a recall, a pause and three faults of the line
SEEDS = (20261128, 20261129, 20261130)


def tell(folder, seed, steps):
    """One story from two fresh nodes to the check."""
    pair = Pair(folder)
    tangle = None
    try:
        pair.up()
        tangle = Tangle(pair, seed)
        tangle.run(steps)
        tangle.untangle()
        tangle.check()
    finally:
        if tangle is not None:
            print(f"seed {seed}:", *tangle.steps, sep="\n  ")
            tangle.close()
        pair.close()


def test_a_short_story_loses_nothing_and_doubles_nothing(tmp_path):
    tell(tmp_path, ONE_OF_MANY_KINDS, SHORT)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_story_loses_nothing_and_doubles_nothing(tmp_path, seed):
    tell(tmp_path, seed, LONG)
