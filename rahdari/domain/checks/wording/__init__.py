"""Words of the checkers' pages: questions, members of answers, choices, and the sentence that heads an answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rahdari.web.words import spoken

from .answers import ANSWERS
from .choices import CHOICES
from .passes import FINDINGS_OF_PASSES
from .questions import QUESTIONS

LABELS = QUESTIONS | ANSWERS
CODES = CHOICES | FINDINGS_OF_PASSES
PERMISSIONS = {
    "checks.see_checks": _("See the public checkers"),
    "checks.ask_check": _("Ask a public checker"),
    "checks.check_paper": _("Check a paper"),
    "checks.see_paper_keys": _("See the keys by which papers are checked"),
    "checks.see_paper_worker": _("Keep the page that checks papers for use without a network"),
    "checks.see_licence_card": _("See the card of a licence"),
    "checks.check_pass": _("Check a clearance pass"),
    "checks.see_pass_kit": _("See keys and revoked passes for checking without a network"),
}

# Per checker: the first line whose member holds the value heads the answer. "any" is any value, "none" is no value.
VERDICTS = {
    "eligibility": [
        ("eligible", True, "ok", _("Yes. On these facts nothing is missing.")),
        ("eligible", False, "bad", _("Not yet. What is missing is listed below.")),
        ("eligible", None, "due", _("It cannot be said yet: some facts are not known.")),
    ],
    "costs": [
        ("findings", "any", "bad", _("Some of these payments are not in order. Each rule speaks for itself.")),
        ("known", False, "due", _("For some payments the tables hold no amount, so no verdict is given on them.")),
        ("findings", "none", "ok", _("Nothing was found against these payments.")),
    ],
    "stay": [
        ("limit_months", None, "ok", _("There is no limit for this status.")),
        ("days_left", "any", "info", _("The days of stay were counted.")),
        ("days_left", "none", "due", _("No days are left, or they cannot be counted.")),
    ],
    "suspension": [
        ("known", False, "due", _("The tables do not tell; the reasons say what is missing.")),
        ("effect", "none", "ok", _("No suspension order touches this application.")),
        ("effect", "not_issued", "bad", _("Under a suspension order this certificate is not issued.")),
        ("effect", "refused", "bad", _("Under a suspension order this application is refused.")),
        ("effect", "restricted", "due", _("A suspension order applies; the application is handled separately.")),
    ],
    "deadlines": [
        ("known", False, "due", _("The tables do not tell a day; the reasons say why.")),
        ("late", True, "bad", _("This is late.")),
        ("expired", True, "bad", _("This has expired.")),
        ("departure_possible", False, "bad", _("Departure is not possible on these dates.")),
        ("departure_possible", True, "ok", _("Departure is possible on these dates.")),
        ("interval_kept", False, "bad", _("The interval was not kept.")),
        ("late", False, "ok", _("This is in time.")),
        ("duties", "any", "info", _("This is who must tell whom, and by when.")),
        ("duties", "none", "info", _("These are the days that count.")),
    ],
    "identifiers": [
        ("valid", True, "ok", _("The number is well formed. Whether it was issued only the issuer can say.")),
        ("valid", False, "bad", _("The number is not well formed.")),
    ],
}

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def about_checker(name: str) -> dict[str, Any]:
    """The name of a checker for addresses, its title, and what it is for."""
    return {"name": name, "title": QUESTIONS[f"checker.{name}"], "lede": QUESTIONS[f"checker.{name}.lede"]}


def form_title(form: str) -> Any:
    """The title of one form of a checker."""
    return QUESTIONS[f"form.{form}"]


def verdict(name: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The sentence that heads an answer, and how it is marked (ok, due, bad, info)."""
    for member, value, mark, words in VERDICTS[name]:
        held = answer.get(member, _NOTHING)
        if held is _NOTHING:
            continue
        if held == value or (value == "any" and held) or (value == "none" and not held):
            return {"mark": mark, "words": words}
    return {"mark": "plain", "words": ""}


_NOTHING = object()


def members_in_words(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The members of an answer that say something, with their labels; lists of objects as rows of labelled cells."""
    return [_member(name, value) for name, value in answer.items() if value is not None and value != {}]


def _member(name: str, value: Any) -> dict[str, Any]:
    label = _label(name)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return {"label": label, "rows": [[_member(key, one) for key, one in row.items()] for row in value]}
    if isinstance(value, Mapping):
        return {"label": label, "rows": [[_member(key, one) for key, one in value.items()]], "text": _text(value)}
    return {"label": label, "text": _text(value)}


def _label(name: str) -> Any:
    return ANSWERS.get(f"answer.{name}") or CHOICES.get(name) or name


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):  # amounts by currency inside a row
        return spoken([f"{_label(name)} {_text(one)}" for name, one in value.items()]) if value else "–"
    if isinstance(value, list):
        return spoken([_text(one) for one in value]) if value else gettext("none")
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return spoken(dt.date.fromisoformat(value))
    return spoken(value)
