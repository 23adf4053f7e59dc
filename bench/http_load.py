"""A small load generator for pages: keep-alive connections, one thread each, every answer checked.

Counts requests per second and the 50th and 95th percentile of the time to the last byte.
"""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

USUAL = {"Accept-Encoding": "gzip", "Host": "localhost"}


@dataclass(slots=True)
class Measured:
    """What one page did under load; times in milliseconds, `page_bytes` as sent (compressed)."""

    requests: int
    seconds: float
    times: list[float]
    page_bytes: int
    wrong: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


@dataclass(slots=True)
class Asked:
    """A request to repeat."""

    path: str
    method: str = "GET"
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


def load(port: int, asked: Asked, *, connections: int, seconds: float) -> Measured:
    """Asks as fast as the node answers, over several connections, for some seconds."""
    times: list[float] = []
    wrong, sizes, lock, end = [0], [0], threading.Lock(), time.perf_counter() + seconds

    def one() -> None:
        mine, connection = [], http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            began = time.perf_counter()
            connection.request(asked.method, asked.path, asked.body, USUAL | asked.headers)
            answer = connection.getresponse()
            size = len(answer.read())
            mine.append((time.perf_counter() - began) * 1000)
            sizes[0] = size
            wrong[0] += answer.status != asked.status
        connection.close()
        with lock:
            times.extend(mine)

    began = time.perf_counter()
    threads = [threading.Thread(target=one) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measured(len(times), time.perf_counter() - began, times, sizes[0], wrong[0])


def paced(
    port: int, asked: Callable[[int], Asked], *, pace: float, seconds: float, connections: int = 32
) -> tuple[list[float], int, float]:
    """Asks so often a second, each visit by its number: milliseconds since it was due, wrong answers, the pace reached."""
    times: list[float] = []
    wrong, lock = [0], threading.Lock()
    begin = time.perf_counter() + 0.5
    due = iter(range(int(pace * seconds)))

    def visitor() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number = next(due, None)
            if number is None:
                return connection.close()
            moment, one = begin + number / pace, asked(number)
            time.sleep(max(0.0, moment - time.perf_counter()))
            try:
                connection.request(one.method, one.path, one.body, USUAL | one.headers)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):  # no answer within the minute
                connection.close()
                status = 0
            with lock:
                times.append(1000 * (time.perf_counter() - moment))
                wrong[0] += status != one.status

    threads = [threading.Thread(target=visitor) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, wrong[0], len(times) / (time.perf_counter() - begin)


def median_of(runs: list[Measured]) -> Measured:
    """The run whose throughput is the median."""
    middle = statistics.median_low([run.per_second for run in runs])
    return next(run for run in runs if run.per_second == middle)
