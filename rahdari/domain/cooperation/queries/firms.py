"""The firm that enquires, as the register of its state knows it."""

from __future__ import annotations

import datetime as dt

from rahdari.base.reference import Book
from rahdari.domain.organisations.models import Organisation
from rahdari.domain.organisations.queries.standing import LicenceAnswer, licence_on, number_of

from ..rules.enquiries import Firm

EMPLOYER, PLACEMENT = "ACCEPTING_ORG", "JP_PLACEMENT"


def firm_of(*, body: str = "", number: str = "", name: str = "", day: dt.date, node: str, book: Book) -> Firm | None:
    """The firm of a registry id or number, as it may employ on a day; None for one in no register, or barred.

    A node that holds no register of such firms goes by the form of the number and takes the name as it was told.
    """
    answer = licence_on(organisation=body, number=number, kind=EMPLOYER, day=day, node=node, book=book)
    if not answer.is_valid:
        return None
    if answer.organisation is None:
        return Firm("", name.strip(), number_of(EMPLOYER, number, book)) if name.strip() else None
    return Firm(answer.organisation.registry_id, name_of(answer.organisation), answer.organisation.number)


def placement_standing(body: str, day: dt.date, node: str, book: Book) -> LicenceAnswer:
    """How the permit of a placement business stands."""
    return licence_on(organisation=body, kind=PLACEMENT, day=day, node=node, book=book)


def name_of(organisation: Organisation) -> str:
    """The name in Latin letters where there is one, else the first of the register."""
    names = list(organisation.names.all())
    latin = next((one.value for one in names if one.script == "Latn"), "")
    return latin or (names[0].value if names else organisation.registry_id)
