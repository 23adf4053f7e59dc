"""What went wrong, for people (a page in their language) and for programs (RFC 9457), never with a stack trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from rahdari.base.facts import WrongFacts
from rahdari.base.refusal import Reason, Refusal, Refused
from rahdari.base.work import Missing

from .logs import log
from .words import say, say_fault

FORBIDDEN = frozenset({"not_permitted", "wrong_node", "four_eyes", "sign_in_first", "not_in_scope"})
CONFLICT = frozenset({"stale", "wrong_state", "edition_in_force"})
TOO_MANY = frozenset({"too_many_tries", "codes_paused", "too_many_pages"})


def status_of(refusals: Sequence[Refusal]) -> int:
    """The HTTP status for a set of refusals: 403 before 429 before 409 before 422."""
    codes = {refusal.code for refusal in refusals}
    if any(code in FORBIDDEN or code.startswith("not_own_") for code in codes):
        return 403
    if codes & TOO_MANY:
        return 429
    return 409 if codes & CONFLICT else 422


def titles(status: int) -> tuple[str, str]:
    """The heading and the next step for a status, in the language of the reader."""
    said = {
        400: (_("This request could not be read"), _("Go back, check what you entered and send it again.")),
        401: (_("The token is not valid"), _("Send a token that is in force, or none for what is open to anyone.")),
        403: (_("You may not do this here"), _("Sign in, or change the role you act in.")),
        404: (_("There is no such page"), _("Check the address, or start from the front page.")),
        405: (_("This page cannot be used in this way"), _("Open the page from the front page and use its buttons.")),
        409: (_("The matter has moved on"), _("Open the page again to see where it stands.")),
        413: (_("What was sent is too large"), _("Send a smaller file or a shorter text.")),
        422: (_("Something is missing or wrong"), _("Read what is said below, correct it and send again.")),
        429: (_("Too many tries"), _("Wait a little and try again.")),
        500: (
            _("Something failed on our side"),
            _("Nothing was changed. Try again; if it fails again, tell the office the number below."),
        ),
        503: (_("The service is not ready"), _("Try again in a minute.")),
    }
    return said.get(status, said[500])


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: an address of the API, or JSON preferred."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith(("/api/", "/exchange/")) or ("json" in accept and "text/html" not in accept)


def problem(request: HttpRequest, status: int, *, detail: str = "", **members: Any) -> HttpResponse:
    """An error as a page or as a problem document."""
    title, next_step = titles(status)
    number = getattr(request, "request_id", "")
    if wants_json(request):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail or next_step, "instance": number}
        return JsonResponse(
            body | members, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
        )
    context = {"title": title, "next_step": next_step, "detail": detail, "status": status, "number": number, **members}
    answer = render(request, "web/error.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def told(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Refusals for a problem document: code, message, member."""
    return [
        {"code": one.code, "message": say(one), **({"member": one.member} if isinstance(one, Refusal) and one.member else {})}
        for one in reasons
    ]


def refused(request: HttpRequest, wrong: Refused) -> HttpResponse:
    """The answer for an action that was refused."""
    status = status_of(wrong.refusals)
    answer = problem(request, status, detail=" ".join(say(one) for one in wrong.refusals), refusals=told(wrong.refusals))
    if status == 429:
        minutes = next((int(str(one.about.get("minutes", 1))) for one in wrong.refusals if one.code in TOO_MANY), 1)
        answer.headers["Retry-After"] = str(minutes * 60)
    return answer


def wrong_facts(request: HttpRequest, wrong: WrongFacts) -> HttpResponse:
    """The answer for facts of a wrong shape: every fault with its path."""
    faults = [{"path": fault.path, "code": fault.code, "message": say_fault(fault)} for fault in wrong.faults]
    detail = " ".join(f"{fault['path']}: {fault['message']}".removeprefix(": ") for fault in faults)
    return problem(request, 422, detail=detail, errors=faults)


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The answer for an error we know, None for one we do not."""
    if isinstance(error, Refused):
        return refused(request, error)
    if isinstance(error, WrongFacts):
        return wrong_facts(request, error)
    if isinstance(error, (Missing, Http404)):
        return problem(request, 404)
    if isinstance(error, PermissionDenied):
        return problem(request, 403)
    if isinstance(error, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return problem(request, 413)
    unreadable = (SuspiciousOperation, BadRequest, MultiPartParserError, UnicodeError)
    return problem(request, 400) if isinstance(error, unreadable) else None


class ProblemMiddleware:
    """Turns what a view raised into words; an unknown error is logged by kind and place, without values."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        bare = response.status_code in (400, 403, 404, 405, 413) and not response.headers.get("Content-Type", "").endswith("json")
        said = getattr(response, "streaming", False) or (response.content and response.status_code != 405)
        if bare and not said:
            again = problem(request, response.status_code)
            if "Allow" in response.headers:
                again.headers["Allow"] = response.headers["Allow"]
            return again
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        answer = answer_to(request, error)
        if answer is None:
            log.error("failed", id=getattr(request, "request_id", ""), exc=error)
            answer = problem(request, 500)
        return answer


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(request, 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_to(request, exception) or problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(request, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page was open too long, or another site sent it."""
    return problem(request, 403, detail=_("The page was open for too long. Open it again and send once more."))
