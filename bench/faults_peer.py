"""The peer's side of `bench/faults.py`: two ends of django-pyas2, the line between them in our hands."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.exchange_peer.side import End, two_ends
from tests.exchange.fault_line import PATIENCE, Line
from tests.exchange.small_disk import filled, small_disk

MOST = 60  # messages until a database without room must have refused one


class Stage:
    """Both ends; texts are numbered, and what the receiver counts are its good incoming rows."""

    def __init__(self, sender: End, receiver: End) -> None:
        self.sender, self.receiver, self.told, self.before = sender, receiver, 0, (0, 0)
        self.line = Line(receiver.port)
        self.sender.target = f"http://127.0.0.1:{self.line.port}/pyas2/as2receive"
        self.sender.ask(f"update pyas2_partner set target_url = '{self.sender.target}' returning 1")

    def run(self, row: str) -> str:
        """One fault; what it left behind, with the peer's own retry tried three times."""
        self.told, self.before = 0, (self.held(), self.done())
        said = getattr(self, row.replace(" ", "_"))()
        self.retry()
        held, done = self.held() - self.before[0], self.done() - self.before[1]
        fine = held == self.told and done == self.told
        count = f"told {self.told}, held {held}, receipted {done}."
        return f"{'pass' if fine else 'FAIL'}  {count} {said}"

    def retry(self) -> None:
        """Its own retry, as long as something of this row has no receipt, three times at most."""
        for _ in range(3):
            if self.done() - self.before[1] < self.told:
                self.sender.run("retry")

    def held(self) -> int:
        """Good messages the receiver holds."""
        return int(self.receiver.ask("select count(*) from pyas2_message where direction = 'IN' and status = 'S'")[0][0])

    def done(self) -> int:
        """Messages the sender counts as receipted."""
        return int(self.sender.ask("select count(*) from pyas2_message where direction = 'OUT' and status = 'S'")[0][0])

    def say(self, text: str = "fault") -> str:
        """One message; the state the sender gave it."""
        self.told += 1
        return self.sender.run("one", text)

    def duplicate(self) -> str:
        self.line.spoil("duplicate")
        state = self.say()
        return f"The second was told to be a duplicate; that answer made the sender's row `{state}`, though it was stored."

    def reorder(self) -> str:
        self.line.spoil("reorder")
        first = threading.Thread(target=self.say, args=("first",))
        first.start()
        time.sleep(2)
        self.say("second")
        first.join()
        rows = self.receiver.ask(
            "select payload from pyas2_message where direction = 'IN' and status = 'S' order by id desc limit 2"
        )
        read = [(self.receiver.folder / "files" / row[0]).read_text() for row in reversed(rows)]
        if read != ["first", "second"]:
            raise RuntimeError("both are there, the later before the earlier, and nothing says so: a change is read first")
        return "Both are there in order; nothing in AS2 says which was told first."

    def cut_after_store(self) -> str:
        self.line.spoil("cut")
        self.say()
        return "The retry builds a new message under a new id: what was stored already is stored twice."

    def bit_flip(self) -> str:
        self.line.spoil("flip")
        state = self.say()
        return f"Noticed and refused; the sender's row is `{state}`, which its retry passes over: a person must send it again."

    def receiver_killed(self) -> str:
        process = self.start()
        self.kill_web()
        process.wait(60)
        self.receiver.serve()
        return "Killed at one moment, about when the message came; a kill between its store and its receipt is `cut after store`."

    def sender_killed(self) -> str:
        self.line.spoil("reorder")  # held back, so that the sender waits for its receipt
        process, before = self.start(), self.line.posts
        while self.line.posts == before and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        process.wait(60)
        time.sleep(PATIENCE + 2)
        return "The sender was killed while it waited for its receipt: its row stays `P`, which its retry passes over."

    def start(self) -> subprocess.Popen[bytes]:
        """One message under way, in a process of its own."""
        self.told += 1
        words = [self.sender.python, "-m", "exchange_peer.program", "one", "fault"]
        return subprocess.Popen(words, env=self.sender.environment(), cwd="/", stdout=subprocess.DEVNULL)

    def kill_web(self) -> None:
        """SIGKILL for the receiver's web server and its workers."""
        assert self.receiver.web is not None
        time.sleep(1.5)
        os.killpg(self.receiver.web.pid, signal.SIGKILL)
        self.receiver.web.wait(30)

    def replay_after_a_restart(self) -> str:
        path, body, headers = self.line.kept[-1]
        self.receiver.stop()
        self.receiver.serve()
        self.line.send("POST", path, body, headers)
        return "Ids that came are kept in the database: a recorded message is told to be a duplicate."

    def database_server_killed(self) -> str:
        running = self.receiver.cluster
        assert running.process is not None
        running.process.kill()
        running.process.wait(30)
        self.say()
        running.begin_again_if_dead()
        return "The receiver's database was started again by the benchmark."

    def disk_full(self) -> str:
        """The receiver's database has no room; its files, where payloads lie, have."""
        running = self.receiver.cluster
        with small_disk(running.data, self.stop, self.begin):
            with filled(running.data):
                states = [self.say("fault")]
                while states[-1] == "S" and len(states) < MOST:
                    states.append(self.say("fault"))
            again = running.begin_again_if_dead()
            self.retry()
        if states[-1] == "S":
            raise RuntimeError(f"the fault did not happen: {MOST} messages found room")
        said = f"Message {len(states)} found no room, the sender's row became `{states[-1]}`."
        return said + (" The database server had ended and was started by the benchmark." if again else "")

    def stop(self) -> None:
        """Stops the receiver and its database server."""
        self.receiver.stop()
        self.receiver.cluster.end()

    def begin(self) -> None:
        """Starts them again."""
        self.receiver.cluster.begin()
        self.receiver.serve()

    def restored_from_an_older_backup(self) -> str:
        running, older = self.receiver.cluster, self.receiver.folder / "older"
        self.stop()
        shutil.copytree(running.data, older, symlinks=True)
        self.begin()
        self.say()
        self.stop()
        owner = running.data.stat()
        shutil.rmtree(running.data)
        shutil.copytree(older, running.data, symlinks=True)
        for path in (running.data, *running.data.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)
        self.begin()
        return "Neither end notices: the sender holds a receipt for what the receiver no longer has."


@contextmanager
def stage(python: Path) -> Iterator[Stage]:
    """Two founded ends with the line between them."""
    with two_ends(python) as (sender, receiver):
        made = Stage(sender, receiver)
        try:
            yield made
        finally:
            made.line.close()
