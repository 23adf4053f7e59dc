"""Who speaks: the request token, the limits of a body, and answers as problem documents of the protocol.

Every failure of the token is one text with the status 401, so that nothing can be learned from it.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from email.utils import formatdate
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.seals import jws
from rahdari.seals.faults import Fault
from rahdari.seals.forms import digest
from rahdari.seals.tokens import Request, read_request
from rahdari.web.logs import log

from ..access import PARTNER
from ..actions.judging import OutOfReach
from ..actions.problems import problem
from ..models import Partner, UsedRequest
from ..outside.keyring import NotFounded
from ..queries.partners import boot, key_with, known_keys, link_of, partner_of
from ..rules.keys import KnownKey, counts
from ..rules.limits import BYTES, REQUEST_MEMORY, REQUEST_WINDOW

SCHEME = "Rahdari "
JSON = "application/json"
PROBLEM = "application/problem+json"
LONGEST_HEADER = 8 * 1024
KEYS_KEPT = 1.0  # seconds in which the keys of partners are not read again to look at a header

View = Callable[..., HttpResponse]


class Refuse(Exception):
    """The request is answered by this problem."""

    def __init__(self, name: str, detail: str = "", **members: Any) -> None:
        self.told = problem(name, detail, **members)
        super().__init__(name)


def answer(value: Any, status: int = 200, kind: str = JSON) -> HttpResponse:
    """A JSON answer; never kept by anything between."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    made = HttpResponse(body, status=status, content_type=kind)
    made.headers["Cache-Control"] = "no-store"
    return made


def say_problem(told: dict[str, Any]) -> HttpResponse:
    """A problem as the whole answer."""
    made = answer(told, told["status"], PROBLEM)
    if told["status"] == 401:
        made.headers["WWW-Authenticate"] = SCHEME.strip()
        made.headers["Date"] = formatdate(usegmt=True)
    if told["status"] in (429, 503):
        made.headers["Retry-After"] = "2"
    return made


def wire(view: View) -> View:
    """A door of the protocol: whatever goes wrong behind it is a problem document."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refuse as refuse:
            return say_problem(refuse.told)
        except (DatabaseError, OutOfReach, NotFounded) as error:
            log.error("exchange", id=getattr(request, "request_id", ""), exc=error)
            return say_problem(problem("unavailable"))
        except Exception as error:
            log.error("exchange", id=getattr(request, "request_id", ""), exc=error)
            return say_problem(problem("failed"))

    return guarded


def from_partner(*, largest: int = BYTES, ready: bool = True, too_large: str = "too_large") -> Callable[[View], View]:
    """A door that opens to a paired node with a request token of its own; `ready` doors answer 503 until both heads were asked.

    The view gets `request.partner` and `request.raw`, the body, which is read only after the token's signature held.
    """

    def decorate(view: View) -> View:
        @wire
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            read, key = _token(request)
            raw = _body(request, largest, too_large)
            if digest(raw) != read.body_hash or not _first_use(read):
                raise Refuse("unauthorised")
            partner = partner_of(key.node)
            if partner is None:
                raise Refuse("unauthorised")
            link = link_of(partner)
            if partner.state != "paired" or (ready and link.asked_boot != boot()):
                raise Refuse("unavailable")
            request.partner, request.raw = partner, raw
            request.actor = Actor(
                settings.RAHDARI_NODE, PARTNER, body=partner.node, name=f"node {partner.node}", channel="exchange"
            )
            type(link).objects.filter(pk=link.pk).update(seen_at=now())
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def by_method(**views: View) -> View:
    """One address, a view for each method; another method is refused after the token was checked, like everything else."""

    @csrf_exempt
    def choose(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        method = "GET" if request.method == "HEAD" and "HEAD" not in views else request.method
        found = views.get(str(method))
        if found is not None:
            return found(request, *args, **kwargs)
        refused = not_allowed(request)
        if refused.status_code == 405:
            refused.headers["Allow"] = ", ".join(sorted(views))
        return refused

    return choose


def _token(request: HttpRequest) -> tuple[Request, KnownKey]:
    header = request.headers.get("Authorization", "")
    if not header.startswith(SCHEME) or len(header) > LONGEST_HEADER:
        raise Refuse("unauthorised")
    try:
        read = read_request(header.removeprefix(SCHEME))
        key = _key(read.jws.kid)
        if key is None or not counts(key, dt.datetime.fromtimestamp(read.iat, dt.UTC)):
            raise Refuse("unauthorised")
        jws.check(read.jws, key.public)
    except (Fault, OverflowError, ValueError, OSError):
        raise Refuse("unauthorised") from None
    said = (read.iss, read.aud, read.method, read.target)
    target = request.get_full_path() if "RAW_URI" not in request.META else request.META["RAW_URI"]
    if said != (key.node, settings.RAHDARI_NODE, request.method, target) or abs(time.time() - read.iat) > REQUEST_WINDOW:
        raise Refuse("unauthorised")
    return read, key


_keys: tuple[float, list[KnownKey]] = (0.0, [])


def _key(kid: str) -> KnownKey | None:
    """The gateway key of a partner. The list is read at most once a second, so that rubbish does not reach the database."""
    global _keys
    if time.monotonic() - _keys[0] > KEYS_KEPT:
        _keys = (time.monotonic(), known_keys())
    return key_with(_keys[1], kid, "gateway")


def _body(request: HttpRequest, largest: int, too_large: str) -> bytes:
    raw = request.read(largest + 1)
    if len(raw) > largest:
        raise Refuse(too_large, f"A body may have {largest} bytes.")
    return bytes(raw)


def _first_use(read: Request) -> bool:
    """Notes the token as used, atomically; False when it was used before."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {UsedRequest._meta.db_table} (issuer, jti, until) values (%s, %s, %s) on conflict do nothing",  # noqa: S608
            [read.iss, read.jti, now() + REQUEST_MEMORY],
        )
        return bool(cursor.rowcount == 1)


@from_partner(ready=False)
def not_allowed(request: HttpRequest) -> HttpResponse:
    """An address of the protocol asked in a way it does not know."""
    raise Refuse("not_allowed")


@from_partner(ready=False)
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No address of the protocol."""
    raise Refuse("not_found")


def own_end(partner: Partner, sender: str, receiver: str) -> None:
    """Only the two ends of a stream may ask about it, whether it exists or not."""
    if {sender, receiver} != {partner.node, settings.RAHDARI_NODE}:
        raise Refuse("not_a_party")
