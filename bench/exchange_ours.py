"""Our side of `bench/exchange.py`: two nodes as an operator makes them, and what their databases say about each statement.

Moments are those of the commits themselves (`track_commit_timestamp`, switched on for the benchmark): no clock of the
benchmark stands between. Statements are `request.asked/1` with 4 kB of data, approved by the action a page would call.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.figures import cpu_seconds, loopback_bytes
from rahdari.project.launch.data_folder import remove
from tests.exchange.nodes import Pair, until

DATA = 4096  # bytes of a statement's `data` as JSON
APPROVE = """
import sys, time, uuid, json, random, django
django.setup()
from django.conf import settings
from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.domain.cooperation.actions import send_request
from bench.figures import text_of
side, chance = settings.RAHDARI_NODE, random.Random(1)
actor = Actor(side, f"contact_point_{side}", body=f"CONTACT_{side.upper()}", person=uuid.UUID(int=1), name="invented")
frame = {"kind": "other", "questions": [{"code": "answer", "facts": {"what": ""}}], "urgency": "routine", "due": None}
room = int(sys.argv[1]) - len(json.dumps(frame, separators=(",", ":")))
print("ready", flush=True)
for line in sys.stdin:
    rate, count = float(line.split()[0]), int(line.split()[1])
    texts = [text_of(room, chance) for _ in range(count)]
    began, cpu = time.monotonic(), time.process_time()
    for number, text in enumerate(texts):
        if rate:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
        send_request(actor=actor, kind="other", questions=["answer"], facts={"what": text}, at=now())
    print(time.monotonic() - began, time.process_time() - cpu, flush=True)
"""
MOMENTS = """
with said as (
    select r.asked, pg_xact_commit_timestamp(a.transaction::text::xid) as at
    from base_auditentry a join cooperation_request r on r.id::text = a.subject_id where a.verb = 'cooperation.send_request'
), receipts as (
    select (facts->>'after')::bigint as after, (facts->>'upto')::bigint as upto,
           pg_xact_commit_timestamp(transaction::text::xid) as at
    from base_auditentry where verb = 'exchange.record_receipts'
)
select extract(epoch from receipts.at - said.at)::float * 1000,
       extract(epoch from pg_xact_commit_timestamp(t.xmin) - said.at)::float * 1000
from exchange_told t join said on said.asked = t.statement
join receipts on t.seq > receipts.after and t.seq <= receipts.upto
where t.sender = 'pk' and t.seq > %(after)s and t.seq <= %(upto)s
"""
SPAN = """
select extract(epoch from max(pg_xact_commit_timestamp(t.xmin)) - min(s.at))::float
from exchange_told t, base_auditentry s
where t.sender = 'pk' and t.seq > %(after)s and t.seq <= %(upto)s
  and s.verb = 'exchange.sign_envelopes' and (s.facts->>'after')::bigint = %(after)s
