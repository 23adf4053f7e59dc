"""The shape of what is said about requests: as a program fills it, and as forms made of the questions of a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict

from rahdari.base.facts import Day, Facts
from rahdari.base.reference import Book, Row
from rahdari.domain.fields.forms import DayField, DeskForm, NumberField
from rahdari.web.templatetags.look import name as name_of
from rahdari.web.words import say

from ..queries.requests import QuestionSeen
from ..rules.requests import LONGEST_TEXT, MARKS, URGENCIES, Value, facts_for, questions_of
from ..wording import CODES


class Said(Facts):
    """A shape whose texts may be as long as an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_max_length=LONGEST_TEXT)


class RequestToSend(Said):
    """What one asks; `facts` by the codes of `request_facts`, `questions` by those of `request_questions`."""

    kind: str
    questions: list[str]
    facts: dict[str, Value] = {}
    urgency: str = "routine"
    due_on: Day | None = None
    language: Literal["en", "ur", "ja"] = "en"


class RequestToAccept(Said):
    """The day by which the answer is promised; `seen` is the version of the request that was read."""

    agreed_on: Day
    seen: int | None = None


class RequestToAnswer(Said):
    """The answers by question; null says that it is not known."""

    answers: dict[str, Value]
    language: Literal["en", "ur", "ja"] = "en"
    seen: int | None = None


class AnswerToRate(Said):
    """What an answer was worth, from 1 to 5."""

    timeliness: int
    effort: int
    seen: int | None = None


FACT, ANSWER = "fact_", "answer_"
YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))


def typed_field(form: str, choices: Iterable[str], book: Book, **told: Any) -> forms.Field:
    """A field for a value of a form, as the rules know them."""
    told["required"] = False
    if form == "day":
        return DayField(**told)
    if form == "number":
        return NumberField(**told)
    if form == "yes_no":
        return forms.ChoiceField(choices=YES_NO, **told)
    if form == "uuid":
        return forms.CharField(max_length=36, widget=forms.TextInput({"dir": "ltr", "size": "36"}), **told)
    if form in ("choice", "field", "exam"):
        return forms.ChoiceField(choices=[("", _("Choose")), *_choices(form, choices, book)], **told)
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3, "dir": "auto"}), **told)


def _choices(form: str, choices: Iterable[str], book: Book) -> list[tuple[str, Any]]:
    if form == "choice":
        return [(code, CODES.get(f"choice_{code}", code)) for code in choices]
    return [(row["code"], name_of(row)) for row in book.rows({"field": "fields", "exam": "exam_kinds"}[form])]


def plain(form: str, value: Any) -> Value:
    """A typed value as a program would send it; None where nothing was typed."""
    if value in (None, ""):
        return None
    if form == "yes_no":
        return bool(value == "yes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


class RefusableForm(DeskForm):
    """A form whose fields bear a prefix before the member that a refusal names."""

    prefixes: tuple[str, ...] = ()

    def show(self, refusals: Iterable[Any]) -> None:
        """Puts each refusal beside its field, the others above the form."""
        for refusal in refusals:
            places = [refusal.member, *(before + refusal.member for before in self.prefixes)]
            self.add_error(next((place for place in places if place in self.fields), None), say(refusal))


class AskForm(RefusableForm):
    """A request of one kind: which questions, the facts they need, how urgent, by when."""

    prefixes = (FACT,)

    def __init__(self, kind: str, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = questions_of(book, kind)
        self.rows = {row["code"]: row for part in facts_for(book, questions) for row in part}
        asked = [row["code"] for row in questions]
        self.fields["questions"] = forms.MultipleChoiceField(
            label=_("Questions"),
            required=False,
            initial=asked,
            choices=[(row["code"], name_of(row)) for row in questions],
            widget=forms.CheckboxSelectMultiple,
        )
        for code, row in self.rows.items():
            hint = _reason(row)
            self.fields[FACT + code] = typed_field(row["form"], row.codes("choices"), book, label=name_of(row), help_text=hint)
        self.fields["urgency"] = forms.ChoiceField(
            label=_("How urgent"), choices=[(code, CODES[f"urgency_{code}"]) for code in URGENCIES]
        )
        self.fields["due_on"] = DayField(
            label=_("Answer wished by"), required=False, help_text=_("The other contact point agrees to a day of its own.")
        )

    def facts(self) -> dict[str, Value]:
        """The facts that were typed."""
        told = {code: plain(row["form"], self.cleaned_data.get(FACT + code)) for code, row in self.rows.items()}
        return {code: value for code, value in told.items() if value is not None}


def _reason(row: Row) -> Any:
    if row["personal"] != "yes":
        return ""
    return _("Personal. Why it is sent: %(reason)s") % {"reason": CODES[f"why_{row['code']}"]}


class AcceptForm(DeskForm):
    """The day by which an answer is promised."""

    agreed_on = DayField(label=_("We answer by"))


class AnswerForm(RefusableForm):
    """One field a question, in the form its answer has."""

    prefixes = (ANSWER,)

    def __init__(self, questions: Iterable[QuestionSeen], book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {one.code: one for one in questions}
        for code, one in self.asked.items():
            label = name_of(one.row) if one.row is not None else code
            self.fields[ANSWER + code] = typed_field(one.form, one.choices, book, label=label)

    def answers(self) -> dict[str, Value]:
        """What was answered, by question; None where the field was left empty."""
        return {code: plain(one.form, self.cleaned_data.get(ANSWER + code)) for code, one in self.asked.items()}


def _mark(label: Any, hint: Any) -> forms.TypedChoiceField:
    choices = [("", _("Choose")), *((mark, str(mark)) for mark in MARKS)]
    return forms.TypedChoiceField(label=label, help_text=hint, coerce=int, empty_value=None, required=False, choices=choices)


class RateForm(DeskForm):
    """What an answer was worth."""

    timeliness = _mark(_("In time"), _("1: much too late, 5: in good time"))
    effort = _mark(_("Effort shown"), _("1: hardly any, 5: all that could be done"))
