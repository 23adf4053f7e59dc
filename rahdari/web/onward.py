"""The way back: where a person wanted to go before a page that stood in between (signing in, opening a file)."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, default: str) -> str:
    """Where a person wanted to go (`next`), if it is a page of this node."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") and not wanted.startswith("//")
    return wanted if safe else default