"""
SIZES = """
select t.type = 'exchange.outcome/1', avg(length(t.token)), avg(length(e.token)), avg(length(e.receipt)), count(*)
from exchange_envelope e join exchange_told t on t.id = e.told_id
where t.sender = %(sender)s and t.type in ('request.asked/1', 'exchange.outcome/1') and e.seq > %(after)s group by 1
"""


@dataclass(slots=True)
class Carried:
    """What one round of so many statements at once showed."""

    per_second: float
    cpu: float  # seconds a statement
    cpu_by_part: dict[str, float]
    wire: float  # bytes a statement


@dataclass(slots=True)
class Paced:
    """What one round at a pace showed; milliseconds."""

    receipts: list[float]
    outcomes: list[float]
    pace: float


class Ours:
    """Both nodes, and the contact point of `pk` that approves."""

    def __init__(self, folder: Path) -> None:
        self.pair = Pair(folder)
        for node in self.pair.both:
            with (node.home / "postgres" / "data" / "postgresql.conf").open("a") as settings:
                settings.write("\ntrack_commit_timestamp = on\n")
        self.pk, self.jp = self.pair.both

    def begin(self) -> None:
        """Starts and pairs the nodes, and lets the contact point sign in."""
        self.pair.up()
        words = [sys.executable, "-c", APPROVE, str(DATA)]
        self.approver = subprocess.Popen(words, env=self.pk.inside(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._hear() == "ready"

    def end(self) -> None:
        """Stops all of it."""
        if hasattr(self, "approver"):
            self.approver.kill()
            self.approver.wait()
        self.pair.close()

    def _hear(self) -> str:
        assert self.approver.stdout is not None
        return self.approver.stdout.readline().strip()

    def approve(self, count: int, rate: float = 0.0) -> tuple[float, float]:
        """Approves so many statements, as fast as it goes or at a pace; seconds and CPU seconds it took."""
        assert self.approver.stdin is not None
        self.approver.stdin.write(f"{rate} {count}\n")
        self.approver.stdin.flush()
        seconds, cpu = self._hear().split()
        return float(seconds), float(cpu)

    def place(self) -> int:
        """The last place of the stream that is measured."""
        rows = self.pk.ask("select seq from exchange_stream where sender = 'pk'")
        return int(rows[0][0]) if rows else 0

    def fsync(self) -> list[str]:
        """What the database servers say about safety."""
        return [
            node.ask("select current_setting('fsync') || '/' || current_setting('synchronous_commit')")[0][0]
            for node in self.pair.both
        ]

    def carried(self, count: int) -> Carried:
        """So many statements wait, then the link is opened; until the last outcome is heard."""
        self.pair.settle()
        after = self.place()
        self.pk.command("partner", "pause", "jp")
        self.approve(count)
        before, wire = self.spent(), loopback_bytes()
        self.pk.command("partner", "resume", "jp")
        self.pair.settle()
        wire, spent = loopback_bytes() - wire, self.spent()
        parts = {name: (spent[name] - before[name]) / count for name in spent}
        upto = after + count
        until(lambda: self.place() >= upto, "all have places")
        seconds = self.pk.ask(SPAN, after=after, upto=upto)[0][0]
        return Carried(count / seconds, sum(parts.values()), parts, wire / count)

    def spent(self) -> dict[str, float]:
        """CPU seconds until now: of both web servers, both workers, and the rest, which is the database servers."""
        found = {"web": 0.0, "work": 0.0, "database": 0.0}
        for node in self.pair.both:
            assert node.server is not None
            found["database"] += cpu_seconds(node.server.pid)
            for name, group in node.programs().items():
                one = cpu_seconds(group)
                found[name.rpartition(": ")[2]] += one
                found["database"] -= one
        return found

    def paced(self, rate: float, seconds: float) -> Paced:
        """Statements approved at an even pace."""
        self.pair.settle()
        after, count = self.place(), int(rate * seconds)
        took, _ = self.approve(count, rate)
        self.pair.settle()
        rows = self.pk.ask(MOMENTS, after=after, upto=after + count)
        assert len(rows) == count, (len(rows), count)
        return Paced([row[0] for row in rows], [row[1] for row in rows], count / took)

    def sizes(self, after: int) -> dict[str, float]:
        """Mean sizes of what travels for one statement, in bytes."""
        asked = next(row for row in self.pk.ask(SIZES, sender="pk", after=after) if not row[0])
        outcome = next(row for row in self.jp.ask(SIZES, sender="jp", after=0) if row[0])
        names = "statement token", "envelope", "receipt"
        found = {name: float(value) for name, value in zip(names, asked[1:4], strict=True)}
        return found | {f"outcome's {name}": float(value) for name, value in zip(names, outcome[1:4], strict=True)}


@contextmanager
def two_nodes() -> Iterator[Ours]:
    """Two nodes in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="rahdari-bench-"))
    folder.chmod(0o711)
    ours = Ours(folder)
    try:
        yield ours
    finally:
        ours.end()
        remove(folder)
