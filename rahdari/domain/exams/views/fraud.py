"""Pages of the examiner about fraud: signs with their evidence, results to be made void; and the person's own page of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rahdari.base.clock import day_at, now
from rahdari.web.steps import layout_for

from ..queries.again import next_after
from ..queries.bars import bars_visible_to
from ..queries.seen import booking_facts, sign_facts, void_facts, void_told_facts
from ..queries.signs import rows_of, sign_for, signs_visible_to, voiding_for, voidings_visible_to
from ..queries.sittings import booking_of_result
from ..queries.voided import voiding_of
from ..rules.voids import OPEN_APPEALS, why_not_appeal

ROWS = 30


def see_signs(request: HttpRequest) -> HttpResponse:
    """The signs of fraud of one's own sittings, open ones first, and the proposals that came of them."""
    page = Paginator(signs_visible_to(request.actor), ROWS).get_page(request.GET.get("page"))
    return render(request, "exams/signs.html", {"page": page, "voidings": voidings_visible_to(request.actor)[:ROWS]})


def see_anomaly(request: HttpRequest, anomaly_id: UUID) -> HttpResponse:
    """One sign of fraud: every number it rests on, whose bookings, and what can be done."""
    sign = sign_for(request.actor, anomaly_id)
    context = {"sign": sign, "facts": sign_facts(sign.row), "marked": sign.bookings[0] if sign.bookings else None}
    context["bars"] = bars_visible_to(request.actor).filter(anomaly=sign.row)
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
    row, result = voiding_of(result_id), booking.result
    context: dict[str, Any] = {
        "booking": booking,
        "facts": booking_facts(booking),
        "again": next_after(request.actor, [booking], now())[0],
        "layout": layout_for(request, {}),
    }
    if row is not None and result is not None:
        today, until = day_at(now(), booking.sitting.home), row.voiding.appeal_until
        against = why_not_appeal(state=result.state, appeal=row.appeal, appeal_until=until, today=today)
        context |= {"void": void_told_facts(row), "waits": row.appeal in OPEN_APPEALS, "may_appeal": not against}
    return render(request, "exams/own_result.html", context)
