"""What is said of identifiers, in words; the codes are those of `rules.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REASONS: dict[str, StrPromise] = {
    "number_form_fits": _(
        "This has the form of a %(kind)s. Whether it was really issued, only the office that issues it can say."
    ),
    "number_check_fits": _(
        "This has the form of a %(kind)s, and what it carries for checking agrees. "
        "Whether it was really issued, only the office that issues it can say."
    ),
    "number_form_wrong": _("This does not have the form of a %(kind)s. It should look like %(example)s."),
    "number_form_unknown": _("The form of a %(kind)s is not known to the tables. Keep it as it is printed, with its date."),
    "number_too_long": _("This is longer than %(longest)s characters, so it cannot be a %(kind)s."),
    "number_odd_character": _("It contains a character that does not belong there, though it may look alike: %(character)s."),
    "number_region_unknown": _(
        "No province, area or prefecture has the code %(region)s, so this cannot be a %(kind)s. Check the first digits."
    ),
    "corporate_check_differs": _(
        "The first digit should be %(right)s but is %(found)s. One of the thirteen digits was copied wrongly."
    ),
    "rso_offered": _("Did you mean %(offered)s? Look at the certificate of registration and write it like that if it is right."),
    "rso_year_too_early": _(
        "The first two digits, %(year)s, are the year of registration, and there was no registration before %(first)s."
    ),
    "licence_city_not_seen": _(
        "The city code %(city)s is not among those seen so far. "
        "It may be new or copied wrongly: ask the Bureau of Emigration and Overseas Employment."
    ),
    "cnic_sex_parity": _(
        "The last digit of the CNIC is %(digit)s: an odd digit stands for male, an even one for female. "
        "It does not agree with the sex given (%(declared)s)."
    ),
    "cnic_given_wrong": _("The CNIC given beside it does not have the form of a CNIC. Copy it from the card again."),
    "cnic_agrees": _("The CNIC read and the CNIC given are the same."),
    "cnic_differs": _("The CNIC read and the CNIC given are not the same. Look at both papers."),
    "zone_without_cnic": _("The passport zone carries no CNIC, so it cannot be compared with the one given."),
    "zone_form_wrong": _(
        "A passport's machine-readable zone has two lines of 44 characters each: capital letters, digits and the sign <."
    ),
    "zone_on_one_line": _("All 88 characters stand on one line. Break it after the first 44."),
    "zone_number_differs": _(
        "The check digit of the passport number should be %(right)s but is %(found)s. Read the number again."
    ),
    "zone_birth_differs": _("The check digit of the date of birth should be %(right)s but is %(found)s. Read the date again."),
    "zone_expiry_differs": _("The check digit of the date of expiry should be %(right)s but is %(found)s. Read the date again."),
    "zone_optional_differs": _(
        "The check digit of the personal number should be %(right)s but is %(found)s. Read that number again."
    ),
    "zone_composite_differs": _(
        "The last digit, which covers the whole second line, should be %(right)s but is %(found)s. Read the line again."
    ),
    "zone_birth_no_day": _("The date of birth in the zone (%(day)s, as year, month, day) is no day of the calendar."),
    "zone_expiry_no_day": _("The date of expiry in the zone (%(day)s, as year, month, day) is no day of the calendar."),
    "zone_sex_differs": _("The passport zone says %(read)s, but %(declared)s was given as the sex."),
    "zone_birth_date_differs": _(
        "The date of birth in the passport zone (%(read)s, as year, month, day) is not the one given, %(born)s."
    ),
}

FAULTS: dict[str, StrPromise] = {}

CODES: dict[str, StrPromise] = {
    "cnic": _("Pakistani CNIC or NICOP number"),
    "pk_passport": _("Pakistani passport number"),
    "mrz_td3": _("machine-readable zone of a passport"),
    "jp_corporate_number": _("Japanese corporate number"),
    "rso_number": _("registration number of a support organisation"),
    "residence_card": _("Japanese residence card number"),
    "oep_licence_new": _("licence number of an overseas employment promoter (present form)"),
    "oep_licence_old": _("licence number of an overseas employment promoter (older form)"),
    "jp_placement_permit": _("permit number of a Japanese placement business"),
    "jp_dispatch_licence": _("licence number of a Japanese dispatch business"),
    "coe_number": _("certificate of eligibility number"),
    "pk_permission_number": _("number of a permission of the Protector of Emigrants"),
}
