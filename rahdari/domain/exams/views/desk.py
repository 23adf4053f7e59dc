"""Pages of the examiner's desk: the door on a telephone or a tablet, one result, the keys."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..access import PERMITS
from ..queries.desk import door_seen, key_for, keys_of, own_result, results_before
from ..queries.seen import key_facts, own_result_facts
from ..queries.sittings import sitting_for
from ..rules.door import DOOR_REASONS

MANY = 60


def see_door(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The door of one's own sitting: look for a person, compare face and passport, note what was found."""
    sitting, looked_for = sitting_for(request.actor, sitting_id), request.GET.get("q", "")[:60]
    door = door_seen(request.actor, sitting_id, looked_for)
    context = {"sitting": sitting, "door": door, "rows": door.rows[:MANY], "q": looked_for, "reasons": DOOR_REASONS}
    return render(request, "exams/door.html", context | {"marked": door.rows[0] if door.rows else None})


def see_result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """A result of one's own sitting, and those it took the place of."""
    result = own_result(request.actor, result_id)
    assert result.booking is not None
    context = {
        "result": result,
        "sitting": result.booking.sitting,
        "facts": own_result_facts(result),
        "before": [own_result_facts(one) for one in results_before(result)],
        "may_correct": result.state == "result_stands" and not PERMITS["correct_result"].why_not(request.actor),
    }
    return render(request, "exams/result.html", context)


def see_keys(request: HttpRequest) -> HttpResponse:
    """The keys by which one's own system signs files of results."""
    return render(request, "exams/keys.html", {"keys": keys_of(request.actor)[:MANY]})


def see_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """One key, and what can be done with it."""
    key = key_for(request.actor, key_id)
    return render(request, "exams/key.html", {"key": key, "facts": key_facts(key)})
