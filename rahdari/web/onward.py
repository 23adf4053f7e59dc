"""The way back: where a person wanted to go before a page that stood in between (signing in, opening a file)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, default: str) -> str:
    """Where a person wanted to go (`next`), if it is a page of this node."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/") and not wanted.startswith("//")
    return wanted if safe else default


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way of a person who must sign in first, and from there back to where they are now."""
    return redirect(f"{reverse('accounts.sign_in')}?{urlencode({'next': request.get_full_path()})}")
