"""A line between two real ends that can misbehave: it repeats, holds back, cuts after the delivery, or flips a bit.

It carries plain HTTP on loopback. `spoil(fault, times)` says what happens to the next POSTs; everything else passes.
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 12.0  # seconds a held-back POST waits for a later one
Answered = tuple[int, list[tuple[str, str]], bytes]


class Line:
    """The line to one server."""

    def __init__(self, port: int) -> None:
        self.to, self.fault, self.left, self.posts = port, "", 0, 0
        self.passed = threading.Event()
        self.lock = threading.Lock()
        self.statuses: list[int] = []  # what the end said to each POST that was spoiled, last
        self.kept: list[tuple[str, bytes, dict[str, str]]] = []
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

            do_GET = do_POST = do_PUT = do_HEAD = _carry  # noqa: N815

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
        fault = ""
        if method == "POST" and ("envelopes" in path or "as2receive" in path):
            with self.lock:
                self.posts += 1
                self.kept.append((path, body, headers))
                if self.left:
                    self.left, fault = self.left - 1, self.fault
        if fault == "reorder":
            self.passed.wait(PATIENCE)
        if fault == "flip":
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        try:
            answer = self.send(method, path, body, headers)
            if fault == "duplicate":
                answer = self.send(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            return None
        if fault:
            self.statuses.append(answer[0])
        else:
            self.passed.set()
        return None if fault == "cut" else answer

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
