"""One OpenAPI 3.1 document from every package's `api.py`, and one way to say what went wrong."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from rahdari.base.facts import Fault, WrongFacts
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.candidates.api import router as candidates
from rahdari.domain.checks.api import facts_schemas
from rahdari.domain.checks.api import router as checks
from rahdari.domain.contracts.api import router as contracts
from rahdari.domain.cooperation.api import router as cooperation
from rahdari.domain.dashboards.api import router as dashboards
from rahdari.domain.departures.api import router as departures
from rahdari.domain.exams.api import router as exams
from rahdari.domain.fields.api import router as fields
from rahdari.domain.jobs.api import router as jobs
from rahdari.domain.notices.api import router as notices
from rahdari.domain.organisations.api import router as organisations
from rahdari.domain.paperwork.api import router as paperwork
from rahdari.domain.placements.api import router as placements
from rahdari.domain.residence.api import router as residence
from rahdari.web import errors
from rahdari.web.steps import step_shapes

FACTS = facts_schemas()


class DescribedAPI(NinjaAPI):
    """The API; its description names problem documents by their own content type.

    It is written once a language and kept: anyone may ask for it, and writing it takes a third of a second.
    """

    def get_openapi_schema(self, **options: Any) -> Any:
        return _described(get_language())

    def describe(self) -> Any:
        """The description, in the language of the moment."""
        schema = super().get_openapi_schema(path_prefix="/api/")
        schema["components"]["schemas"].update(FACTS | step_shapes())
        for methods in schema["paths"].values():
            for told in methods.values():
                for status, answer in told["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
        return schema


@cache
def _described(language: str | None) -> Any:
    return api.describe()


api = DescribedAPI(
    title="Rahdari",
    version="1",
    description="The corridor for programs: what a page shows is here as JSON. Errors are problem documents (RFC 9457).",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
)
api.add_router("/checks", checks)
api.add_router("", organisations)
api.add_router("", fields)
api.add_router("", jobs)
api.add_router("", candidates)
api.add_router("", placements)
api.add_router("", exams)
api.add_router("", contracts)
api.add_router("", departures)
api.add_router("", residence)
api.add_router("", paperwork)
api.add_router("", notices)
api.add_router("", cooperation)
api.add_router("", dashboards)


def _known(request: HttpRequest, error: Any) -> HttpResponse:
    answer = errors.answer_to(request, error)
    return errors.problem(request, 500) if answer is None else answer


def _of_wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    steps = [one["loc"] for one in error.errors]
    return errors.wrong_facts(request, WrongFacts([Fault("/" + "/".join(map(str, loc[1:])), "wrong_value") for loc in steps]))


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return errors.problem(request, error.status_code)


for kind in (Refused, WrongFacts, Missing, Http404):
    api.add_exception_handler(kind, _known)
api.add_exception_handler(ValidationError, _of_wrong_shape)
api.add_exception_handler(HttpError, _http)


def see_api(request: HttpRequest) -> HttpResponse:
    """The API in readable form: every operation with what it needs and answers."""
    schema = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, "answers": sorted(map(str, one["responses"])), **_told_of(one)}
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]
    return render(request, "web/api.html", {"operations": operations, "version": schema["openapi"]})


def _told_of(operation: dict[str, Any]) -> dict[str, Any]:
    return {"id": operation["operationId"], "summary": operation.get("description") or operation.get("summary", "")}
