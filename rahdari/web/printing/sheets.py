"""Writes a document as a sheet of a workbook: the same lines in the same order, for those who go on working with them."""

from __future__ import annotations

from collections.abc import Sequence

from rahdari.base.sheets.writing import Cell, Table

from .document import WORDS, Document

WIDTHS = (8, 44, 44, 44, 44)


def sheet_of(document: Document, head: Sequence[str]) -> Table:
    """The form as one sheet; `head` names the columns: number, label, label, value, value (the second ones of the reader)."""
    rows: list[Sequence[Cell]] = [[document.number, document.title, document.second_title, document.made_on]]
    heads = {0}
    if document.marking:
        rows.append(["", document.marking])
    rows += [[], list(head)]
    heads.add(len(rows) - 1)
    for part in document.parts:
        if part.title:
            heads.add(len(rows))
            rows.append(["", part.title, part.second_title])
        for one in part.lines:
            words = [one.number, one.label, one.second_label]
            rows.append(words if one.fill == WORDS else [*words, one.value, one.second_value])
    rows += [[], *(["", note] for note in document.notes)]
    if document.marking:
        rows.append(["", document.marking])
    return Table(document.number, WIDTHS, rows, frozenset(heads))
