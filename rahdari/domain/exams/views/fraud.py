"""Pages of the examiner about fraud: signs with their evidence, results to be made void; and the person's own page of it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import now
from rahdari.web.steps import layout_for

from ..forms.voids import rows_of
from ..models import VoidedResult
from ..queries.again import next_after
from ..queries.seen import booking_facts, sign_facts, void_facts, void_told_facts
from ..queries.signs import sign_for, signs_visible_to, voiding_for, voidings_visible_to
from ..queries.sittings import booking_of_result

ROWS = 30


def see_signs(request: HttpRequest) -> HttpResponse:
    """The signs of fraud of one's own sittings, open ones first, and the proposals that came of them."""
    page = Paginator(signs_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "exams/signs.html", {"page": page, "voidings": voidings_visible_to(request.actor)[:ROWS]})


def see_anomaly(request: HttpRequest, anomaly_id: UUID) -> HttpResponse:
    """One sign of fraud: every number it rests on, whose bookings, and what can be done."""
    sign = sign_for(request.actor, anomaly_id)
    context = {"sign": sign, "facts": sign_facts(sign.row), "marked": sign.bookings[0] if sign.bookings else None}
    return render(request, "exams/sign.html", context)


def see_voiding(request: HttpRequest, voiding_id: UUID) -> HttpResponse:
    """One proposal to make results void: evidence, hearings, decision, appeals."""
    voiding = voiding_for(request.actor, voiding_id)
    rows = rows_of(voiding)
    context = {"voiding": voiding, "facts": void_facts(voiding), "rows": rows, "all_heard": all(one.heard for one in rows)}
    return render(request, "exams/voiding.html", context)


def see_own_result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """One's own result; of a void one why, until when to appeal, what became of it, and when the test can be sat again."""
    booking = booking_of_result(request.actor, result_id)
    row = VoidedResult.objects.select_related("voiding").filter(result=result_id).last()
    result = booking.result
    void = row is not None and result is not None and result.state == "result_void"
    context = {
        "booking": booking,
        "facts": booking_facts(booking),
        "void": void_told_facts(row) if row is not None else [],
        "may_appeal": void and row is not None and not row.appeal,
        "again": next_after(request.actor, [booking], now())[0],
        "layout": layout_for(request, {}),
    }
    return render(request, "exams/own_result.html", context)
