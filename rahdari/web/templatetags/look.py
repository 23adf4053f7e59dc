"""Tags of the design system, known to every template: days, numbers, names, words, why, the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_decimal, format_percent
from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from rahdari.base.clock import ZONES
from rahdari.base.editions import current_book
from rahdari.base.refusal import Reason
from rahdari.web.words import locale_now, say, say_day, say_month, shelf, spoken

register = template.Library()


@register.filter
def day(value: dt.date | str | None) -> SafeString | str:
    """A day as the reader's language writes it; text in ISO form is read first."""
    if not value:
        return ""
    on = dt.date.fromisoformat(value) if isinstance(value, str) else value
    on = on.date() if isinstance(on, dt.datetime) else on
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', on.isoformat(), say_day(on))


@register.filter
def month(value: dt.date) -> str:
    """A month as the reader's language writes it."""
    return say_month(value)


@register.filter
def num(value: int | str | None) -> SafeString | str:
    """A whole number in groups, set left to right."""
    return "" if value in (None, "") else format_html("<bdi>{}</bdi>", format_decimal(int(value), locale=locale_now()))


@register.filter
def percent(value: float | None) -> SafeString | str:
    """A share (0.36) as per cent."""
    return "" if value is None else format_html("<bdi>{}</bdi>", format_percent(value, "#,##0%", locale=locale_now()))


@register.filter
def clock(moment: dt.datetime) -> str:
    """Hours and minutes."""
    return f"{moment:%H:%M}"


@register.filter
def moment(value: dt.datetime) -> SafeString:
    """A day and the time of day at this node's offices, with the name of their clock."""
    here = value.astimezone(ZONES[settings.RAHDARI_NODE])
    day_and_time = (here.isoformat(), say_day(here.date()), f"{here:%H:%M %Z}")
    return format_html('<time datetime="{}"><bdi>{}</bdi> <bdi>{}</bdi></time>', *day_and_time)


@register.filter
def starts(path: str, prefix: str) -> bool:
    """Whether an address lies under another."""
    return bool(prefix) and prefix in path


@register.filter
def code(value: object) -> SafeString:
    """A code or number as printed, set left to right."""
    return format_html('<bdi class="code">{}</bdi>', value)


@register.filter
def name(row: Mapping[str, Any], column: str = "name") -> str:
    """The name a row bears in the reader's language, English where it has none."""
    here = get_language() or "en"
    cells = row if isinstance(row, Mapping) else vars(row)
    return cells.get(f"{column}_{here}") or cells.get(f"{column}_en") or ""


@register.filter
def said(text: str) -> str:
    """A text of the reference tables that exists in English, in the reader's language."""
    return gettext(text) if text else ""


@register.filter
def word(value: str) -> str:
    """The words for a code or state; the code itself where there are none."""
    return str(shelf("STATES").get(value) or shelf("CODES").get(value) or value)


@register.filter
def coded(value: str, kind: str) -> SafeString | str:
    """The words for a code of a kind (`urgency` + `soon`); a code without words, of a newer partner, as it came."""
    key = f"{kind}_{value}"
    words = shelf("STATES").get(key) or shelf("CODES").get(key)
    return code(value) if words is None else str(words)


@register.filter
def allowed(permission: str) -> str:
    """What a permission allows, in words."""
    return str(shelf("PERMISSIONS").get(permission, permission))


@register.filter
def state_name(node: str) -> str:
    """The name of the state whose node this is; its code where it has none here."""
    return str(settings.NODE_NAMES.get(node, node))


@register.filter
def words(reason: Reason) -> str:
    """A reason or refusal as a sentence."""
    return say(reason)


@register.filter
def listed(values: Sequence[object]) -> str:
    """Several things joined as the language joins them."""
    return spoken(list(values))


@register.filter
def bodies(ids: Sequence[str]) -> str:
    """The bodies a marking lists by their names; a registered one this node does not know keeps its id."""
    registered = [one for one in ids if ":" in one]
    names: Mapping[str, str] = import_string(settings.BODY_NAMES)(registered, get_language()) if registered else {}
    return spoken([names.get(one, one) for one in ids])


# A code, name, day or amount as the reader's language writes it.
register.filter("spoken", spoken)


@register.filter
def item(table: Mapping[str, Any], key: str) -> Any:
    """The value of a key."""
    return table.get(key)


@register.filter
def sources(tags: str) -> SafeString:
    """The tags of a source, each with what it stands for; an address becomes a link that bears the name of its site."""
    return format_html_join(mark_safe(" "), "{}", ((_source(tag),) for tag in filter(None, tags.split(";"))))


def _source(tag: str) -> SafeString:
    if tag.startswith(("https://", "http://")):
        return format_html('<a href="{}" dir="ltr" rel="noreferrer nofollow">{}</a>', tag, urlsplit(tag).hostname or tag)
    row = current_book().one("sources", tag=tag)
    return format_html('<abbr title="{}" dir="ltr">{}</abbr>', row["reference"] if row else tag, tag)


@register.inclusion_tag("web/parts/confidence.html")
def confidence(level: str) -> dict[str, str]:
    """How sure a row is; nothing is shown for high."""
    return {"level": level}


MANY_STATIONS = 12  # more than these stand close together on a desk


@register.inclusion_tag("web/parts/line.html")
def line(stations: Sequence[Mapping[str, Any]], label: str, wide: bool = True) -> dict[str, Any]:
    """The line: stations with `no`, `side`, `state` (done, now here, now wait, now late, todo, stop), `name`, `lines`."""
    return {"stations": stations, "label": label, "wide": wide, "many": len(stations) > MANY_STATIONS}


# What a page bears for a marking: the word of the Traffic Light Protocol 2.0, and the tone of its band.
BANDS = {
    "contact_point": ("TLP:RED", "red"),
    "named_bodies": ("TLP:AMBER+STRICT", "amber"),
    "authorities": ("TLP:AMBER", "amber"),
    "public": ("TLP:CLEAR", ""),
}


@register.inclusion_tag("web/parts/marking.html")
def marking(row: Any, where: str = "above", inside: bool = False) -> dict[str, Any]:
    """The band above or below what the partner told; nothing for a row of this node.

    `row` has `home`, `level`, `bodies`, `issued_at`. `inside` an article of a page it is a note, around a page an aside.
    """
    if row.home == settings.RAHDARI_NODE:
        return {}
    tlp, tone = BANDS[row.level]
    return {"row": row, "tlp": tlp, "tone": tone, "originator": state_name(row.home), "where": where, "inside": inside}


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any) -> dict[str, Any]:
    """One field of a form with its label, hint and errors."""
    return {"field": bound}
