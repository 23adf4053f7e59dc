"""How a page of accounts answers: one form with what was refused beside its fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.refusal import Refused
from rahdari.web.errors import status_of
from rahdari.web.words import say


def told(form: forms.Form, refused: Refused) -> int:
    """Puts each refusal beside its field, or above the form; gives the status to answer with."""
    for one in refused.refusals:
        form.add_error(one.member if one.member in form.fields else None, say(one))
    return status_of(refused.refusals)


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page about a person or a secret: no cache keeps it."""
    answer = render(request, f"accounts/{template}.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
