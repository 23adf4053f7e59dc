"""What holds a case, and which cases a cause would hold."""

from __future__ import annotations

from django.db.models import QuerySet

from rahdari.domain.jobs.rules.line import TRAVELLED

from ..models import Case, Hold
from ..rules.cases import OVER
from ..rules.holds import FIELD_ORDER, HOLDS_FROM, HOLDS_UNTIL, LICENCE, PERMISSION


def open_holds(case: Case) -> list[Hold]:
    """The holds on a case that nobody has released."""
    return list(Hold.objects.filter(case=case, released_at=None).order_by("since", "id"))


def cases_touched(node: str, cause: str, of: str, exam: str = "") -> QuerySet[Case]:
    """The cases of this node that a cause touches: those of a promoter, of a field, of a demand, or of a person.

    An order on a field touches those that end in a certificate: a change of status is judged when it is filed, by its own row.
    Of a person those whose demand asks for the test, where one is named.
    """
    cases = Case.objects.filter(home=node, station__gte=HOLDS_FROM[cause], station__lte=HOLDS_UNTIL[cause])
    if cause == LICENCE:
        cases = cases.filter(promoter=of)
    elif cause == FIELD_ORDER:
        cases = cases.filter(demand__field=of, route__in=TRAVELLED)
    elif cause == PERMISSION:
        cases = cases.filter(demand=of)
    else:
        cases = cases.filter(person=of, **({"demand__tests__contains": [exam]} if exam else {}))
    return cases.exclude(state__in=OVER).select_related("demand").order_by("id")


def not_held_yet(node: str, cause: str, of: str) -> bool:
    """Whether a cause that stands would hold cases it does not hold yet: those that came after it."""
    held = Hold.objects.filter(cause=cause, of=of, released_at=None)
    return cases_touched(node, cause, of).exclude(pk__in=held.values("case")).exists()
