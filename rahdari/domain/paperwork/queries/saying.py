"""A value in the words of a language: for the office that asks for the form, and for the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from rahdari.base.money import Money
from rahdari.base.reference import Book
from rahdari.domain.jobs.queries.portal import place_of
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.web.words import say_month, spoken

from ..rules.filling import FILLED, Body, Code, Entry, Filled, Place

CHOSEN, OPEN = "\u25a0", "\u25a1"  # ■ □


def say(one: Filled, language: str, book: Book) -> str:
    """The value of a line in a language; empty where there is none. Of a choice the chosen one alone."""
    if one.state != FILLED:
        return ""
    with override(language):
        return _said(one.value, one.asked.kind, language, book)


def say_official(one: Filled, language: str, book: Book) -> str:
    """The value as the paper shows it: of a choice every possibility, the chosen one filled in."""
    if not one.asked.choices:
        return say(one, language, book)
    chosen = {one.value} if isinstance(one.value, str) else set(one.value or ()) if isinstance(one.value, list) else set()
    return "  ".join(f"{CHOSEN if code in chosen else OPEN} {_choice(code, language, book)}" for code in one.asked.choices)


def _choice(code: str, language: str, book: Book) -> str:
    row = book.one("form_choices", code=code)
    return code if row is None else row[f"name_{language}"]


def _said(value: Any, kind: str, language: str, book: Book) -> str:
    if isinstance(value, Entry):
        told = [spoken(str(value.what)) if isinstance(value.what, Code) else value.what]
        told += [spoken(value.money)] if value.money is not None else []
        return " · ".join([*told, *(_said(one, "text", language, book) for one in value.beside if one)])
    if isinstance(value, Sequence) and not isinstance(value, str):
        between = "\n" if kind == "list" else " / "
        return between.join(_said(one, kind, language, book) for one in value)
    if isinstance(value, Code):
        return _choice(value, language, book) if kind in ("choice", "multi") else spoken(str(value))
    if isinstance(value, Body):
        return body_name(value)
    if isinstance(value, Place):
        prefecture, _stroke, municipality = value.partition("/")
        return place_of(prefecture, municipality)
    if isinstance(value, str):
        return value
    if kind == "month" and isinstance(value, dt.date):
        return say_month(value)
    return spoken(value) if isinstance(value, (int, Money, dt.date)) else str(value)
