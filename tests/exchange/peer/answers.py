"""What goes over the wire: a call, an answer, a problem document, and manners that spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.exchange.peer.forms import read_object, write_json

STATUS = {
    "malformed": 400,
    "too_large": 413,
    "key_unknown": 403,
    "signature": 400,
    "wrong_recipient": 403,
    "wrong_sender": 403,
    "time": 400,
    "key_out_of_validity": 403,
    "fork": 409,
    "chain": 409,
    "stopped": 409,
    "gap": 409,
    "unauthorised": 401,
    "not_a_party": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "blob_mismatch": 422,
    "quota": 507,
    "flooding": 429,
    "unavailable": 503,
}


@dataclass(frozen=True)
class Call:
    """A request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        return read_object(self.body)

    @property
    def problem(self) -> str | None:
        """The name of the problem, when this is a problem document."""
        if not self.type.startswith("application/problem+json"):
            return None
        return self.json()["type"].rpartition("/")[2]


Proper = Callable[[], Answer]
Manner = Callable[[Call, Proper], Answer | None]
"""Sees a call before its answer. Returns its own answer, `LOST` to close the line without one, or None to stay out of it."""

LOST = Answer(0)


class Refused(Exception):
    """A token or a request that is not accepted, by the name of its problem."""

    def __init__(self, name: str, detail: str = "", final: bool = False, **more: Any) -> None:
        super().__init__(name)
        self.name, self.detail, self.final, self.more = name, detail, final, more


def problem_of(name: str, detail: str = "", **more: Any) -> dict[str, Any]:
    title = name.replace("_", " ")
    return {"type": f"/exchange/problems/{name}", "title": title, "status": STATUS[name], "detail": detail or title, **more}


def ok(value: Any, status: int = 200) -> Answer:
    return Answer(status, write_json(value))


def refuse(name: str, detail: str = "", **headers: str) -> Answer:
    return Answer(STATUS[name], write_json(problem_of(name, detail)), "application/problem+json", headers)
