"""Our side of `bench/faults.py`: two real nodes, and the line from `pk` to `jp` in our hands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rahdari.project.launch.data_folder import remove
from tests.exchange.fault_line import Line
from tests.exchange.felling import AS_RECEIVER, AS_SENDER, arm, bury
from tests.exchange.nodes import Pair, until
from tests.exchange.small_disk import filled, small_disk

TIMES = 5  # statements a fault


class Stage:
    """Both nodes, how much `pk` has told, and the line it tells over."""

    def __init__(self, folder: Path) -> None:
        self.pair, self.told = Pair(folder), 0
        self.pk, self.jp = self.pair.both

    def begin(self) -> None:
        """Starts and pairs them; then `pk` reaches `jp` over the line."""
        self.pair.up()
        self.line = Line(self.jp.port)
        self.pk.ask("update exchange_partner set url = %(url)s returning 1", url=f"http://127.0.0.1:{self.line.port}")

    def run(self, row: str) -> str:
        """One fault; what it left behind. Raises when something is missing, doubled or out of order."""
        said = getattr(self, row.replace(" ", "_"))()
        return f"pass  {said}"

    def say(self) -> None:
        """The contact point of `pk` asks."""
        self.pk.say("fault", TIMES)
        self.told += TIMES

    def all_once(self, complete: bool = True) -> None:
        """Everything is there once, in order, and both journals agree."""
        self.pair.settle()
        self.pair.agree(complete, pk=self.told)

    def spoiled(self, fault: str, times: int) -> None:
        self.line.spoil(fault, times)
        self.say()
        self.pair.settle()
        assert self.line.left == 0, "the fault did not happen"
        self.all_once()

    def duplicate(self) -> str:
        self.spoiled("duplicate", 1)
        assert self.line.statuses[-1] == 401, self.line.statuses
        return "The second one was not let in (its request token was used); sent again it got the first receipts, byte for byte."

    def reorder(self) -> str:
        self.spoiled("reorder", 1)
        return "A stream has one courier: nothing passes what is under way; order is in the places (seq, prev) anyway."

    def cut_after_store(self) -> str:
        self.spoiled("cut", 2)
        return "The same bytes were sent again and got the receipts of the first time."

    def bit_flip(self) -> str:
        self.spoiled("flip", 1)
        assert self.line.statuses[-1] == 401, self.line.statuses
        return "The hash in the request token did not fit: refused whole (401), sent again."

    def receiver_killed(self) -> str:
        return self.killed(1)

    def sender_killed(self) -> str:
        return self.killed(0)

    def killed(self, which: int) -> str:
        """SIGKILL in the moment of each step of its part; see `tests/exchange/felling.py`."""
        node, steps = self.pair.both[which], (AS_SENDER, AS_RECEIVER)[which]
        for number, step in enumerate(steps):
            told = self.pair.folder / f"felled {which} {number}"
            arm(node, step, told)
            self.say()
            bury(node, told)
            self.pair.settle()
        self.all_once()
        return f"SIGKILL before and after every commit and every post, {len(steps)} times; on from what was committed."

    def replay_after_a_restart(self) -> str:
        path, body, headers = self.line.kept[-1]
        self.jp.down()
        self.jp.up()
        status = self.line.send("POST", path, body, headers)[0]
        assert status == 401, status
        self.all_once()
        return "A recorded request is refused (401): used request tokens are kept in the database; the stream knows its places."

    def database_server_killed(self) -> str:
        self.say()
        self.jp.kill_database()
        self.all_once()
        return "The node starts its database again; the courier came back with the same bytes."

    def disk_full(self) -> str:
        """The database of `jp` has no room; long texts, so that its tables must grow."""
        before = len(self.line.answers)
        with small_disk(self.jp.data, self.jp.down, self.jp.up):
            self.pair.settle()
            with filled(self.jp.data):
                for _ in range(4):
                    self.pk.say("a text " * 400, 10)
                    self.told += 10
                until(lambda: self.full(before) >= 2, "the partner is told to come again")
                tries = self.full(before)
            gave_up = self.jp.server is not None and self.jp.server.poll() is not None
            if gave_up:
                self.jp.server = None
                self.jp.up()
            until(self.jp.is_ready, "jp is ready again")
            self.all_once()
        again = "The node had ended and was started by the benchmark. " if gave_up else ""
        return f"{again}{tries} requests were answered 503 meanwhile; with room again the same bytes came through."

    def full(self, since: int) -> int:
        """How often `jp` said that it can store nothing now."""
        return sum(one[0] == 503 for one in self.line.answers[since:])

    def restored_from_an_older_backup(self) -> str:
        with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
            self.jp.down()
            self.jp.back_up(Path(folder) / "older")
            self.jp.up()
            self.say()
            self.pair.settle()
            self.jp.down()
            self.jp.restore(Path(folder) / "older")
            self.jp.up()
        self.pair.settle()
        held = self.jp.ask("select count(*) from cooperation_request where home = 'pk'")[0][0]
        assert held == self.told, (held, self.told)
        return "After its start it asked for the heads, was told what it had lost, and everything came again, once."


@contextmanager
def stage() -> Iterator[Stage]:
    """Two nodes in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rahdari-bench-"))
    folder.chmod(0o711)
    made = Stage(folder)
    try:
        made.begin()
        yield made
    finally:
        made.pair.close()
        remove(folder)
