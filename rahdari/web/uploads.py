"""What is too large to be anything we take is refused by its own word for its length, before a byte of it is read.

Files of people end at ten megabytes; a form may carry two of them. The exchange counts what it reads by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import problem

LARGEST = 24 * 1024 * 1024  # bytes
COUNTS_BY_ITSELF = "/exchange/"


class SizeMiddleware:
    """Answers 413 to a request that says it is larger than anything we take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        too_large = not said.isdecimal() or int(said) > LARGEST
        if too_large and not request.path.startswith(COUNTS_BY_ITSELF):
            return problem(request, 413)
        return self.get_response(request)
