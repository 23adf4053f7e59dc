"""The shape of what people type into accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .models import Body, Person
from .rules.codes import plain_code
from .rules.proxies import SEES
from .wording.proxies import SEEN

LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(forms.Form):
    """Staff: address and password."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({**LATIN, "autocomplete": "username webauthn"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput({**LATIN, "autocomplete": "current-password"}),
    )


class CodeField(forms.CharField):
    """A code of digits in any script; spaces and dashes are fine."""

    def __init__(self, **told: Any) -> None:
        look = {"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code", "size": "12"}
        super().__init__(max_length=40, widget=forms.TextInput(look), **told)

    def clean(self, value: Any) -> str:
        return plain_code(super().clean(value))


class SecondFactorForm(forms.Form):
    """The code of the authenticator app, or one of the recovery codes."""

    code = CodeField(
        label=_("Code"), help_text=_("The 6 digits your authenticator app shows now, or a recovery code of 10 digits.")
    )


class PhoneForm(forms.Form):
    """A worker's phone."""

    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        help_text=_("Your own mobile number. Spaces, dashes, ۱۲۳ and 123 are all fine."),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "tel", "autocomplete": "tel"}),
    )


class OneTimeCodeForm(forms.Form):
    """The code sent to a worker's phone."""

    code = CodeField(label=_("Code"), help_text=_("6 digits. It counts for 10 minutes."))


class EmailForm(forms.Form):
    """The address of staff who forgot their password."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({**LATIN, "autocomplete": "username"}))


class NewPasswordForm(forms.Form):
    """A password to be chosen."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=256,
        help_text=_("At least 12 letters, digits or signs, and nothing of your name. Three or four words make a good one."),
        widget=forms.PasswordInput({**LATIN, "autocomplete": "new-password"}),
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput({**LATIN, "autocomplete": "current-password"}),
    )
    field_order = ("old", "password")


class SettingsForm(forms.Form):
    """One's name, language and theme."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of messages to you"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Look"), choices=[("", _("as the device is set")), ("light", _("light")), ("dark", _("dark"))], required=False
    )


class FactorCodeForm(forms.Form):
    """The first code of a new authenticator app."""

    code = CodeField(label=_("Code"), help_text=_("The 6 digits the app shows for Rahdari."))


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(label=_("What is it for?"), max_length=80, help_text=_("For example: nightly import of the payroll."))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple, required=False)
    days = forms.IntegerField(
        label=_("Days it lives"), min_value=1, max_value=366, initial=90, widget=forms.NumberInput({"dir": "ltr", "size": "6"})
    )

    def __init__(self, typed: Any, scopes: list[str], words: Mapping[str, Any]) -> None:
        super().__init__(typed)
        self.fields["scopes"].choices = [(one, words.get(one, one)) for one in scopes]  # type: ignore[attr-defined]


class PasskeyForm(forms.Form):
    """A name for a passkey; the browser fills in the rest."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60, help_text=_("For example: key on my desk."))


class DelegationForm(forms.Form):
    """Who stands in, and until when."""

    person = forms.ModelChoiceField(label=_("Colleague"), queryset=Person.objects.none(), empty_label=_("Choose"))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date", "dir": "ltr"}))

    def __init__(self, typed: Any, colleagues: QuerySet[Person]) -> None:
        super().__init__(typed)
        self.fields["person"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class StaffForm(forms.Form):
    """A new member of staff with a first role."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(LATIN))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"))
    body = forms.ModelChoiceField(label=_("Office or organisation"), queryset=Body.objects.none(), empty_label=_("Choose"))
    office = forms.CharField(
        label=_("Branch"),
        max_length=20,
        required=False,
        help_text=_("Code of the protectorate or bureau, where there are several."),
    )

    def __init__(self, typed: Any, roles: list[tuple[str, Any]], bodies: QuerySet[Body], name_of: Callable[[Body], str]) -> None:
        super().__init__(typed)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["body"].label_from_instance = name_of  # type: ignore[attr-defined]


class RoleForm(StaffForm):
    """One more role for somebody of the staff."""

    field_order = ("role", "body", "office")

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        for name in ("name", "email", "language"):
            del self.fields[name]


class CounterForm(PhoneForm):
    """A worker at the counter: card number and the new phone."""

    identity = forms.CharField(label=_("Number of the card"), max_length=40, widget=forms.TextInput({"dir": "ltr"}))
    field_order = ("identity", "phone")

    def __init__(self, typed: Any) -> None:
        super().__init__(typed)
        self.fields["phone"].help_text = _("The new number. Let the person show that the phone is theirs.")


class RegisterForm(forms.Form):
    """A worker registered at the counter; a phone may come later."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("In Latin letters, as in the passport."))
    identity = forms.CharField(label=_("Number of the card"), max_length=40, widget=forms.TextInput({"dir": "ltr"}))
    phone = forms.CharField(
        label=_("Phone number"), max_length=40, required=False, widget=forms.TextInput({"dir": "ltr", "inputmode": "tel"})
    )
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)


class CardForm(forms.Form):
    """The number of one's own card: the identity card, on the receiving side the residence card."""

    identity = forms.CharField(
        label=_("Number of your identity card (CNIC)"),
        max_length=40,
        help_text=_("All 13 digits, as on the card."),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, typed: Any, card: str) -> None:
        super().__init__(typed)
        if card == "residence_card":
            self.fields["identity"].label = _("Number of your residence card")
            self.fields["identity"].help_text = _("The letters and digits, as on the card.")
            self.fields["identity"].widget.attrs["inputmode"] = "text"


class OpenAccountForm(CardForm):
    """Whoever opens an account alone: how they are called, and the number of their card."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As you write it, in Urdu or Latin letters. The name of the passport is asked later."),
        widget=forms.TextInput({"dir": "auto", "autocomplete": "name"}),
    )
    field_order = ("name", "identity")


class ProxyForm(forms.Form):
    """A member of the family, and what they may see."""

    name = forms.CharField(label=_("Who?"), max_length=120, help_text=_("As you call them, for example: my mother."))
    phone = forms.CharField(
        label=_("Their phone number"),
        max_length=40,
        help_text=_("Not your own: they answer a code on it."),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}),
    )
    sees = forms.MultipleChoiceField(
        label=_("What they may see"), choices=[(one, SEEN[one]) for one in SEES], widget=forms.CheckboxSelectMultiple
    )


class BothCodesForm(forms.Form):
    """The codes of both phones."""

    own_code = CodeField(label=_("The code on your phone"))
    their_code = CodeField(label=_("The code on their phone"))
