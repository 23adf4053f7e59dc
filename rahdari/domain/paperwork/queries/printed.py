"""A filled form as a document to print and as a workbook, with its data and the seal of this node over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from rahdari.base.reference import Book
from rahdari.base.sheets.writing import Cell, Table, workbook
from rahdari.domain.exchange.queries.papers import code_of_paper, sign_paper, signs_papers
from rahdari.web.printing import Attached, Document, Line, Part
from rahdari.web.printing.document import HAND as BY_HAND
from rahdari.web.printing.document import MISSING as EMPTY
from rahdari.web.printing.document import VALUE
from rahdari.web.printing.document import WORDS as TEXT
from rahdari.web.printing.pdf import pdf_of
from rahdari.web.printing.sheets import sheet_of
from rahdari.web.templatetags.look import bodies, state_name
from rahdari.web.words import spoken

from ..rules.filling import FILLED, Filled, data_of, hash_of
from ..rules.forms import HAND, PART, WORDS
from .forms import FormSeen, use_case_said
from .saying import say, say_official

PAPER_KIND = "form"


@dataclass(frozen=True, slots=True)
class Sealed:
    """The data of a filled form, its hash, and the node's token over it with its code; no token before the node has keys."""

    data: str
    hash: str
    token: str = ""
    code: str = ""


def sealed(seen: FormSeen, at: dt.datetime) -> Sealed:
    """The data of a form with the seal of the clerk's key over its hash; none while no key is in force."""
    got = seen.got
    about = {"node": got.actor.node, "subject": "case" if got.case is not None else "demand"}
    about["id"] = str((got.case or got.demand).pk)
    data = data_of(seen.form, seen.filled, about=about, made_on=got.today)
    if not signs_papers(at):
        return Sealed(data, hash_of(data))
    facts = {"form": f"{seen.form.code}/{seen.form.version}", "sha256": hash_of(data)}
    token = sign_paper(PAPER_KIND, facts, until=None, at=at)
    address, _picture = code_of_paper(token)
    return Sealed(data, hash_of(data), token, segno.make(address, error="l", micro=False).svg_inline(border=2))


def document_of(seen: FormSeen, language: str, at: dt.datetime) -> Document:
    """The form as it is printed: in the language of the office, and beside it in that of the reader."""
    form, seal = seen.form, sealed(seen, at)
    second = language if language != form.official else ""
    attached = [Attached("form.json", "application/json", seal.data, "form.json")]
    attached += [Attached("seal.jws", "application/jose", seal.token, "seal.jws")] if seal.token else []
    return Document(
        number=form.number,
        title=form.title(form.official),
        language=form.official,
        made_on=seen.got.today,
        parts=list(_parts(seen, form.official, second)),
        second_title=form.title(second) if second else "",
        second_language=second,
        missing=_in(form.official, "Not entered"),
        marking=_marking(seen),
        notes=_notes(seen, seal),
        code=seal.code,
        attached=attached,
    )


def _in(language: str, msgid: str) -> str:
    with override(language):
        return _(msgid)


def _parts(seen: FormSeen, official: str, second: str) -> Iterator[Part]:
    title, second_title, lines = "", "", []
    for one in seen.filled:
        if one.asked.kind != PART:
            lines.append(_line(one, official, second, seen.got.book))
            continue
        if lines or title:
            yield Part(title, lines, second_title)
        title, lines = f"{one.asked.number} {one.asked.labels[official]}".strip(), []
        second_title = one.asked.labels[second] if second else ""
    yield Part(title, lines, second_title)


def _line(one: Filled, official: str, second: str, book: Book) -> Line:
    asked = one.asked
    label, other = asked.labels[official], asked.labels[second] if second else ""
    if asked.kind in (WORDS, HAND):
        return Line(asked.number, label, "", other, "", TEXT if asked.kind == WORDS else BY_HAND)
    value = say_official(one, official, book)
    fill = VALUE if value else EMPTY
    beside = say(one, second, book) if second else ""
    return Line(asked.number, label, value, other, "" if beside == value else beside, fill)


def _marking(seen: FormSeen) -> str:
    """The marking of what the other state told, in the language of the form; empty where nothing here is its own."""
    marked = seen.marked
    if marked.home == seen.got.actor.node:
        return ""
    with override(seen.form.official):
        told = [str(state_name(marked.home)), spoken(f"level_{marked.level}")]
        return " · ".join([*told, *([bodies(marked.bodies)] if marked.bodies else [])])


def _notes(seen: FormSeen, seal: Sealed) -> tuple[str, ...]:
    with override(seen.form.official):
        made = _("Made from what was entered, by the node of %(state)s. Form %(form)s, version %(version)s.")
        told = {"state": state_name(seen.got.actor.node), "form": seen.form.code, "version": seen.form.version}
        sealed_by = _("Sealed by the node; the code leads to the check.") if seal.token else _("This node seals nothing yet.")
        missing = _("%(missing)s of %(asked)s fields are not entered.")
        counts = {"missing": spoken(seen.tally.missing), "asked": spoken(seen.tally.asked)}
        return (made % told, missing % counts, f"{sealed_by} SHA-256 {seal.hash}")


def pdf_for(seen: FormSeen, language: str, at: dt.datetime) -> bytes:
    """The form as PDF/A-3 with its data and its seal inside."""
    return pdf_of(document_of(seen, language, at))


def workbook_for(seen: FormSeen, language: str, at: dt.datetime) -> bytes:
    """The form as a workbook: one sheet as the form, one with where each value comes from."""
    document = document_of(seen, language, at)
    head = [_("No."), seen.form.official, language, seen.form.official, language]
    return workbook([sheet_of(document, head), _sources(seen, language)])


def _sources(seen: FormSeen, language: str) -> Table:
    head = [_("No."), _("Field of the form"), _("Value"), _("Comes from"), _("Entered by"), _("Entered on"), _("State")]
    rows: list[list[Cell]] = [[*head]]
    for one in seen.lines:
        asked = one.filled.asked
        if asked.asks:
            value = say(one.filled, language, seen.got.book)
            state = "" if one.filled.state == FILLED else spoken(f"field_{one.filled.state}")
            said = use_case_said(one.use_case) if one.use_case else ""
            rows.append([asked.number, asked.labels[language], value, said, one.by, one.on, state])
    return Table(_("Sources of the fields"), (8, 44, 44, 36, 28, 14, 20), rows, frozenset({0}), language == "ur")
