"""What an operator does at the desk: settling an alarm, releasing notices that a witness holds back."""

from __future__ import annotations

import pytest

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.base.ids import new_id
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.exchange.actions.attending import release_notices, settle_alarm
from rahdari.domain.exchange.actions.forks import resume
from rahdari.domain.exchange.models import Alarm, Link, Told
from rahdari.domain.exchange.rules.attending import (
    RELEASE_REASONS,
    SETTLE_REASONS,
    TEXT_AT_MOST,
    why_not_release,
    why_not_settle,
    why_not_taken_up,
    why_undelivered,
    why_unsigned,
)
from rahdari.web.templatetags.look import word
from tests.make.exchange import Corridor
from tests.make.people import actor

NOTICE = "notice.raised/1"


def codes(refusals):
    return [one.code for one in refusals]


class TestRules:
    @pytest.mark.parametrize("reason", SETTLE_REASONS)
    def test_an_open_alarm_whose_cause_is_gone_is_settled(self, reason):
        assert why_not_settle(settled=False, lasts=False, reason=reason, text="x" * TEXT_AT_MOST) == []

    def test_every_reason_against_settling_comes_at_once(self):
        refusals = why_not_settle(settled=True, lasts=True, reason="because", text="x" * (TEXT_AT_MOST + 1))
        assert codes(refusals) == ["wrong_state", "alarm_lasts", "too_long", "reason_missing"]

    @pytest.mark.parametrize("reason", RELEASE_REASONS)
    def test_notices_that_are_held_are_released(self, reason):
        assert why_not_release(held=True, reason=reason) == []

    def test_every_reason_against_releasing_comes_at_once(self):
        assert codes(why_not_release(held=False, reason="settle_false")) == ["notices_not_held", "reason_missing"]

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({}, "waits_courier"),
            ({"ready": False}, "waits_heads"),
            ({"silent": True, "ready": False}, "waits_link"),
            ({"held_back": True, "silent": True}, "waits_witness"),
            ({"partner": "paused", "held_back": True}, "waits_paused"),
            ({"partner": "removed"}, "waits_removed"),
        ],
    )
    def test_what_has_no_place_says_why(self, told, why):
        usual = {"partner": "paired", "ready": True, "silent": False, "held_back": False}
        assert why_unsigned(**(usual | told)) == why

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({}, "waits_courier"),
            ({"silent": True}, "waits_link"),
            ({"silent": True, "stopped": True}, "waits_stopped"),
            ({"partner": "paused", "stopped": True}, "waits_paused"),
        ],
    )
    def test_what_has_no_receipt_says_why(self, told, why):
        assert why_undelivered(**({"partner": "paired", "stopped": False, "silent": False} | told)) == why

    @pytest.mark.parametrize(
        ("blobs", "tries", "why"), [(False, 0, "waits_turn"), (False, 3, "waits_again"), (True, 3, "waits_blobs")]
    )
    def test_what_was_not_taken_up_says_why(self, blobs, tries, why):
        assert why_not_taken_up(blobs=blobs, tries=tries) == why


