"""The shape of what is typed at the desks of the fields; what is missing is said in the words of the law."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rahdari.base.refusal import Refusal
from rahdari.web.words import say

from .rules.orders import (
    CHANGE_REASONS,
    DECLINE_REASONS,
    EFFECTS,
    KINDS,
    REASONS_OF,
    TESTS,
    WITHDRAW_REASONS,
    EffectLine,
    Figures,
)
from .wording import CODES

NUMBER_SIGNS = str.maketrans("", "", ",.'٬،，、 \u00a0\u202f_")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−－／/.", "-"))
MOST_PEOPLE = 10_000_000


class NumberField(forms.CharField):
    """A whole number of people, in any digits, with or without separators."""

    default_error_messages = {
        "not_a_number": _("Give a whole number."),
        "too_large": _("The number is too large."),
    }

    def __init__(self, **told: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric", "size": "12"}), **told)

    def clean(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().clean(value)).translate(NUMBER_SIGNS)
        if not text:
            return None
        if not text.isdecimal():
            raise forms.ValidationError(self.error_messages["not_a_number"], code="not_a_number")
        number = int(text)
        if number > MOST_PEOPLE:
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        return number


class DayField(forms.CharField):
    """A day, year first, in any digits."""

    default_error_messages = {
        "not_a_date": _("Write the date as year-month-day, for example 2026-11-25."),
        "not_a_day": _("There is no such day in the calendar."),
    }

    def __init__(self, **told: Any) -> None:
        super().__init__(max_length=30, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **told)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().clean(value)).strip().translate(DASHES)
        if not text:
            return None
        parts = text.split("-")
        if len(parts) != 3 or len(parts[0]) != 4 or not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(self.error_messages["not_a_date"], code="not_a_date")
        try:
            return dt.date(*map(int, parts))
        except ValueError:
            raise forms.ValidationError(self.error_messages["not_a_day"], code="not_a_day") from None


class ReasonField(forms.ChoiceField):
    """One reason of a closed list; left open it is refused by the law, beside the other refusals."""

    def __init__(self, codes: Iterable[str]) -> None:
        choices = [("", _("Choose a reason")), *((code, CODES[code]) for code in codes)]
        super().__init__(
            choices=choices, label=_("Reason"), error_messages={"required": _("Give the reason: choose one of the list.")}
        )


def text_field(label: Any, hint: Any = "") -> forms.CharField:
    """A free text of at most 4,000 letters."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=4000, widget=forms.Textarea({"rows": 4, "dir": "auto"})
    )


class DeskForm(forms.Form):
    """A form that says refusals of an action beside what they are about; `seen` is the version the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def show(self, refusals: Iterable[Refusal]) -> None:
        """Puts each refusal beside its field, the others above the form."""
        for refusal in refusals:
            place = f"{refusal.member}_effect" if refusal.member in KINDS else refusal.member
            self.add_error(place if place in self.fields else None, say(refusal))


class FiguresForm(DeskForm):
    """The figures a stop is asked for or announced with."""

    residents = NumberField(label=_("Residents of the field"), help_text=_("Specified Skilled Workers (i) living in Japan"))
    residents_as_of = DayField(label=_("Date of that number"))
    ceiling = NumberField(label=_("Ceiling"), help_text=_("The expected number in force"))
    forecast_on = DayField(
        label=_("Day on which the ceiling will be reached"), required=False, help_text=_("Leave it empty when no day is known.")
    )

    def figures(self) -> Figures:
        """The figures as the rules take them."""
        told = self.cleaned_data
        return Figures(told["residents"], told["residents_as_of"], told["ceiling"], told.get("forecast_on"))


class AskForm(FiguresForm):
    """A ministry's request to stop its field, or to open it again."""

    field_order = ("reason", "residents", "residents_as_of", "ceiling", "forecast_on", "text")
    text = text_field(_("In words"), _("What the contact point should know. It is not published."))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField(REASONS_OF[kind])
        self.order_fields(self.field_order)


