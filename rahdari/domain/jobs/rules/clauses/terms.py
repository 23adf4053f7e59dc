"""The free text of terms of work, read for what no contract may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal

from .finding import Finding, find_clauses
from .kinds import kind_row


@dataclass(frozen=True, slots=True)
class Written:
    """One free text of terms: the member it stands in, the code of its line, the text and what was found in it."""

    member: str
    code: str
    text: str
    found: tuple[Finding, ...]


def written_in(terms: Mapping[str, Any], book: Book) -> list[Written]:
    """Every free text of the terms, with what no contract may say."""
    return [
        Written(member, code, text, tuple(find_clauses(text, book, terms["language"]))) for member, code, text in _texts(terms)
    ]


def _texts(terms: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ("allowances", "deductions"):
        for number, one in enumerate(terms[name]):
            yield f"{name}.{number}.basis", one["code"], one["basis"]


def why_not_clauses(terms: Mapping[str, Any], book: Book, member: str = "terms") -> list[Refusal]:
    """Why terms may not be asked or offered: each forbidden phrase with its kind and its law, beside the text it stands in."""
    return [
        Refusal(
            "clause_forbidden",
            {"clause": one.text[found.begin : found.end], "kind": found.code, "law": kind_row(book, found.code)["law"]},
            rule=found.code,
            source=kind_row(book, found.code)["source"],
            confidence=kind_row(book, found.code)["confidence"],
            member=f"{member}.{one.member}",
        )
        for one in written_in(terms, book)
        for found in one.found
    ]
