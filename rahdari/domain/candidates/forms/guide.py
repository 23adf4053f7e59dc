"""The way to one's own file on a phone: one thing a screen, in this order. Each screen is a small shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.facts import Day, Facts

from ..rules.file_facts import Short


class NameTold(Facts):
    """The name, in both scripts."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    name_urdu: Short = ""


class FatherTold(Facts):
    """The father's name."""

    father_name: Short = ""


class BirthTold(Facts):
    """When and where somebody was born."""

    birth_date: Day
    sex: Literal["F", "M", "X"]
    birthplace: Short = ""


class PassportTold(Facts):
    """The passport, by its two lines or by hand; nothing where there is none yet."""

    zone: Annotated[str, Field(max_length=200)] = ""
    passport_no: Annotated[str, Field(max_length=40)] = ""
    passport_until: Day | None = None


class GuideName(Facts):
    """The first screen."""

    told: NameTold


class GuideFather(Facts):
    """The second screen."""

    told: FatherTold


class GuideBirth(Facts):
    """The third screen."""

    told: BirthTold


class GuidePassport(Facts):
    """The fourth screen."""

    told: PassportTold


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: what it asks, its title, and what is said above the fields."""

    shape: type[Facts]
    title: Any
    lead: Any
    members: tuple[str, ...]


SCREENS: Mapping[str, Screen] = {
    "name": Screen(
        GuideName,
        _("What is your name?"),
        _("In Latin letters as in your passport. One name is enough if you have only one."),
        ("name", "name_urdu"),
    ),
    "father": Screen(
        GuideFather,
        _("What is your father’s name?"),
        _("Leave it empty if your papers do not name him."),
        ("father_name",),
    ),
    "birth": Screen(
        GuideBirth,
        _("When and where were you born?"),
        _("As on your identity card."),
        ("birth_date", "sex", "birthplace"),
    ),
    "passport": Screen(
        GuidePassport,
        _("Your passport"),
        _("If you have none yet, leave this empty and go on. You need it before a test is booked; it can be added later."),
        ("zone", "passport_no", "passport_until"),
    ),
}
ORDER = tuple(SCREENS)
CHECK = "check"