class ReasonForm(DeskForm):
    """A reason of a closed list, with a text where it is needed."""

    def __init__(self, codes: Iterable[str], *args: Any, text: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField(codes)
        if text:
            self.fields["text"] = text_field(_("In words"), _("The ministry reads this."))


class LiftForm(DeskForm):
    """From which day on the field is open again."""

    lifted_on = DayField(label=_("First day on which the field is open again"))


class OrderForm(DeskForm):
    """What an order says: its day of effect, its text, and for each kind of application what happens to it."""

    announced_on = DayField(label=_("Announced on"))
    effective_from = DayField(label=_("Has effect from"))
    text = text_field(_("Text of the order"), _("Published as it stands, in the language of this page."))

    def __init__(self, *args: Any, figures: bool = False, reasons: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if figures:
            self.fields |= {name: one for name, one in FiguresForm().fields.items() if name != "seen"}
        codes = tuple(reasons)
        if codes:
            self.fields["reason"] = ReasonField(codes)
            del self.fields["announced_on"]
        for kind in KINDS:
            self.fields |= _kind_fields(kind)

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The fields of each kind of application, for the page."""
        return [{"kind": kind, "fields": [self[f"{kind}_{part}"] for part in PARTS]} for kind in KINDS]

    @property
    def plain(self) -> list[Any]:
        """The fields that belong to no kind of application."""
        of_kinds = {f"{kind}_{part}" for kind in KINDS for part in PARTS}
        return [one for one in self.visible_fields() if one.name not in of_kinds]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for kind in KINDS:
            if told.get(f"{kind}_before") and not told.get(f"{kind}_effect"):
                self.add_error(f"{kind}_effect", _("Say what happens from that day on."))
        return told

    def effects(self) -> list[EffectLine]:
        """The lines of the order; a kind of which nothing was chosen has none."""
        lines: list[EffectLine] = []
        for kind in KINDS:
            lines += _lines(kind, {part: self.cleaned_data.get(f"{kind}_{part}") for part in PARTS}, self.cleaned_data)
        return lines

    def figures(self) -> Figures:
        """The figures typed here."""
        return Figures(*(self.cleaned_data.get(one) for one in ("residents", "residents_as_of", "ceiling", "forecast_on")))


PARTS = ("effect", "before", "test", "reference", "group")


def _kind_fields(kind: str) -> dict[str, forms.Field]:
    effects = [(code, CODES[f"effect_{code}"]) for code in EFFECTS]
    return {
        f"{kind}_effect": forms.ChoiceField(
            label=_("From that day on"), required=False, choices=[("", _("not said yet")), *effects]
        ),
        f"{kind}_before": forms.ChoiceField(label=_("Before that day"), required=False, choices=[("", _("the same")), *effects]),
        f"{kind}_test": forms.ChoiceField(label=_("Which day counts"), choices=[(code, CODES[f"test_{code}"]) for code in TESTS]),
        f"{kind}_reference": DayField(label=_("That day"), required=False, help_text=_("Empty: the day of effect")),
        f"{kind}_group": forms.RegexField(
            r"\A[A-Z0-9_]{0,60}\Z",
            label=_("Code of the groups excepted"),
            required=False,
            widget=forms.TextInput({"dir": "ltr", "autocapitalize": "characters"}),
            error_messages={"invalid": _("Use capital letters, digits and _ only.")},
        ),
    }


def _lines(kind: str, told: Mapping[str, Any], order: Mapping[str, Any]) -> list[EffectLine]:
    after, before = told["effect"], told["before"]
    if not after:
        return []
    test, group = told["test"] or TESTS[0], told["group"] or ""
    if not before or before == after:
        return [EffectLine(kind, after, test, "any", None, group)]
    day = told["reference"] or order.get("effective_from")
    return [
        EffectLine(kind, after, test, "on_or_after", day, group),
        EffectLine(kind, before, test, "before", day, group),
    ]


def initial_of(lines: Iterable[EffectLine]) -> dict[str, Any]:
    """What the form shows for lines that stand already."""
    shown: dict[str, Any] = {}
    for line in lines:
        kind = line.application_kind
        shown[f"{kind}_before" if line.condition == "before" else f"{kind}_effect"] = line.effect
        shown |= {f"{kind}_test": line.test_date, f"{kind}_group": line.exception_group}
        if line.reference_date:
            shown[f"{kind}_reference"] = line.reference_date
    return shown


def change_form(*args: Any, **kwargs: Any) -> OrderForm:
    """The form of a change: its reason, and the whole order as it will read."""
    return OrderForm(*args, reasons=CHANGE_REASONS, **kwargs)


def decline_form(*args: Any) -> ReasonForm:
    """The form that declines a request."""
    return ReasonForm(DECLINE_REASONS, *args)


def withdraw_form(*args: Any) -> ReasonForm:
    """The form that takes an announcement back."""
    return ReasonForm(WITHDRAW_REASONS, *args, text=False)
