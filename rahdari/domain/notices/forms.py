"""The shape of what is said about notices: as a program fills it, and as the forms of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict, Field

from rahdari.base.facts import Day, Facts
from rahdari.base.reference import Book
from rahdari.base.refusal import Refusal
from rahdari.domain.fields.forms import DayField, DeskForm, NumberField
from rahdari.web.money_typed import read_typed, whole_units
from rahdari.web.templatetags.look import name as name_of
from rahdari.web.words import say, shelf

from .rules.notices import (
    ASKS,
    LARGEST_AMOUNT,
    LEVELS,
    MEASURES,
    MOST_PARTIES,
    RECALL_REASONS,
    Answer,
    Draft,
    Party,
    StepTaken,
)
from .wording import CODES

PARTIES, STEPS = 3, 6
CURRENCIES = ("PKR", "JPY", "USD")
LONGEST = 8_000
Language = Literal["en", "ur", "ja"]


class Said(Facts):
    """A shape whose texts may be as long as a notice."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_max_length=LONGEST)


class PartySaid(Said):
    """Whom a notice is about."""

    what: Literal["organisation", "person"]
    name: str
    licence: str = ""


class NoticeToDraft(Said):
    """A notice as an officer writes it; amounts in the smallest unit of the currency."""

    kind: str
    known_on: Day
    what: str
    asked: str
    category: str = ""
    about: Annotated[list[PartySaid], Field(max_length=MOST_PARTIES)] = []
    place: str = ""
    happened: str = ""
    amount: int | None = None
    currency: str = ""
    workers: int = 0
    worker: str = ""
    worker_consents: bool = False
    level: str = "contact_point"
    bodies: list[str] = []
    language: Language = "en"


class StepSaid(Said):
    """One step of an investigation."""

    on: Day
    code: str


class AnswerToNotice(Said):
    """The answer to a notice; amounts in the smallest unit of the currency."""

    steps: list[StepSaid]
    evidence_asked: bool
    evidence_given: bool
    measure: str
    reason: str
    measure_on: Day | None = None
    returned_amount: int | None = None
    returned_currency: str = ""
    language: Language = "en"
    seen: int | None = None


class DecideName(Facts):
    """The decision about a name and somebody in the registers: its ground, which says what it is, and a note for the file."""

    ground: Annotated[str, Field(max_length=20)]
    note: Annotated[str, Field(max_length=2000)] = ""


class NameToDecide(DecideName):
    """The same with whom it is about: the party of the notice, counted from 0, and whom the registers know."""

    party: Annotated[int, Field(ge=0, lt=MOST_PARTIES)]
    subject: Annotated[str, Field(max_length=60)]
    seen: int | None = None


class NoticeSeen(Said):
    """The version of the notice that was read."""

    seen: int | None = None


class NoticeToRecall(Said):
    """Why a notice is taken back."""

    reason: str
    seen: int | None = None


def drafted(**members: Any) -> Draft:
    """The draft behind the members of `NoticeToDraft`."""
    about = tuple(Party(one.what, one.name, one.licence) for one in members.pop("about", ()))
    return Draft(**members | {"about": about, "bodies": tuple(members.get("bodies", ()))})


def answered(**members: Any) -> Answer:
    """The answer behind the members of `AnswerToNotice`."""
    return Answer(**members | {"steps": tuple(StepTaken(one.on, one.code) for one in members["steps"])})


def _choose(codes: Iterable[str], before: str) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((code, CODES[f"{before}_{code}"]) for code in codes)]


def _line(label: Any, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint, widget=forms.TextInput({"dir": "auto"}))


