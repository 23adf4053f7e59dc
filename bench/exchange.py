"""What it costs to tell a partner something: `python bench/exchange.py [--no-peer] [--stored N [--short]]`.

In one run: ours (two nodes as `rahdari node init` makes them, two PostgreSQL servers with fsync on, plain HTTP on
loopback), django-pyas2 (AS2: signed, encrypted, signed synchronous receipt; installed into an environment of its own,
its own PostgreSQL servers with fsync on), and the floor (the same signatures and seals with `cryptography` alone).
Statements have 4 kB of data; ours also bring the outcome back, which AS2 does not know. Medians of three rounds.
What was found and what limits it stands in docs/bench/exchange.md.
These machines are shared: read the ratios and the CPU seconds, not the times.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.exchange_filled import fill
from bench.exchange_floor import floor
from bench.exchange_ours import DATA, Ours, two_nodes
from bench.exchange_peer.side import Sending, install, two_ends
from bench.figures import median, percentile

PACES = (100, 20)
# The first is set inside a network of our own, whose loopback nobody else uses.
ALONE, PEER_PYTHON = "BENCH_ALONE", "BENCH_PEER_PYTHON"


def rounds_of(ours: Ours, count: int, seconds: float, rounds: int) -> dict[str, float]:
    """Everything measured of our side, medians of the rounds."""
    say(f"  safety of the databases (fsync/synchronous_commit): {', '.join(ours.fsync())}")
    ours.carried(min(count, 100))  # warm
    begun, found = ours.place(), {}
    burst = [ours.carried(count) for _ in range(rounds)]
    found["per second"] = median([one.per_second for one in burst])
    found["CPU ms"] = median([one.cpu for one in burst]) * 1000
    for part in burst[0].cpu_by_part:
        found[f"  of it {part}"] = median([one.cpu_by_part[part] for one in burst]) * 1000
    found["bytes on loopback"] = median([one.wire for one in burst])
    for pace in PACES:
        paced = [ours.paced(pace, seconds) for _ in range(rounds)]
        found[f"at {pace}/s, reached"] = median([one.pace for one in paced])
        for share in (0.5, 0.95):
            name = f"at {pace}/s, p{share * 100:.0f} ms to "
            found[name + "receipt"] = median([percentile(one.receipts, share) for one in paced])
            found[name + "outcome"] = median([percentile(one.outcomes, share) for one in paced])
    took, cpu = ours.approve(count)
    ours.pair.settle()
    found["approving alone, ms"], found["approving alone, CPU ms"] = took / count * 1000, cpu / count * 1000
    return found | {f"{name}, bytes": size for name, size in ours.sizes(begun).items()}


def say(line: str) -> None:
    """One line of the report, at once."""
    print(line, flush=True)


def table(title: str, found: dict[str, float]) -> None:
    """A part of the report."""
    say(title)
    for name, value in found.items():
        say(f"  {name:<34} {value:>10.1f}")


def measure_ours(options: argparse.Namespace) -> dict[str, float]:
    """Our side."""
    with two_nodes() as ours:
        ours.begin()
        if options.stored:
            ours.carried(5)
            began = time.monotonic()
            fill(ours.pair, options.stored, short=options.short)
            say(f"filled {options.stored} statements into both nodes in {time.monotonic() - began:.0f} s")
        found = rounds_of(ours, options.count, options.seconds, options.rounds)
        table(f"ours, {ours.place()} statements stored at the end", found)
    return found


def measure_peer(python: Path, options: argparse.Namespace) -> dict[str, float]:
    """The peer's side."""
    with two_ends(python) as (sender, receiver):
        say(f"django-pyas2, safety of the databases: {[end.ask('show fsync')[0][0] for end in (sender, receiver)]}")
        sending = Sending(sender, receiver)
        sending.send(0, min(options.count, 20), DATA)  # warm
        burst = [sending.send(0, max(options.count // 3, 20), DATA) for _ in range(options.rounds)]
        found = {"per second": median([one["per second"] for one in burst])}
        found["CPU ms"] = median([one["CPU"] for one in burst]) * 1000
        found["bytes on loopback"] = median([one["wire"] for one in burst])
        for pace in PACES:
            paced = [sending.send(pace, int(pace * options.seconds), DATA) for _ in range(options.rounds)]
            found[f"at {pace}/s, reached"] = median([one["per second"] for one in paced])
            for share in (0.5, 0.95):
                name = f"at {pace}/s, p{share * 100:.0f} ms to receipt"
                found[name] = median([percentile(one["handed over"], share) for one in paced])
                found[name + ", from its row"] = median([percentile(one["committed"], share) for one in paced])
        sending.end()
    table("django-pyas2", found)
    return found


def run_alone(words: list[str], python: str) -> int:
    """Runs the benchmark again, where possible with a loopback that is ours alone."""
    told = {**os.environ, ALONE: "1", PEER_PYTHON: python}
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("ip"):
        say("The loopback is shared with other programs here: bytes on it are an upper bound.")
        return subprocess.run([sys.executable, *words], env=told, check=False).returncode
    line = ["unshare", "-n", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", sys.executable, *words]
    return subprocess.run(line, env=told, check=False).returncode


def arguments() -> argparse.Namespace:
    """The options of the command."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--count", type=int, default=300, help="statements that wait in a round for throughput")
    read.add_argument("--seconds", type=float, default=5.0, help="length of a round at a pace")
    read.add_argument("--stored", type=int, default=0, help="statements to fill in on both of our nodes first")
    read.add_argument("--short", action="store_true", help="those filled in are short ones")
    read.add_argument("--rounds", type=int, default=3)
    read.add_argument("--no-peer", action="store_true", help="ours and the floor alone")
    return read.parse_args()


def main() -> None:
    """Installs the peer, then measures each side and prints tables and ratios."""
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    if ALONE not in os.environ:
        with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
            python = "" if options.no_peer else str(install(Path(folder)))
            status = run_alone(sys.argv, python)
        sys.exit(status)
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {DATA} bytes of data a statement")
    ours = measure_ours(options)
    cost = floor(int(ours["statement token, bytes"]), int(ours["outcome's statement token, bytes"])) * 1000
    table("floor", {"CPU ms": cost, "per second and core": 1000 / cost})
    say(f"CPU of ours / floor: {ours['CPU ms'] / cost:.1f}")
    if os.environ[PEER_PYTHON]:
        peer = measure_peer(Path(os.environ[PEER_PYTHON]), options)
        say(f"throughput of ours / peer: {ours['per second'] / peer['per second']:.1f}")
        say(f"CPU of the peer / ours: {peer['CPU ms'] / ours['CPU ms']:.1f}")
        say(f"bytes of ours / peer: {ours['bytes on loopback'] / peer['bytes on loopback']:.2f}")
    say(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
