"""How a field stands, its forecast and its history in words; the codes are those of `rules/ceilings.py`."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rahdari.base.reference import shipped_book

REASONS = {
    "forecast_no_ceiling": _("No ceiling of the field is in force, so there is none to be reached."),
    "forecast_no_count": _("No count of residents of this field is in the tables, so nothing can be forecast."),
    "forecast_one_count": _("Only one count is known (%(people)s on %(as_of)s). A line needs two, so nothing is forecast."),
    "forecast_reached": _("On %(as_of)s there were %(people)s residents: the ceiling of %(ceiling)s was reached."),
    "forecast_not_rising": _(
        "From %(before_on)s (%(before)s) to %(as_of)s (%(people)s) the number did not rise, so no day is forecast."
    ),
    "forecast_day": _(
        "A straight line through %(before)s on %(before_on)s and %(people)s on %(as_of)s meets the ceiling of %(ceiling)s "
        "on %(day)s. This is a forecast, not a promise."
    ),
    "forecast_day_mixed": _(
        "A straight line through %(before)s on %(before_on)s and %(people)s on %(as_of)s meets the ceiling of %(ceiling)s "
        "on %(day)s. The two counts do not count the same people, so this forecast is weak."
    ),
    "forecast_after_period": _(
        "Along a straight line through %(before)s on %(before_on)s and %(people)s on %(as_of)s the ceiling of %(ceiling)s is "
        "not reached before it ends on %(period)s."
    ),
    "field_decided": _("The cabinet decided on the field."),
    "field_began": _("The field began."),
    "field_ssw2": _("Specified Skilled Worker (ii) became possible."),
    "field_absorbed": _("Last day of the field of its own: it became part of %(into)s."),
    "field_made_of": _("The field was made of %(parts)s."),
    "field_renamed": _("The field received the name it bears now."),
    "field_ceiling": _("The ceiling was set at %(ceiling)s."),
    "field_stop_announced": _("A stop was announced (%(order)s)."),
    "field_stop_asked": _("The ministry asked for a stop (%(order)s)."),
    "field_stopped": _("The order took effect (%(order)s); the ceiling was %(ceiling)s."),
    "field_opened_again": _("The order ended (%(order)s)."),
}

STATES = {
    "open": _("open"),
    "suspended": _("suspended"),
    "suspended_in_part": _("suspended in part"),
    "stop_announced": _("stop announced"),
    "decided_not_open": _("decided, not open yet"),
    "not_begun": _("not begun"),
    "merged": _("merged"),
    "ended": _("ended"),
}

CODES = {
    "ssw_all": _("SSW (i) and (ii) together"),
    "JFT_A1": _("JFT-Basic, level A1"),
    "JFT_A2": _("JFT-Basic, level A2"),
    "JLPT_N5": _("JLPT N5"),
    "JLPT_N4": _("JLPT N4"),
    "JLPT_N3": _("JLPT N3"),
    "ssw2_all": _("possible, all duties"),
    "ssw2_part": _("possible, some duties"),
    "ssw2_none": _("not possible"),
    "ssw2_unknown": _("not known"),
    "edition_new": _("new"),
    "edition_ended": _("ended"),
    "edition_corrected": _("corrected"),
    "duty_CIVIL": _("civil engineering"),
    "duty_BUILDING": _("building"),
    "duty_LIFELINE": _("lifelines and equipment"),
    "duty_GROUND_HANDLING": _("airport ground handling"),
    "duty_AIRCRAFT_MAINTENANCE": _("aircraft maintenance"),
    "duty_CROP": _("crop farming"),
    "duty_LIVESTOCK": _("livestock farming"),
    "duty_FISHING": _("fishing"),
    "duty_AQUACULTURE": _("aquaculture"),
    "duty_TRUCK": _("truck"),
    "duty_TAXI": _("taxi"),
    "duty_BUS": _("bus"),
    "duty_TRACK_MAINTENANCE": _("track maintenance"),
    "duty_ELECTRICAL_MAINTENANCE": _("electrical equipment maintenance"),
    "duty_ROLLING_STOCK_MAINTENANCE": _("rolling stock maintenance"),
    "duty_ROLLING_STOCK_MANUFACTURE": _("rolling stock manufacture"),
    "duty_TRANSPORT_STAFF": _("transport staff"),
}


def _name_of(code: str) -> str:
    """The name of a field in the reader's language, from the tables shipped with the program: words need no database."""
    row = shipped_book().one("fields", code=code)
    return code if row is None else row.get(f"name_{get_language()}") or row["name_en"]


_lazy_name = lazy(_name_of, str)
# A sentence that names a field by its code is spoken with the field's name.
FIELD_NAMES = {row["code"]: _lazy_name(row["code"]) for row in shipped_book().rows("fields")}
