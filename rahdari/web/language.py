"""Language and direction as one property of the request: every page stands under /en/, /ur/ or /ja/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language_from_path

YEAR = 365 * 24 * 60 * 60
RIGHT_TO_LEFT = frozenset({"ur"})


class LanguageMiddleware(LocaleMiddleware):
    """Takes the language from the address, else the cookie, else what the browser asks; remembers a chosen one."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        answer = super().process_response(request, response)
        chosen = get_language_from_path(request.path_info)
        if chosen and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != chosen:
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=YEAR,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return answer


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def same_page_in(language: str, path: str) -> str:
    """The address of the same page in another language; addresses without a language stay as they are."""
    now = get_language_from_path(path)
    return f"/{language}{path[len(now) + 1 :]}" if now else path
