"""The shape of what is typed at the desk of the exchange."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rahdari.base.refusal import Refusal
from rahdari.web.words import say

from .rules.attending import RELEASE_REASONS, SETTLE_REASONS, TEXT_AT_MOST
from .wording import CODES


class ReasonForm(forms.Form):
    """A reason of a closed list; refusals of the action stand beside what they are about."""

    def __init__(self, codes: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a reason")), *((code, CODES[code]) for code in codes)]
        missing = {"required": _("Give the reason: choose one of the list.")}
        self.fields["reason"] = forms.ChoiceField(choices=choices, label=_("Reason"), error_messages=missing)
        self.order_fields(["reason"])

    def show(self, refusals: Iterable[Refusal]) -> None:
        """Puts each refusal beside its field, the others above the form."""
        for refusal in refusals:
            self.add_error(refusal.member if refusal.member in self.fields else None, say(refusal))


class SettleForm(ReasonForm):
    """Why an alarm is settled; `seen` is the version of the alarm the page showed."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("In words"),
        help_text=_("What was found and done. It stays with the alarm; name no person."),
        required=False,
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(SETTLE_REASONS, *args, **kwargs)


class ReleaseForm(ReasonForm):
    """Why notices go although a witness refuses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(RELEASE_REASONS, *args, **kwargs)
