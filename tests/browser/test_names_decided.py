"""The page of a notice with whom the registers know, and the decision about a name, in a real browser."""

from __future__ import annotations

import pytest
from django.test import Client

from rahdari.base.clock import day_at, now
from rahdari.domain.notices.actions import decide_name
from rahdari.domain.notices.rules.notices import Party
from rahdari.domain.organisations.rules.entries import OfficerEntered
from tests.browser.conftest import enter, look_at
from tests.make import organisations as make
from tests.make.notices import notice
from tests.make.people import sign_in
from tests.make.requests import contact

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sure]


def test_an_officer_reads_whom_a_name_may_be_and_decides(page):
    firm = make.licensed(names=("Sitara Promoters",), officers=(OfficerEntered("Bilal Sheikh", "owner", make.card(71)),))
    named = (Party("organisation", "ستارہ پروموٹرز"), Party("person", "Bilal Sheikh"), Party("person", "Nobody Unheard"))
    row = notice(at=now(), known_on=day_at(now(), "pk"), about=named)
    subject = f"organisation:{firm.pk}"
    for ground in ("papers_asked", "same_number"):
        decide_name(
            actor=contact(), notice_id=row.pk, party=0, subject=subject, ground=ground, note="Seen in Lahore (invented)", at=now()
        )
    client = Client()
    sign_in(client, "contact_point_pk")
    enter(page, client)
    look_at(page, {"notice": f"notices/{row.pk}/", "decide": f"notices/{row.pk}/names/0/{subject}/"})
