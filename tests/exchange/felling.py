"""A node that dies at one step of the exchange: SIGKILL in the moment, see `felled/sitecustomize.py`."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.exchange.nodes import PROJECT, RealNode, until

COMMITS = [f"{when} exchange.{verb}" for verb in ("sign_envelopes", "record_receipts") for when in ("before", "after")]
SENDING = ["before the post", "after the post", *COMMITS]
"""Steps of whoever tells something: a statement, or the outcome of one."""
AS_SENDER = [*SENDING, "before exchange.hear_outcome", "after exchange.hear_outcome"]
AS_RECEIVER = [f"{when} exchange.{verb}" for verb in ("store_envelopes", "take_up") for when in ("before", "after")] + SENDING
EITHER = [f"{when} exchange.checkpoint" for when in ("before", "after")]


def arm(node: RealNode, step: str, told: Path) -> None:
    """Starts a node anew so that it dies at its next such step, and says so in the file `told`."""
    node.down()
    paths = [str(PROJECT / "tests" / "exchange" / "felled"), os.environ.get("PYTHONPATH", "")]
    node.beside |= {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "FELLED_AT": step, "FELLED_TOLD": str(told)}
    node.up()


def bury(node: RealNode, told: Path) -> None:
    """Waits until it died at its step, kills what is left of it, and starts it as it always was."""
    until(told.exists, f"{node.name} died: {node.beside['FELLED_AT']}")
    node.down(signal.SIGKILL)
    for name in ("PYTHONPATH", "FELLED_AT", "FELLED_TOLD"):
        del node.beside[name]
    node.up()
