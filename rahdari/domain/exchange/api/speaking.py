"""Who speaks: the request token, the limits of a body, and answers as problem documents of the protocol.

Every failure of the token is one text with the status 401, so that nothing can be learned from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from collections.abc import Callable
from email.utils import formatdate
from functools import wraps
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import repercent_broken_unicode
from django.views.decorators.csrf import csrf_exempt

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.seals import jws
from rahdari.seals.faults import Fault
from rahdari.seals.forms import encode
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
PIECE = 64 * 1024
DRAINED = 8 * 1024 * 1024  # bytes of a refused body that are read and forgotten
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
            drain(request)
            return say_problem(refuse.told)
        except (DatabaseError, OutOfReach, NotFounded) as error:
            log.error("exchange", id=getattr(request, "request_id", ""), exc=error)
            return say_problem(problem("unavailable"))
        except Exception as error:
            log.error("exchange", id=getattr(request, "request_id", ""), exc=error)
            return say_problem(problem("failed"))

    return guarded


def from_partner(*, largest: int = BYTES, ready: bool = True) -> Callable[[View], View]:
    """A door that opens to a paired node with a request token of its own; `ready` doors answer 503 until both heads were asked.

    The view gets `request.partner` and `request.raw`, the body, which is read only after the token's signature held.
    """

    def decorate(view: View) -> View:
        @wire
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            read, key = _token(request)
            raw, hash_ = _body(request, largest)
            if hash_ != read.body_hash or not _first_use(read):
                raise Refuse("unauthorised")
            if raw is None:
                raise Refuse("too_large", f"A body may have {largest} bytes.")
            if "%" in read.target.partition("?")[0]:
                raise Refuse("not_found")  # no address of the protocol needs it
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
    said = (read.iss, read.aud, read.method)
    fresh = abs(time.time() - read.iat) <= REQUEST_WINDOW
    if said != (key.node, settings.RAHDARI_NODE, request.method) or not _is_target(request, read.target) or not fresh:
        raise Refuse("unauthorised")
    return read, key


def _is_target(request: HttpRequest, told: str) -> bool:
    """Whether the target is that of the request; the server hands on the path decoded, so it is compared decoded."""
    path, mark, query = told.partition("?")
    sent = request.META.get("QUERY_STRING", "")
    came = repercent_broken_unicode(unquote_to_bytes(path)).decode()  # as Django reads it
    return came == request.META["PATH_INFO"] and query == sent and bool(sent) == bool(mark)


_keys: tuple[float, list[KnownKey]] = (0.0, [])


def _key(kid: str) -> KnownKey | None:
    """The gateway key of a partner. The list is read at most once a second, so that rubbish does not reach the database."""
    global _keys
    if time.monotonic() - _keys[0] > KEYS_KEPT:
        _keys = (time.monotonic(), known_keys())
    return key_with(_keys[1], kid, "gateway")


def _body(request: HttpRequest, largest: int) -> tuple[bytes | None, str]:
    """The body and its hash; None for a body that is too large, which is hashed to its end within reason and not kept."""
    pieces, size, digest_ = [], 0, hashlib.sha256()
    while piece := request.read(PIECE):
        size += len(piece)
        digest_.update(piece)
        if size <= largest:
            pieces.append(piece)
        if size > largest + DRAINED:
            raise Refuse("too_large", f"A body may have {largest} bytes.")
    return (b"".join(pieces) if size <= largest else None), encode(digest_.digest())


def drain(request: HttpRequest) -> None:
    """Reads on and forgets what comes, so that who is refused early can still read why; within reason."""
    left = DRAINED
    try:
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)
    except OSError:
        pass  # it went away


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
