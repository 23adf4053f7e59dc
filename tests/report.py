"""What `bin/dev sure` found, written down: `python tests/report.py JUNIT.xml docs/sure.md`."""

from __future__ import annotations

import datetime as dt
import platform
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

HEAD = """# Everything, once

`bin/dev sure` runs what an ordinary run leaves out: every case of the independent peer against a real node, two real nodes that are killed,
restored, set wrong and filled up, every naughty string, the whole tour. Written by its last run; how long it took says more of the machine than of the program.

"""


def report(found: Path) -> str:
    """The page: the day, the result, and a line for each folder of tests."""
    ran: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    left: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    failed = []
    for case in ET.parse(found).getroot().iter("testcase"):  # pytest wrote it a moment ago
        folder = ".".join(case.get("classname", "").split(".")[:2]).replace(".", "/")
        ran[folder] += 1
        minutes[folder] += float(case.get("time", 0)) / 60
        if case.find("failure") is not None or case.find("error") is not None:
            wrong[folder] += 1
            failed.append(f"{case.get('classname')}::{case.get('name')}")
        left[folder] += case.find("skipped") is not None
    lines = [HEAD, f"**{dt.datetime.now(dt.UTC).date().isoformat()}**, Python {platform.python_version()}: "]
    lines.append(f"{sum(ran.values())} tests, {sum(wrong.values())} failed, {sum(left.values())} left out.\n\n")
    lines.append("| tests in | tests | failed | left out | minutes of one worker |\n|---|---|---|---|---|\n")
    lines += [f"| {name} | {ran[name]} | {wrong[name]} | {left[name]} | {minutes[name]:.1f} |\n" for name in sorted(ran)]
    if failed:
        lines += ["\nFailed:\n\n", *(f"- `{one}`\n" for one in failed)]
    return "".join(lines)


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(report(Path(sys.argv[1])), encoding="utf-8")
