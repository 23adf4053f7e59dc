"""The page of what an organisation shares with others: a drawing made by the server, and the same as a table."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi

from ..queries.desk import organisation_for
from ..queries.links import net_of
from ..rules.links import HALF_HIGH, HALF_WIDE, drawn, told_in_rows


def see_links(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Who hangs together with an organisation by phones, addresses, accounts, people and principals, over two steps."""
    row = organisation_for(request.actor, organisation_id)
    net = net_of(request.actor, row)
    context = {
        "row": row,
        "name": net.knots[0].label,
        "drawing": drawn(net, from_right=get_language_bidi()) if net.threads else None,
        "half": {"wide": HALF_WIDE, "high": HALF_HIGH, "broad": 2 * HALF_WIDE, "tall": 2 * HALF_HIGH},
        "told": told_in_rows(net),
    }
    return render(request, "organisations/links.html", context)
