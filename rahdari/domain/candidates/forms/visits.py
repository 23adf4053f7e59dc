"""What is asked at a counter to open the file of whoever stands there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PhoneForm(forms.Form):
    """The phone of the person."""

    phone = forms.CharField(
        label=_("Phone number of the person"), max_length=40, widget=forms.TextInput({"dir": "ltr", "inputmode": "tel"})
    )


class CodeForm(forms.Form):
    """The code the phone was sent, as the person reads it out."""

    phone = forms.CharField(max_length=40, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code that was sent to the phone"), max_length=20, widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric"})
    )
