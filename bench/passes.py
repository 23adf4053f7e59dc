"""Clearance passes checked a second, on one core, with no network and no database.

    python bench/passes.py [--passes 500] [--revoked 5000] [--write]

Keys and a list of revoked serials as a telephone or `rahdari pass verify` holds them; of every pass the signature, the
days, the serial and the passport are checked. It reports and asserts nothing. Beside it: how many bytes a pass and the list have.
What was found stands in docs/bench/passes.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.reports import keep
from rahdari.domain.departures.rules.passes import PASS, Shown, check_pass, facts_of_pass, list_against
from rahdari.domain.exchange.rules.keys import KnownKey
from rahdari.domain.exchange.rules.papers import PaperKey, paper_key
from rahdari.seals.keys import PrivateKey, new_key
from rahdari.seals.tokens import make_paper, make_revocations

AT = dt.datetime(2027, 3, 9, 3, 0, tzinfo=dt.UTC)
KEPT = Path(__file__).parent.parent / "docs" / "bench" / "passes.md"


def passes(number: int, key: PrivateKey) -> list[str]:
    """So many passes of invented people."""
    made = []
    for serial in range(1, number + 1):
        facts = facts_of_pass(
            serial=serial, names=[f"INVENTED PERSON {serial}", "فرضی شخص"], born=dt.date(1999, 2, 1), passport=f"XX{serial:07}",
            photo="", registration_no=f"R-PEW-2027-{serial:06}", clearance_no=f"C-PEW-2027-{serial:06}",
            employer="Care Home Hinata (invented)", route="oep", begins=AT.date(),
        )  # fmt: skip
        made.append(make_paper(node="pk", kind=PASS, facts=facts, issued_at=AT, until=dt.date(2030, 3, 22), key=key))
    return made


def main() -> None:
    """Checks them all and says how long it took."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--passes", type=int, default=500)
    asked.add_argument("--revoked", type=int, default=5_000)
    asked.add_argument("--write", action="store_true")
    told, load = asked.parse_args(), os.getloadavg()[0]
    chance, key = random.Random(1), new_key("clerk", 0, 4_000_000_000)
    known = paper_key(KnownKey("pk", key.public))
    keys: list[PaperKey] = [] if known is None else [known]
    tokens = passes(told.passes, key)
    serials = chance.sample(range(1, 400_000), told.revoked)
    token = make_revocations(
        node="pk",
        revoked=[(one, one, AT.date() - dt.timedelta(days=one % 900)) for one in serials],
        issued_at=AT,
        next_update=AT + dt.timedelta(days=1),
        key=key,
    )
    begun = time.process_time()
    revocations = list_against(token, keys)
    read = time.process_time() - begun
    assert revocations is not None
    found: dict[str, int] = {}
    begun = time.process_time()
    for place, one in enumerate(tokens, 1):
        verdict = check_pass(one, keys, lists=[revocations], shown=Shown(f"XX{place:07}"), at=AT)
        found[verdict.outcome] = found.get(verdict.outcome, 0) + 1
    took = time.process_time() - begun
    lines = [
        f"{told.passes} passes, a list of {told.revoked} revoked serials of 400,000; time of the processor, one core.",
        "",
        "| what | found |",
        "|---|---|",
        f"| checks a second | {told.passes / took:,.0f} (aim: 100) |",
        f"| outcomes | {', '.join(f'{name} {count}' for name, count in sorted(found.items()))} |",
        f"| a pass, without its address | {max(map(len, tokens))} bytes at most |",
        f"| the list | {len(token):,} bytes, read and checked in {read * 1000:.0f} ms |",
    ]
    print("\n".join(lines))
    if told.write:
        keep(KEPT, "Clearance passes checked a second", "bench/passes.py", load, lines)


if __name__ == "__main__":
    main()
