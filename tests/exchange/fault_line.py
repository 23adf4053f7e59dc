"""A line between two real ends that can misbehave. It carries plain HTTP on loopback.

`spoil(fault, times)` says what happens to the next POSTs of envelopes; everything else passes:
    lose        it never arrives
    cut         it arrives, its answer does not
    duplicate   it arrives twice
    reorder     it is held back until a later one has passed, for `patience` seconds at most
    flip        one bit of it is another
    flip back   one bit of its answer is another
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = ("lose", "cut", "duplicate", "reorder", "flip", "flip back")
PATIENCE = 12.0  # seconds a held-back POST waits for a later one
Answered = tuple[int, list[tuple[str, str]], bytes]


class Line:
    """The line to one server."""

    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self.to, self.fault, self.left, self.posts, self.patience = port, "", 0, 0, patience
        self.passed = threading.Event()
        self.lock = threading.Lock()
        self.statuses: list[int] = []  # what the end said to each POST that was spoiled, last
        self.kept: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers: list[Answered] = []  # to these POSTs, as the end gave them, whether they arrived or not
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _carry(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = line.carry(self.command, self.path, body, dict(self.headers.items()))
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, text = answer
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_HEAD = _carry

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """An end that went away is no news."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spoil(self, fault: str, times: int = 1) -> None:
        """What happens to the next POSTs of envelopes or messages."""
        self.fault, self.left = fault, times
        self.passed.clear()

    def carry(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answered | None:
        """One request; None cuts the line."""
        told = method == "POST" and ("envelopes" in path or "as2receive" in path)
        fault = self._fault(path, body, headers) if told else ""
        if fault == "lose":
            return None
        if fault == "reorder":
            self.passed.wait(self.patience)
        if fault == "flip":
            body = flipped(body)
        try:
            answer = self.send(method, path, body, headers)
            if told:
                self.answers.append(answer)
            if fault == "duplicate":
                answer = self.send(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            return None
        if fault:
            self.statuses.append(answer[0])
        else:
            self.passed.set()
        if fault == "flip back":
            answer = (answer[0], answer[1], flipped(answer[2]))
        return None if fault == "cut" else answer

    def _fault(self, path: str, body: bytes, headers: dict[str, str]) -> str:
        """What happens to this POST."""
        with self.lock:
            self.posts += 1
            self.kept.append((path, body, headers))
            if not self.left:
                return ""
            self.left -= 1
            return self.fault

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answered:
        """Hands a request on, as it came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.to, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()


def flipped(content: bytes) -> bytes:
    """The same bytes, but for one bit in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :] if content else content
