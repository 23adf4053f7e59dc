"""How fast pages are, and how heavy: `python bench/pages.py`.

Starts the demonstration with two web workers a node in a folder of its own, asks each page
over eight keep-alive connections, three runs of a few seconds each in turn, and prints the
run with the median throughput. `/healthz` is the floor: the same server and middleware
without a page. These machines are shared: read the ratios to the floor, not the times.
Weights are compared with the budget of the design: 60 kB on the first visit without
fonts, 15 kB after it, as sent (gzip). `--write` keeps the result in docs/bench/pages.md.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gzip
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from http_load import Asked, Measured, load, median_of
from reports import machine

PROJECT = Path(__file__).resolve().parent.parent
FACTS = {"kind": "cnic", "value": "35201-1234567-1"}
FIRST_VISIT, LATER_VISIT = 60_000, 15_000  # bytes
KEPT = PROJECT / "docs" / "bench" / "pages.md"
OFFICER = "protector"  # who opens the worklist
PAGES = {
    "floor: /healthz": Asked("/healthz"),
    "home (en)": Asked("/en/"),
    "home (ur)": Asked("/ur/"),
    "field page (ja)": Asked("/ja/fields/FOOD_SERVICE/"),
    "checker, form (en)": Asked("/en/checks/eligibility/"),
    "checker, JSON": Asked("/api/checks/identifiers", "POST", json.dumps(FACTS).encode(), {"Content-Type": "application/json"}),
}


def get(port: int, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": "localhost"} | (headers or {}))
    return connection.getresponse()


def wait_until_ready(home: Path, started: subprocess.Popen[str]) -> int:
    """Waits until both nodes answer and gives the port of Pakistan's; ends the bench when the demonstration ended."""
    while True:
        if started.poll() is not None:
            sys.exit("the demonstration did not start:\n" + (started.stdout.read() if started.stdout else ""))
        with contextlib.suppress(OSError, ValueError):
            ports = [json.loads((home / node / "node.json").read_text())["port"] for node in ("pk", "jp")]
            if all(get(port, "/readyz").status == 200 for port in ports):
                return int(ports[0])
        time.sleep(0.3)


def signed_in(port: int) -> dict[str, str]:
    """The cookie of an officer who signed in at the demonstration's door."""
    door = get(port, "/en/account/demonstration/")
    page = door.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    row = next((one for one in page.split("<tr") if f">{OFFICER}<" in one), "")
    person = re.search(r'name="(\w+)" value="([0-9a-f-]{36})"', row)
    cookies = dict(re.findall(r"([\w-]+)=([^;]+);", "; ".join(door.headers.get_all("Set-Cookie") or []) + ";"))
    if not token or not person:
        sys.exit(f"no {OFFICER} can sign in at the demonstration's door")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items() if "rahdari" in name)
    body = f"csrfmiddlewaretoken={token[1]}&{person[1]}={person[2]}"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": jar, "Host": "localhost", "Origin": "http://localhost"}
    connection.request("POST", "/en/account/demonstration/", body, form)
    answer = connection.getresponse()
    session = re.search(
        r"(rahdari-\w+)=([^;]+);", "; ".join(one for one in answer.headers.get_all("Set-Cookie") or [] if "csrf" not in one) + ";"
    )
    if not session:
        sys.exit(f"signing in did not succeed: {answer.status}")
    return {"Cookie": f"{session[1]}={session[2]}"}


def weights(port: int, path: str) -> tuple[int, int]:
    """Bytes as sent of a page alone, and with its stylesheet, scripts and icon."""
    answer = get(port, path, {"Accept-Encoding": "gzip"})
    raw = answer.read()
    html = gzip.decompress(raw).decode() if answer.headers.get("Content-Encoding") == "gzip" else raw.decode()
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|ico|svg))"', html))
    return len(raw), len(raw) + sum(len(get(port, part, {"Accept-Encoding": "gzip"}).read()) for part in parts)


def measure(port: int, options: argparse.Namespace) -> dict[str, Measured]:
    """Each page in turn, several times over; the median run of each."""
    pages = PAGES | {"worklist, signed in (en)": Asked("/en/desk/", headers=signed_in(port))}
    runs: dict[str, list[Measured]] = {name: [] for name in pages}
    for _ in range(options.runs):
        for name, asked in pages.items():
            runs[name].append(load(port, asked, connections=options.connections, seconds=options.seconds))
    return {name: median_of(found) for name, found in runs.items()}


def report(measured: dict[str, Measured], port: int) -> list[str]:
    """The lines of the result."""
    floor = next(iter(measured.values())).per_second
    lines = [f"{'page':28} {'a second':>9} {'of floor':>9} {'p50 ms':>8} {'p95 ms':>8} {'bytes':>8} {'wrong':>6}"]
    for name, one in measured.items():
        lines.append(
            f"{name:28} {one.per_second:9.0f} {one.per_second / floor:9.1%} {one.percentile(0.5):8.1f}"
            f" {one.percentile(0.95):8.1f} {one.page_bytes:8} {one.wrong:6}"
        )
    lines += ["", f"{'weight in bytes':28} {'later visit':>12} {'first visit':>12}   budget {LATER_VISIT} / {FIRST_VISIT}"]
    for name, asked in PAGES.items():
        if asked.method == "GET" and asked.path.startswith(("/en", "/ur", "/ja")):
            later, first = weights(port, asked.path)
            fits = "within" if later <= LATER_VISIT and first <= FIRST_VISIT else "OVER"
            lines.append(f"{name:28} {later:12} {first:12}   {fits}")
    return lines


def keep(lines: list[str], options: argparse.Namespace) -> None:
    """Writes the result with its day and the kind of machine into the documents."""
    shape = f"{options.runs} runs of {options.seconds:g} s a page, {options.connections} connections, 2 web workers a node"
    text = [
        "# Pages: how fast and how heavy",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine()}; both nodes, the database and the asking program on this one machine.",
        f"`python bench/pages.py --write`: {shape}; the run with the median throughput of each page.",
        f"Load of the machine when it began: {options.load:.1f}. Times depend on the machine; compare the ratios to the floor.",
        "",
        "```",
        *lines,
        "```",
    ]
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text("\n".join(text) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--write", action="store_true", help=f"keep the result in {KEPT.relative_to(PROJECT)}")
    options = parser.parse_args()
    options.load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="rahdari-bench-") as folder:
        words = [str(PROJECT / "bin" / "demo"), "--home", f"{folder}/demo", "--workers", "2"]
        started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            port = wait_until_ready(Path(folder) / "demo", started)
            lines = report(measure(port, options), port)
            print("\n".join(lines))
            if options.write:
                keep(lines, options)
        finally:
            started.send_signal(signal.SIGINT)
            started.wait(60)


if __name__ == "__main__":
    main()
