"""Rubbish against a node, about a thousand requests a second from nobody known, while the other node tells it things.

    python bench/rubbish.py [--rate 1000] [--connections 400] [--count 40] [--rounds 5]

Two real nodes. `pk` tells `jp` so many statements at once, first in quiet, then while the rubbish comes in; each time
until every outcome was heard. Afterwards everything must be there once and both journals agree. The flood is a process
of its own that keeps to its rate as long as a connection is free. What was found stands in docs/bench/faults.md.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rahdari.project.launch.data_folder import remove
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_request
from tests.exchange.nodes import Pair

POST = "POST /exchange/v1/envelopes"


def rubbish(chance: random.Random) -> list[bytes]:
    """Requests of nobody known: no token, no form, a stranger's good signature, a body of noise, addresses that do not exist."""
    body = json.dumps({"envelopes": ["x.y.z"]}).encode()
    noise = chance.randbytes(16 * 1024)
    stranger = new_key("gateway", int(time.time()) - 60, int(time.time()) + 3600)
    token = make_request(
        iss="pk", aud="jp", method="POST", target="/exchange/v1/envelopes", body=body, iat=int(time.time()), jti="1", key=stranger
    )
    return [
        request(POST, body),
        request(POST, body, "Rahdari a.b.c"),
        request(POST, body, f"Rahdari {token}"),
        request(POST, noise, f"Rahdari {token[:-9]}AAAAAAAAA"),
        request("GET /exchange/v1/streams/pk/jp/head", b"", "Rahdari " + "A" * 4000),
        request("GET /exchange/v1/nothing/here", b""),
        request("PUT /exchange/v1/blobs/" + "0" * 64, noise),
    ]


def request(line: str, body: bytes, authorization: str = "") -> bytes:
    """A request as it goes over the line."""
    head = [f"{line} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    head += [f"Authorization: {authorization}"] if authorization else []
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


class Flood:
    """So many requests a second until it is stopped, over connections that each wait for their answer."""

    def __init__(self, port: int, rate: float, connections: int) -> None:
        self.port, self.rate, self.connections = port, rate, connections
        self.statuses: collections.Counter[str] = collections.Counter()
        self.sent, self.began, self.kinds = 0, time.monotonic(), rubbish(random.Random(1))

    async def run(self, stop: asyncio.Event) -> None:
        """Floods until `stop`."""
        self.began = time.monotonic()
        labour = [asyncio.create_task(self._connection()) for _ in range(self.connections)]
        await stop.wait()
        for one in labour:
            one.cancel()
        await asyncio.gather(*labour, return_exceptions=True)

    async def _connection(self) -> None:
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                while True:
                    number, self.sent = self.sent, self.sent + 1
                    await asyncio.sleep(max(0.0, self.began + number / self.rate - time.monotonic()))
                    writer.write(self.kinds[number % len(self.kinds)])
                    self.statuses[await answer(reader)] += 1
            except (OSError, asyncio.IncompleteReadError):
                self.statuses["cut"] += 1


async def answer(reader: asyncio.StreamReader) -> str:
    """The status of an answer, read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = head.partition("content-length:")[2].partition("\r\n")[0].strip()
    await reader.readexactly(int(length or 0))
    return head.split(" ", 2)[1]


async def flood(port: int, rate: float, connections: int) -> None:
    """The process of the flood: says what it did when it is told to stop."""
    stop, made = asyncio.Event(), Flood(port, rate, connections)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await made.run(stop)
    seconds = time.monotonic() - made.began
    print(json.dumps({"per_second": sum(made.statuses.values()) / seconds, "statuses": dict(made.statuses)}))


def carried(pair: Pair, count: int) -> float:
    """Seconds from so many statements said at once to their last outcome."""
    pair.pk.say("a text", count)
    began = time.monotonic()
    pair.settle()
    return time.monotonic() - began


def measure(pair: Pair, asked: argparse.Namespace) -> None:
    """Quiet, then with the rubbish; prints both."""
    carried(pair, asked.count)  # so that nothing is done for the first time
    quiet = [carried(pair, asked.count) for _ in range(asked.rounds)]
    words = [sys.executable, __file__, "--flood", str(pair.jp.port), "--rate", str(asked.rate)]
    flooding = subprocess.Popen([*words, "--connections", str(asked.connections)], stdout=subprocess.PIPE, text=True)
    time.sleep(2.0)
    loud = [carried(pair, asked.count) for _ in range(asked.rounds)]
    flooding.terminate()
    told = json.loads(flooding.communicate(timeout=60)[0])
    pair.settle()
    pair.agree(pk=asked.count * (1 + 2 * asked.rounds))
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, rubbish asked for {asked.rate:.0f}/s")
    print(f"rubbish answered  {told['per_second']:.0f}/s  {told['statuses']}")
    for name, seconds in (("quiet", quiet), ("with rubbish", loud)):
        middle = statistics.median(seconds)
        print(f"{name:<14} {asked.count} statements in {middle:.2f} s (median of {len(seconds)}), {asked.count / middle:.1f}/s")
    print("everything taken up once and in order, both journals agree")


def main() -> None:
    """Makes two nodes and measures; or is the flood itself."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual, kind in (("rate", 1000.0, float), ("connections", 400, int), ("count", 40, int), ("rounds", 5, int)):
        read.add_argument(f"--{name}", default=usual, type=kind)
    read.add_argument("--flood", type=int, help=argparse.SUPPRESS)
    asked = read.parse_args()
    if asked.flood:
        asyncio.run(flood(asked.flood, asked.rate, asked.connections))
        return
    folder = Path(tempfile.mkdtemp(prefix="rahdari-bench-"))
    folder.chmod(0o711)
    pair = Pair(folder)
    try:
        pair.up()
        measure(pair, asked)
    finally:
        pair.close()
        remove(folder)


if __name__ == "__main__":
    main()