@pytest.fixture(params=["pk", "jp"])
def corridor(request, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = request.param, "jp" if request.param == "pk" else "pk"
    return Corridor(settings)


@pytest.fixture
def operator(corridor):
    return actor("node_operator", node=corridor.me)


@pytest.mark.django_db
class TestSettleAlarm:
    def test_leaves_the_reason_and_ends_the_task(self, corridor, operator):
        alarm = corridor.rings("clock", skew=300)
        waiting = Waiting.objects.get(task="exchange.look_at_alarm")
        assert (waiting.closed_at, word(waiting.matter["alarm"])) == (None, "The clocks of the two nodes differ")
        before = AuditEntry.objects.count()
        settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_mended", text="NTP", seen=alarm.version, at=now())
        held = Alarm.objects.get()
        assert held.settled_at is not None
        assert held.facts == {"skew": 300, "settled": {"reason": "settle_mended", "text": "NTP"}}
        assert Waiting.objects.get(task="exchange.look_at_alarm").closed_at is not None
        entry = AuditEntry.objects.latest("id")
        assert AuditEntry.objects.count() == before + 1
        assert (entry.verb, entry.facts["reason"], entry.person) == ("exchange.settle_alarm", "settle_mended", operator.person)

    def test_rings_again_when_the_same_happens_again(self, corridor, operator):
        settle_alarm(actor=operator, alarm_id=corridor.rings().pk, reason="settle_false", at=now())
        corridor.rings()
        assert Alarm.objects.filter(settled_at=None).count() == 1

    @pytest.mark.parametrize(
        "told", [{"reason": ""}, {"reason": "release_urgent"}, {"reason": "settle_false", "text": "x" * 2001}]
    )
    def test_refuses_without_a_reason_of_the_list(self, corridor, operator, told):
        alarm = corridor.rings()
        with pytest.raises(Refused):
            settle_alarm(actor=operator, alarm_id=alarm.pk, **told, at=now())
        assert Alarm.objects.get().settled_at is None

    def test_refuses_a_second_time_and_a_stale_page(self, corridor, operator):
        alarm = corridor.rings()
        with pytest.raises(Refused, match="stale"):
            settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_false", seen=9, at=now())
        settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_false", at=now())
        with pytest.raises(Refused, match="wrong_state"):
            settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_false", at=now())

    def test_refuses_a_fork_until_the_stream_goes_on(self, corridor, operator):
        held = corridor.arrives()
        corridor.forks()
        alarm = Alarm.objects.get(code="fork")
        with pytest.raises(Refused, match="alarm_lasts"):
            settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_agreed", at=now())
        resume(actor=corridor.by, sender=corridor.partner.node, keep=held.envelope_hash, at=now())
        assert Alarm.objects.get(code="fork").settled_at is not None

    def test_refuses_a_refusing_witness_until_the_notices_are_released(self, corridor, operator):
        corridor.arrives()
        corridor.refuses_to_witness()
        alarm = Alarm.objects.get(code="witness_refused")
        with pytest.raises(Refused, match="alarm_lasts"):
            settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_agreed", at=now())
        release_notices(actor=operator, node=corridor.partner.node, reason="release_urgent", at=now())
        settle_alarm(actor=operator, alarm_id=alarm.pk, reason="settle_agreed", at=now())
        assert not Alarm.objects.filter(settled_at=None).exists()

    @pytest.mark.parametrize("role", ["auditor", "contact_point", "protector"])
    def test_refuses_everybody_else(self, corridor, role):
        alarm = corridor.rings()
        role = f"contact_point_{corridor.me}" if role == "contact_point" else role
        someone = Actor(corridor.me, role, body="X", person=new_id())
        with pytest.raises(Refused, match="not_permitted"):
            settle_alarm(actor=someone, alarm_id=alarm.pk, reason="settle_false", at=now())

    def test_knows_no_other_alarm(self, corridor, operator):
        with pytest.raises(Missing):
            settle_alarm(actor=operator, alarm_id=new_id(), reason="settle_false", at=now())


@pytest.mark.django_db
class TestReleaseNotices:
    def held(self, corridor):
        corridor.arrives()
        corridor.refuses_to_witness()
        return corridor.says(NOTICE, {"what": "invented"}, marking={"level": "contact_point", "bodies": []})

    def test_lets_the_notices_go_and_nothing_else_waited(self, corridor, operator):
        notice, other = self.held(corridor), corridor.says()
        corridor.signs()
        assert set(Told.objects.filter(sender=corridor.me).values_list("statement", flat=True)) == {other.pk}
        release_notices(actor=operator, node=corridor.partner.node, reason="release_agreed", at=now())
        corridor.signs()
        assert Told.objects.filter(statement=notice.pk).exists()
        link = Link.objects.get()
        assert (link.witness_refused_at, link.released_until_size) == (None, 1)
        entry = AuditEntry.objects.filter(verb="exchange.release_notices").get()
        assert entry.facts["reason"] == "release_agreed"

    def test_later_notices_wait_again_when_the_witness_refuses_again(self, corridor, operator):
        self.held(corridor)
        release_notices(actor=operator, node=corridor.partner.node, reason="release_agreed", at=now())
        corridor.signs()
        corridor.refuses_to_witness()
        later = corridor.says(NOTICE, {"what": "invented"}, marking={"level": "contact_point", "bodies": []})
        corridor.signs()
        assert OutboxEntry.objects.get(pk=later.pk).taken_at is None

    def test_refuses_when_nothing_is_held_back(self, corridor, operator):
        with pytest.raises(Refused, match="notices_not_held"):
            release_notices(actor=operator, node=corridor.partner.node, reason="release_agreed", at=now())

    def test_refuses_without_a_reason(self, corridor, operator):
        self.held(corridor)
        with pytest.raises(Refused, match="reason_missing"):
            release_notices(actor=operator, node=corridor.partner.node, reason="", at=now())
        assert Link.objects.get().witness_refused_at is not None

    def test_knows_no_other_partner(self, corridor, operator):
        with pytest.raises(Missing):
            release_notices(actor=operator, node="zz", reason="release_agreed", at=now())

    def test_refuses_everybody_but_the_operator_and_the_machine(self, corridor):
        self.held(corridor)
        contact = actor(f"contact_point_{corridor.me}", node=corridor.me)
        with pytest.raises(Refused, match="not_permitted"):
            release_notices(actor=contact, node=corridor.partner.node, reason="release_agreed", at=now())
        release_notices(actor=machine(corridor.me, "command"), node=corridor.partner.node, reason="release_agreed", at=now())
