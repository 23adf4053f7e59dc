"""Receipts and money back: what may be recorded, who reads the numbers, and that a receipt counts once on a node."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.models import AuditEntry, OutboxEntry
from rahdari.base.money import Money
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import CostReceipt
from rahdari.domain.contracts.queries import papers_of
from rahdari.domain.contracts.queries.receipts import ledger_steps, receipts_shown
from rahdari.domain.contracts.rules.receipts import (
    ReceiptTold,
    amount_differs,
    line_key,
    line_named,
    receipt_key,
    standing_of,
    why_not_money_back,
    why_not_receipt,
)
from tests.make import jobs
from tests.make.people import actor, sign_in
from tests.make.thread import alone, at, cost

LINE, TODAY = cost(), dt.date(2026, 12, 21)
SLIP = ReceiptTold("HBL 0417/1", "Invented Bank", TODAY, LINE.money)


def rupees(amount):
    return Money("PKR", amount * 100)


class TestRules:
    @pytest.mark.parametrize(
        ("changed", "more", "expected"),
        [
            ({}, {}, []),
            ({"money": rupees(1)}, {}, []),
            ({"money": Money("JPY", 9)}, {}, []),
            ({}, {"line": None}, ["no_such_line"]),
            ({}, {"used": True}, ["receipt_used"]),
            ({"on": TODAY + dt.timedelta(days=1)}, {}, ["date_in_future"]),
            ({"channel": "cash"}, {}, ["receipt_cash"]),
            ({"number": " ./- "}, {}, ["receipt_number_missing"]),
            ({"money": rupees(0)}, {}, ["amount_impossible"]),
            ({"money": rupees(-5)}, {}, ["amount_impossible"]),
            ({"money": Money("PKR", 2**53)}, {}, ["amount_impossible"]),
            ({"money": Money("EUR", 5)}, {}, ["amount_impossible"]),
        ],
    )
    def test_a_receipt_is_refused_for_every_reason(self, changed, more, expected):
        told = {"line": LINE, "used": False, "today": TODAY} | more
        assert [one.code for one in why_not_receipt(replace(SLIP, **changed), **told)] == expected

    @pytest.mark.parametrize(
        ("money", "paid", "returned", "expected"),
        [
            (15_000, [15_000], [], []),
            (15_001, [15_000], [], ["more_than_paid"]),
            (1, [15_000], [15_000], ["more_than_paid"]),
            (5_000, [9_000, 6_000], [10_000], []),
            (15_000, [], [], []),
            (15_001, [], [], ["more_than_paid"]),
        ],
    )
    def test_no_more_comes_back_than_was_paid(self, money, paid, returned, expected):
        told = {"line": LINE, "used": False, "today": TODAY}
        heaps = {"paid": [rupees(one) for one in paid], "returned": [rupees(one) for one in returned]}
        assert [one.code for one in why_not_money_back(replace(SLIP, money=rupees(money)), **told, **heaps)] == expected

    def test_another_currency_than_was_paid_cannot_come_back(self):
        told = {"line": LINE, "used": False, "today": TODAY, "paid": [], "returned": []}
        assert [one.code for one in why_not_money_back(replace(SLIP, money=Money("JPY", 1)), **told)] == ["more_than_paid"]

    @pytest.mark.parametrize("same", ["hbl-0417-1", "ＨＢＬ ０４１７／１", "HBL ۰۴۱۷/۱", "HBL.٠٤١٧.١"])
    def test_one_number_is_one_however_it_is_typed(self, same):
        assert receipt_key(same, "INVENTED  bank") == receipt_key(SLIP.number, SLIP.issuer)
        assert receipt_key(same, "Another Bank") != receipt_key(SLIP.number, SLIP.issuer)

    def test_a_line_is_named_by_its_check_number_among_those_that_count(self):
        own = cost(100, "COST_TRAVEL", payer="employer", payee="airline")
        assert line_named([LINE, own], line_key(own)) == own
        assert line_named([LINE, own], line_key(LINE), payers=("employer",)) is None
        assert line_key(LINE) != line_key(own)

    def test_paid_returned_and_what_remains_are_told_for_each_currency(self):
        standing = standing_of(LINE, [rupees(9), Money("JPY", 7)], [rupees(4)])
        assert [(one.paid.currency, one.paid.amount, one.returned.amount, one.remains.amount) for one in standing] == [
            ("JPY", 7, 0, 7), ("PKR", 900, 400, 500),
        ]  # fmt: skip
        assert amount_differs(LINE, rupees(1)) and not amount_differs(LINE, LINE.money)


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.mark.django_db
@pytest.mark.sure
def test_a_receipt_counts_once_is_closed_at_rest_and_money_comes_back_by_the_workers_word(client):
    story = alone().go("costs_declared")
    promoter, worker = story.who("promoter_manager", jobs.PROMOTER), story.people["worker"]
    moment, lines = at("costs_confirmed"), papers_of(worker, story.case_id).lines
    slip = replace(SLIP, on=moment.date())
    told = {"case_id": story.case_id, "line": line_key(lines[0]), "at": moment}
    said = OutboxEntry.objects.count()
    row = actions.record_receipt(actor=worker, receipt=slip, **told, name="r.pdf", content=b"%PDF-1.4 invented")
    for who in (worker, promoter):
        with pytest.raises(Refused) as wrong:
            actions.record_receipt(actor=who, receipt=replace(slip, number="hbl۰۴۱۷۱"), **told)
        assert codes(wrong) == ["receipt_used"] and not wrong.value.refusals[0].about
    with pytest.raises(Missing):
        other = actor("promoter_manager", "pk:org:other")
        actions.record_receipt(actor=other, receipt=replace(slip, number="2"), **told)
    with pytest.raises(Refused) as wrong:
        actions.record_receipt(actor=worker, receipt=replace(slip, number="2"), **told | {"line": "0" * 64})
    assert codes(wrong) == ["no_such_line"]
    with connection.cursor() as cursor:
        cursor.execute("select number, issuer from contracts_costreceipt")
        assert not any(text in bytes(cell) for cell in cursor.fetchone() for text in (b"0417", b"Bank"))
    back = actions.record_money_back(actor=promoter, payer="promoter", receipt=replace(slip, number="B-1"), **told)
    with pytest.raises(Refused) as wrong:
        actions.record_money_back(actor=worker, payer="promoter", receipt=replace(slip, number="B-2"), **told)
    assert codes(wrong) == ["more_than_paid"]
    confirm = {"case_id": story.case_id, "receipt": back.pk, "at": moment}
    for who, alone_, expected in ((worker, False, ["not_alone_in_session"]), (promoter, True, ["not_permitted"])):
        with pytest.raises(Refused) as wrong:
            actions.confirm_money_back(actor=who, alone=alone_, **confirm)
        assert set(codes(wrong)) & set(expected)
    with pytest.raises(Missing):
        actions.confirm_money_back(actor=worker, alone=True, **confirm | {"receipt": row.pk})
    actions.confirm_money_back(actor=worker, alone=True, **confirm)
    assert ledger_steps(worker, story.case(), lines) == ["contracts.record_receipt", "contracts.record_money_back"]
    seen = receipts_shown(worker, story.case(), lines)[line_key(lines[0])]
    assert [one.row.number for one in seen.seen] == [slip.number, "B-1"] and not seen.due and seen.standing[0].remains.amount == 0
    bureau = receipts_shown(actor("bureau_officer"), story.case(), lines)[line_key(lines[0])]
    assert [one.row for one in bureau.seen] == [None, None]
    assert OutboxEntry.objects.count() == said
    assert slip.number not in str(list(AuditEntry.objects.filter(verb__startswith="contracts.record").values()))
    assert CostReceipt.objects.filter(confirmed_at=None).get() == row
    sign_in(client, "promoter_manager", jobs.PROMOTER)
    page = client.get(reverse("contracts.see_terms", args=[story.case_id])).content.decode()
    address = reverse("contracts.see_receipt", args=[story.case_id, row.pk])
    assert slip.number in page and address in page
    assert client.get(address)["Content-Disposition"].startswith("attachment")
