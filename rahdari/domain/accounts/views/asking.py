"""What stands between a visitor and a message that costs money: the bounds on codes, and phones this device knows."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse

from rahdari.base.secrets import blind
from rahdari.web.rates import address_of, limit

from ..rules.opening import block_of, may_have_account
from ..rules.phones import normal_phone
from . import rates

KNOWN, A_YEAR = "phone-known", 365 * 24 * 60 * 60
PURPOSE = "accounts.device"


def hold_back(request: HttpRequest, typed: str, at: dt.datetime) -> None:
    """Counts a code asked for a phone; raises `Refused` (`too_many_tries`, `codes_paused`) when there were too many.

    The same for phones known and unknown. What one phone may not have any more, and what is no phone that is sent a code
    whoever has it, is not counted for its block or the node.
    """
    number = normal_phone(typed, request.actor.node)
    known = number is not None and _known_here(request, number)
    account = counted_as(request, number or typed)
    limit(rates.ASK_CODE, at=at, address="" if known else address_of(request), account=account)
    limit(rates.ASK_CODE_DAY, at=at, account=account)
    if number is not None and not known:
        hold_back_messages(number, at)


def hold_back_messages(phone: str, at: dt.datetime) -> None:
    """Counts a message to a phone for its block and the node, where it is one that is sent any; raises as `hold_back`."""
    if may_have_account(phone):
        limit(rates.CODES_OF_BLOCK, at=at, account=block_of(phone), code="codes_paused")
        limit(rates.codes_of_node(settings.RAHDARI_CODES_AN_HOUR), at=at, account="node", code="codes_paused")


def counted_as(request: HttpRequest, phone: str) -> str:
    """Under what name tries for a phone are counted: apart on a device it came in on, so that no stranger uses them up."""
    return f"here {phone}" if _known_here(request, phone) else phone


def remember(request: HttpRequest, answer: HttpResponse, phone: str) -> HttpResponse:
    """Lets this device ask for codes for a phone that came in on it also while others are paused; the number is not in it."""
    told = dumps(blind(phone, PURPOSE), salt=PURPOSE)
    answer.set_cookie(KNOWN, told, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


def _known_here(request: HttpRequest, phone: str) -> bool:
    try:
        told: object = loads(request.COOKIES.get(KNOWN, ""), salt=PURPOSE, max_age=A_YEAR)
    except BadSignature:
        return False
    return told == blind(phone, PURPOSE)
