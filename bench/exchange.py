"""What it costs to tell a partner something: `python bench/exchange.py [--quick] [--stored N] [--short]`.

In one run: ours (two nodes as `rahdari node init` makes them, two PostgreSQL servers with fsync on, plain HTTP on
loopback), django-pyas2 (AS2: signed, encrypted, signed synchronous receipt; installed into an environment of its own,
its own PostgreSQL servers with fsync on), and the floor (the same signatures and seals with `cryptography` alone).
Statements have 4 kB of data; ours also bring the outcome back, which AS2 does not know. Medians of three rounds.
`--stored N` fills N statements in on both of our nodes before the rounds, `--short` short ones; see docs/bench/exchange.md.
These machines are shared: read the ratios and the CPU seconds, not the times.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.exchange_floor import floor
from bench.exchange_ours import DATA, Ours, two_nodes
from bench.figures import median, percentile

PACES = (100, 20)
ALONE = "RAHDARI_BENCH_ALONE"  # set inside a network of our own, whose loopback nobody else uses


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
    """Our side, with what was filled in before."""
    with two_nodes() as ours:
        ours.begin()
        found = rounds_of(ours, options.count, options.seconds, options.rounds)
        table(f"ours, {ours.place()} statements stored at the end", found)
    return found


def in_a_network_of_our_own(words: list[str]) -> int | None:
    """Runs the benchmark again where the loopback is ours alone; None where that is not possible."""
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("ip"):
        say("The loopback is shared with other programs here: bytes on it are an upper bound.")
        return None
    line = ["unshare", "-n", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", sys.executable, *words]
    return subprocess.run(line, env={**os.environ, ALONE: "1"}, check=False).returncode


def arguments() -> argparse.Namespace:
    """The options of the command."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--stored", type=int, default=0, help="statements to fill in on both of our nodes before the rounds")
    read.add_argument("--short", action="store_true", help="those filled in are short ones")
    read.add_argument("--count", type=int, default=300, help="statements that wait in a round for throughput")
    read.add_argument("--seconds", type=float, default=5.0, help="length of a round at a pace")
    read.add_argument("--rounds", type=int, default=3)
    return read.parse_args()


def main() -> None:
    """Measures each side and prints tables and ratios."""
    options = arguments()
    if ALONE not in os.environ:
        status = in_a_network_of_our_own(sys.argv)
        if status is not None:
            sys.exit(status)
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {DATA} bytes of data a statement")
    ours = measure_ours(options)
    cost = floor(int(ours["statement token, bytes"]), int(ours["outcome's statement token, bytes"])) * 1000
    table("floor", {"CPU ms": cost, "per second and core": 1000 / cost})
    say(f"CPU of ours / floor: {ours['CPU ms'] / cost:.0f}")
    say(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