def _text(label: Any, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea({"rows": 6, "dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=hint, widget=widget)


class MoneyField(forms.CharField):
    """An amount in whole units, in any digits; its form reads it together with the currency."""

    def __init__(self, label: Any) -> None:
        widget = forms.TextInput({"dir": "ltr", "inputmode": "numeric", "size": "12"})
        hint = _("In whole units, for example 15,000 or 15000.50; the currency stands beside it")
        super().__init__(label=label, required=False, max_length=30, help_text=hint, widget=widget)


class PlacedForm(DeskForm):
    """A form that puts a refusal beside the first field of the member it names, and reads what is typed of money."""

    amount_in: ClassVar[dict[str, str]] = {}  # fields of money, each with that of its currency

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name, currency in self.amount_in.items():
            typed = told.get(name, "").strip()
            read = read_typed(typed, told.get(currency) or CURRENCIES[0]) if typed else None
            if isinstance(read, str) or (read or 0) > LARGEST_AMOUNT:
                self.add_error(name, shelf("FAULTS")["not_a_number" if isinstance(read, str) else "too_large"])
            told[name] = read
        return told

    def show(self, refusals: Iterable[Refusal]) -> None:
        """Puts each refusal beside its field, the others above the form."""
        for refusal in refusals:
            member = refusal.member
            place = member if member in self.fields else next((one for one in self.fields if one.startswith(f"{member}_")), None)
            self.add_error(place if member else None, say(refusal))


class DraftForm(PlacedForm):
    """A notice: what kind, since when known, about whom, what happened, what is asked, and who may see it over there.

    Of a draft that is written anew it has a row for each of its parties, and one more while a notice may name more.
    """

    amount_in: ClassVar[dict[str, str]] = {"amount": "currency"}
    kind = forms.ChoiceField(label=_("Kind"))
    category = forms.ChoiceField(label=_("Wrongful act"), required=False)
    known_on = DayField(label=_("Became known here on"), help_text=_("It must go out on the same working day."))
    what = _text(_("What happened"), _("In your words. Never name a complainant here."))
    place = _line(_("Where"), 400)
    happened = _line(_("When"))
    workers = NumberField(label=_("Workers affected"), required=False)
    amount = MoneyField(_("Amount of money"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[("", "–"), *((one, one) for one in CURRENCIES)])
    worker = _line(_("Name of a worker"), hint=_("Only with the worker's own consent"))
    worker_consents = forms.BooleanField(label=_("The worker consents to being named"), required=False)
    asked = forms.ChoiceField(label=_("What you ask"), choices=_choose(ASKS, "asked"), required=False)
    level = forms.ChoiceField(label=_("Who may see it over there"), required=False, initial="contact_point")
    bodies = forms.MultipleChoiceField(
        label=_("Bodies named"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where bodies are named; the contact point is always among them."),
    )

    def __init__(
        self, book: Book, receiver: str, levels: dict[str, Any], *args: Any, parties: int = 0, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.rows = max(PARTIES, parties + (parties < MOST_PARTIES))
        choose = ("", _("Choose"))
        self.fields["kind"].choices = [choose, *((row["code"], name_of(row)) for row in book.rows("notice_kinds"))]  # type: ignore[attr-defined]
        categories = [(row["code"], name_of(row)) for row in book.rows("moc_categories")]
        self.fields["category"].choices = [("", _("none of these")), *categories]  # type: ignore[attr-defined]
        self.fields["level"].choices = [(one, levels[one]) for one in LEVELS]  # type: ignore[attr-defined]
        theirs = [row for row in book.rows("authorities", side=receiver) if row["kind"] not in ("party", "contact_point")]
        self.fields["bodies"].choices = [(row["code"], name_of(row)) for row in theirs]  # type: ignore[attr-defined]
        for number in range(self.rows):
            self.fields |= {
                f"about_{number}_what": forms.ChoiceField(
                    label=_("Party"), required=False, choices=_choose(("organisation", "person"), "party")
                ),
                f"about_{number}_name": _line(_("Name")),
                f"about_{number}_licence": _line(_("Licence, if there is one"), 60),
            }

    @property
    def parties(self) -> list[list[Any]]:
        """The fields of each party, for the page."""
        return [[self[f"about_{number}_{part}"] for part in ("what", "name", "licence")] for number in range(self.rows)]

    @property
    def plain(self) -> list[Any]:
        """The fields that belong to no party."""
        return [one for one in self.visible_fields() if not one.name.startswith("about_")]

    def draft(self, language: str) -> Draft:
        """What was typed, as the rules take it; a party left empty is left out."""
        told = self.cleaned_data
        rows = [{part: told[f"about_{number}_{part}"] for part in ("what", "name", "licence")} for number in range(self.rows)]
        return Draft(
            kind=told["kind"],
            category=told["category"],
            known_on=told["known_on"],
            about=tuple(Party(row["what"], row["name"].strip(), row["licence"].strip()) for row in rows if any(row.values())),
            place=told["place"].strip(),
            happened=told["happened"].strip(),
            what=told["what"].strip(),
            amount=told["amount"],
            currency=told["currency"],
            workers=told["workers"] or 0,
            worker=told["worker"].strip(),
            worker_consents=told["worker_consents"],
            asked=told["asked"],
            level=told["level"],
            bodies=tuple(told["bodies"]),
            language=language,
        )


def initial_of(draft: Draft) -> dict[str, Any]:
    """What the form shows of a draft that is written anew."""
    named = (
        "kind",
        "category",
        "known_on",
        "what",
        "place",
        "happened",
        "workers",
        "currency",
        "worker",
        "worker_consents",
        "asked",
    )
    shown = {name: getattr(draft, name) for name in named} | {"level": draft.level, "bodies": list(draft.bodies)}
    if draft.amount is not None:
        shown["amount"] = whole_units(draft.amount, draft.currency)
    for number, party in enumerate(draft.about):
        shown |= {f"about_{number}_{part}": getattr(party, part) for part in ("what", "name", "licence")}
    return shown


class AnswerForm(PlacedForm):
    """What was done about a notice."""

    amount_in: ClassVar[dict[str, str]] = {"returned_amount": "returned_currency"}
    evidence_asked = forms.BooleanField(label=_("Evidence was asked for"), required=False)
    evidence_given = forms.BooleanField(label=_("Evidence was given"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False, choices=_choose(MEASURES, "measure"))
    measure_on = DayField(label=_("Day of the measure"), required=False)
    returned_amount = MoneyField(_("Money returned to workers"))
    returned_currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "–"), *((one, one) for one in CURRENCIES)]
    )
    reason = _text(_("Reason of the answer"))

    def __init__(self, kind: str, book: Book, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for row in book.rows("notice_steps") if kind in row.codes("kinds")]
        for number in range(STEPS):
            self.fields |= {
                f"steps_{number}_code": forms.ChoiceField(
                    label=_("Step"), required=False, choices=[("", _("Choose")), *((row["code"], name_of(row)) for row in rows)]
                ),
                f"steps_{number}_on": DayField(label=_("On"), required=False),
            }

    @property
    def steps(self) -> list[list[Any]]:
        """The fields of each step, for the page."""
        return [[self[f"steps_{number}_{part}"] for part in ("code", "on")] for number in range(STEPS)]

    @property
    def plain(self) -> list[Any]:
        """The fields that belong to no step."""
        return [one for one in self.visible_fields() if not one.name.startswith("steps_")]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for number in range(STEPS):
            code, on = told.get(f"steps_{number}_code"), told.get(f"steps_{number}_on")
            if bool(code) != bool(on) and not self.errors.get(f"steps_{number}_on"):
                self.add_error(f"steps_{number}_on", _("Give each step with its day."))
        return told

    def answer(self, language: str) -> Answer:
        """What was typed, as the rules take it."""
        told = self.cleaned_data
        pairs = [(told[f"steps_{number}_on"], told[f"steps_{number}_code"]) for number in range(STEPS)]
        return Answer(
            steps=tuple(StepTaken(on, code) for on, code in pairs if code),
            evidence_asked=told["evidence_asked"],
            evidence_given=told["evidence_given"],
            measure=told["measure"],
            measure_on=told["measure_on"],
            returned_amount=told["returned_amount"],
            returned_currency=told["returned_currency"],
            reason=told["reason"].strip(),
            language=language,
        )


class RecallForm(PlacedForm):
    """Why a notice is taken back."""

    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", _("Choose a reason")), *((one, CODES[one]) for one in RECALL_REASONS)]
    )
