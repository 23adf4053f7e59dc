"""How often somebody may try: counters a window, an address and an account, in the database.

    limit(PASSWORD, at=now(), address=address_of(request), account=email)

Tries made at the same moment are all counted. The keys hold no personal value, only a keyed hash of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from rahdari.base.refusal import Refusal, Refused
from rahdari.base.tries import count_try

UNKNOWN = "unknown"  # the address of whoever has none that can be read


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries in so many minutes: from one address, and for one account; 0 where no call names it."""

    name: str
    minutes: int
    by_address: int = 0
    by_account: int = 0


def limit(rate: Rate, *, at: dt.datetime, address: str = "", account: str = "", code: str = "too_many_tries") -> None:
    """Counts one try; raises `Refused` with the code named and the minutes to wait when there were too many.

    Called before the work it protects and outside its transaction, so that a refused try counts too.
    """
    seconds = rate.minutes * 60
    window, gone = divmod(int(at.timestamp()), seconds)
    asked = {f"{rate.name}:address:{_hidden(address)}:{window}": rate.by_address} if address else {}
    if account:
        asked[f"{rate.name}:account:{_hidden(account)}:{window}"] = rate.by_account
    counted = count_try(asked, until=at + dt.timedelta(seconds=seconds))
    if any(counted[key] > most for key, most in asked.items()):
        raise Refused([Refusal(code, {"minutes": (seconds - gone + 59) // 60})])


def _hidden(value: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), value.casefold().encode(), hashlib.sha256).hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: for IPv6 the network (/64), because one visitor has many addresses.

    Behind proxies of our own (`RAHDARI_PROXIES`) the header they set is believed, as far as they wrote it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.RAHDARI_PROXIES
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and told:
        address = told[-min(proxies, len(told))]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)
