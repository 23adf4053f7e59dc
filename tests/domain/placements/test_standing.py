"""Where a case stands, in a word: in the words of this package, also where another one has the same code."""

from __future__ import annotations

import pytest

from rahdari.domain.placements.queries.seen import with_standing
from tests.make import placements as make


@pytest.mark.django_db
def test_a_refused_application_is_not_refused_by_a_receiver():
    _who, case = make.applied()
    case.state = "refused"
    assert with_standing([case])[0].standing == "Application refused"
