"""A random story of two real nodes: what is said, and what happens to the line, the programs and the keys meanwhile.

tangle = Tangle(pair, seed); tangle.run(12); tangle.untangle(); tangle.check()

Both lines between the nodes are ours (`fault_line.py`). `untangle` makes everything good again and waits until all was
carried; `check` holds what must be so after every story (docs/protocol.md: exactly once, in order, nothing lost).
"""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Callable

from tests.exchange.fault_line import FAULTS, Line
from tests.exchange.nodes import Pair, RealNode

SECRET = "zebra crossing at midnight"
ROLLED = ("gateway", "clerk", "journal", "sealing")
HELD_BACK = 2.0  # seconds a request is held back at most
KINDS = {"say": 6, "raise_notice": 2, "recall": 2, "spoil": 6, "kill": 2, "kill_database": 1, "roll": 2, "pause": 1, "resume": 2}


class Tangle:
    """One story; the same seed draws the same steps."""

    def __init__(self, pair: Pair, seed: int) -> None:
        self.pair, self.seed, self.chance = pair, seed, random.Random(seed)
        self.moments = random.Random(f"moments of {seed}")
        self.steps: list[str] = []
        self.said = {"pk": 0, "jp": 0}
        self.notices: dict[str, list[str]] = {"pk": [], "jp": []}
        self.recalled: list[tuple[str, str]] = []
        self.paused: list[tuple[RealNode, str]] = []
        self.lines = {node.name: Line(node.port, HELD_BACK) for node in pair.both}
        for node, other in (pair.both, pair.both[::-1]):
            self.reach(node, f"http://127.0.0.1:{self.lines[other.name].port}")

    def reach(self, node: RealNode, url: str) -> None:
        """From now on a node calls its partner there."""
        node.ask("update exchange_partner set url = %(url)s returning 1", url=url)

    def run(self, steps: int) -> None:
        """So many steps; the first is that both say something."""
        for node in self.pair.both:
            self.say(node)
        while len(self.steps) < steps:
            kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
            act: Callable[[RealNode], None] = getattr(self, kind)
            act(self.chance.choice(self.pair.both))

    def note(self, node: RealNode, what: str) -> None:
        """Remembers a step, to be shown when the story fails."""
        self.steps.append(f"{node.name} {what}")

    def say(self, node: RealNode) -> None:
        """The contact point asks the other one."""
        times = self.chance.randint(1, 6)
        self.note(node, f"says {times}")
        node.say(SECRET, times)
        self.said[node.name] += times

    def raise_notice(self, node: RealNode) -> None:
        """A notice is told."""
        self.note(node, "raises a notice")
        self.notices[node.name].append(node.do("raise_notice", text=SECRET))

    def recall(self, node: RealNode) -> None:
        """One of the notices that were told is taken back, wherever it is by now; with none, one is told."""
        if not self.notices[node.name]:
            return self.raise_notice(node)
        notice = self.notices[node.name].pop(self.chance.randrange(len(self.notices[node.name])))
        self.note(node, "recalls a notice")
        node.do("recall", notice=notice)
        self.recalled.append((node.name, notice))
        return None

    def spoil(self, node: RealNode) -> None:
        """Something will happen to the next one or two requests to this node."""
        fault, times = self.chance.choice(FAULTS), self.chance.randint(1, 2)
        self.note(node, f"is reached over a line that will {fault} {times}")
        self.lines[node.name].spoil(fault, times)

    def kill(self, node: RealNode) -> None:
        """All its programs end without a word, and it is started again."""
        self.note(node, "is killed and started")
        self.let_them_work()
        node.down(signal.SIGKILL)
        node.up()

    def kill_database(self, node: RealNode) -> None:
        """Its database server ends without a word."""
        self.note(node, "loses its database server")
        self.let_them_work()
        node.kill_database()

    def let_them_work(self) -> None:
        """A moment, so that what comes next falls into another step of what is under way each time."""
        time.sleep(self.moments.uniform(0.0, 0.5))

    def roll(self, node: RealNode) -> None:
        """It gets a new key in one role."""
        role = self.chance.choice(ROLLED)
        self.note(node, f"rolls its {role} key")
        node.do("roll", role=role)

    def pause(self, node: RealNode) -> None:
        """Its operator pauses the partner; with one that is paused, nothing."""
        if any(one is node for one, _ in self.paused):
            return self.say(node)
        partner = next(other.name for other in self.pair.both if other is not node)
        self.note(node, f"pauses {partner}")
        node.do("change", partner=partner, to="paused")
        self.paused.append((node, partner))
        return None

    def resume(self, _: RealNode) -> None:
        """Whoever was paused first is gone on with; with nobody, nothing."""
        if self.paused:
            node, partner = self.paused.pop(0)
            self.note(node, f"goes on with {partner}")
            node.do("change", partner=partner, to="paired")

    def untangle(self) -> None:
        """A good line, nobody paused; then everything is carried and answered."""
        for line in self.lines.values():
            line.spoil("", 0)
        while self.paused:
            self.resume(self.pair.pk)
        self.pair.settle()

    def check(self) -> None:
        """What must be so after every story."""
        self.pair.agree(**self.said)
        for node, other in (self.pair.both, self.pair.both[::-1]):
            self.every_receipt_has_its_row(node)
            self.what_was_recalled_is_gone(node, other)
            self.nothing_plain_is_in_a_log(node)
        wire = [
            body for line in self.lines.values() for body in (*(kept[1] for kept in line.kept), *(one[2] for one in line.answers))
        ]
        assert not any(SECRET.encode() in body for body in wire), "plain on the line"

    def every_receipt_has_its_row(self, node: RealNode) -> None:
        """A receipt that this node gave, whether it arrived or not, stands beside a stored envelope."""
        given = {token for answer in self.lines[node.name].answers for token in receipts_in(answer[2])}
        held = {row[0] for row in node.ask("select receipt from exchange_envelope where receiver = %(n)s", n=node.name)}
        assert given <= held, f"{node.name} gave {len(given - held)} receipts without a row"

    def what_was_recalled_is_gone(self, node: RealNode, other: RealNode) -> None:
        """Each recalled notice is a stub on both sides: no token, no words. One that was recalled early may never have come."""
        ids = [notice for name, notice in self.recalled if name == node.name]
        held = "select raised from notices_notice where id = any(%(ids)s::uuid[]) and content is null and state = 'recalled'"
        raised = [row[0] for row in node.ask(held, ids=ids)]
        assert len(raised) == len(ids)
        for one in (node, other):
            words = "select count(*) from notices_notice where raised = any(%(of)s::uuid[]) and content is not null"
            tokens = "select count(*) from exchange_envelope where envelope_id = any(%(of)s::uuid[]) and token <> ''"
            states = "select distinct state from exchange_told where statement = any(%(of)s::uuid[])"
            assert one.ask(words, of=raised) == one.ask(tokens, of=raised) == [(0,)], one.name
            assert {row[0] for row in one.ask(states, of=raised)} <= {"recalled"}, one.name

    def nothing_plain_is_in_a_log(self, node: RealNode) -> None:
        """No log of the node's programs or of its database server holds a word of what was said."""
        logs = [*(node.home / "logs").iterdir(), *(node.home / "postgres").glob("*.log*")]
        assert len(logs) > 3
        for log in logs:
            assert SECRET.encode() not in log.read_bytes(), log.name

    def close(self) -> None:
        """Takes the lines away."""
        for line in self.lines.values():
            line.close()


def receipts_in(answer: bytes) -> list[str]:
    """The receipts in an answer to a POST of envelopes."""
    try:
        told = json.loads(answer)
    except ValueError:
        return []
    return [token for token in told.get("receipts", []) if isinstance(token, str)] if isinstance(told, dict) else []
