"""The shape of what people type into accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .rules.codes import plain_code

LATIN = {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(forms.Form):
    """Staff: address and password."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput({**LATIN, "autocomplete": "username webauthn"}))
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=256, widget=forms.PasswordInput({**LATIN, "autocomplete": "current-password"})
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

    code = CodeField(label=_("Code"), help_text=_("The 6 digits your authenticator app shows now, or a recovery code of 10 digits."))


class PhoneForm(forms.Form):
    """A worker's phone."""

    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        help_text=_("The number you gave when you registered. Spaces, dashes, ۱۲۳ and 123 are all fine."),
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
