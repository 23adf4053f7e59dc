"""Asking, announcing, deciding, changing, lifting: whom each refuses, and what each leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import jsonschema_rs
import pytest

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.fields import actions
from rahdari.domain.fields.messages import FIELD_STATUS
from rahdari.domain.fields.models import FieldRequest, OrderEdition, SuspensionOrder
from rahdari.domain.fields.queries.orders import (
    all_orders,
    edition_in_force,
    editions_visible_to,
    order_for,
    request_for,
    requests_visible_to,
)
from rahdari.domain.fields.rules.ceilings import state_on
from rahdari.domain.fields.rules.orders import Figures
from tests.make import fields as make
from tests.make.fields import AT, FIELD, FIGURES, effects, ministry, officer

pytestmark = pytest.mark.django_db
BEGIN = dt.date(2026, 12, 5)


def codes(refused):
    return [one.code for one in refused.value.refusals]


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return codes(refused)


def nothing_written():
    return not (AuditEntry.objects.exists() or OutboxEntry.objects.exists() or Waiting.objects.exists())


ASK = {"field": FIELD, "reason": "stop_ceiling_reached", "figures": FIGURES, "at": AT}
ANNOUNCE = {"field": FIELD, "effective_from": BEGIN, "effects": effects(BEGIN), "figures": FIGURES, "at": AT}
ORDER_ACTS = {
    "announce_order": ANNOUNCE,
    "decide_order": {"order_id": uuid4(), "at": AT},
    "change_order": {
        "order_id": uuid4(), "reason": "change_day", "effective_from": BEGIN, "effects": effects(BEGIN), "at": AT,
    },
    "lift_order": {"order_id": uuid4(), "lifted_on": BEGIN, "at": AT},
    "withdraw_order": {"order_id": uuid4(), "reason": "withdraw_not_needed", "at": AT},
    "decline_request": {"request_id": uuid4(), "reason": "decline_not_needed", "at": AT},
}  # fmt: skip
STRANGERS = {
    "nobody": stranger("jp"),
    "the node itself": machine("jp", "timetable"),
    "an employer": Actor("jp", "employer", "jp:org:example", uuid4()),
    "another state's contact point": Actor("pk", "contact_point_pk", "CONTACT_PK", uuid4()),
    "the right role on the wrong node": officer("pk"),
    "a role without a person": replace(officer(), person=None),
}


class TestWhoMay:
    @pytest.mark.parametrize("name", ORDER_ACTS)
    @pytest.mark.parametrize("who", [*STRANGERS, "a ministry"])
    def test_acts_of_the_contact_point_refuse_everybody_else(self, name, who):
        actor = STRANGERS.get(who) or ministry()
        found = refused_codes(getattr(actions, name), actor=actor, **ORDER_ACTS[name])
        assert set(found) <= {"not_permitted", "wrong_node", "sign_in_first"}
        assert nothing_written()

    @pytest.mark.parametrize("name", ["ask_stop", "ask_lift"])
    @pytest.mark.parametrize("who", [*STRANGERS, "the contact point"])
    def test_asking_refuses_everybody_but_a_ministry(self, name, who):
        actor = STRANGERS.get(who) or officer()
        found = refused_codes(getattr(actions, name), actor=actor, **ASK)
        assert set(found) & {"not_permitted", "wrong_node", "sign_in_first"}
        assert nothing_written()

    @pytest.mark.parametrize("name", ["ask_stop", "ask_lift"])
    def test_asking_refuses_the_ministry_of_another_field(self, name):
        found = refused_codes(getattr(actions, name), actor=ministry("AGRICULTURE"), **ASK)
        assert found == ["not_own_field"]
        assert nothing_written()

    def test_withdrawing_refuses_another_ministry(self):
        asked = make.request()
        found = refused_codes(actions.withdraw_request, actor=ministry("AGRICULTURE"), request_id=asked.pk, at=AT)
        assert found == ["not_own_field"]

    @pytest.mark.parametrize("name", [name for name in ORDER_ACTS if name != "announce_order"])
    def test_what_is_not_there_is_missing(self, name):
        with pytest.raises(Missing):
            getattr(actions, name)(actor=officer(), **ORDER_ACTS[name])

    def test_an_unknown_field_is_missing(self):
        with pytest.raises(Missing):
            actions.ask_stop(actor=ministry(), **{**ASK, "field": "MOON"})


class TestAskStop:
    def test_leaves_the_request_one_entry_and_the_clock_of_the_contact_point(self):
        asked = actions.ask_stop(actor=ministry(), **ASK)
        assert (asked.state, asked.body, asked.asked_on) == ("asked", "MLIT", dt.date(2026, 11, 25))
        assert AuditEntry.objects.get().verb == "fields.ask_stop"
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.holder_side) == ("fields.decide_order", "CONTACT_JP", "jp")
        assert waiting.subject_id == str(asked.pk)
        assert not OutboxEntry.objects.exists()

    def test_gives_five_working_days_of_japan(self):
        actions.ask_stop(actor=ministry(), **ASK)
        due = Waiting.objects.get().due_at.astimezone(dt.timezone(dt.timedelta(hours=9)))
        assert due.date() == dt.date(2026, 12, 2)  # Wednesday 25 November: a weekend lies between

    def test_counts_from_the_day_in_japan(self):
        asked = actions.ask_stop(actor=ministry(), **{**ASK, "at": dt.datetime(2026, 11, 25, 15, 30, tzinfo=dt.UTC)})
        assert asked.asked_on == dt.date(2026, 11, 26)

    @pytest.mark.parametrize("figures", [Figures(None, None, None), replace(FIGURES, ceiling=None), replace(FIGURES, ceiling=0)])
    def test_refuses_missing_figures(self, figures):
        assert set(refused_codes(actions.ask_stop, actor=ministry(), **{**ASK, "figures": figures})) == {"figures_missing"}

    def test_refuses_everything_wrong_at_once(self):
        found = refused_codes(actions.ask_stop, actor=ministry(), **{**ASK, "reason": "", "figures": Figures(None, None, None)})
        assert found == ["reason_missing", *["figures_missing"] * 3]

    @pytest.mark.parametrize(("field", "code"), [
        ("FOOD_SERVICE", "field_suspended"), ("LINEN_SUPPLY", "field_not_open"), ("INDUSTRIAL_MACHINERY", "field_not_open"),
    ])  # fmt: skip
    def test_refuses_a_field_that_cannot_be_stopped(self, field, code):
        assert refused_codes(actions.ask_stop, actor=ministry(field), **{**ASK, "field": field}) == [code]

    def test_refuses_to_ask_twice(self):
        make.request()
        assert refused_codes(actions.ask_stop, actor=ministry(), **ASK) == ["already_asked"]

    def test_may_be_asked_again_after_it_was_declined(self):
        asked = make.request()
        actions.decline_request(actor=officer(), request_id=asked.pk, reason="decline_not_needed", at=AT)
        assert make.request().state == "asked"


class TestAnswersThatAreNoOrder:
    @pytest.mark.parametrize("state", ["declined", "withdrawn"])
    def test_settle_the_clock(self, state):
        asked = make.request()
        if state == "declined":
            actions.decline_request(actor=officer(), request_id=asked.pk, reason="decline_not_needed", text="No.", at=AT)
        else:
            actions.withdraw_request(actor=ministry(), request_id=asked.pk, at=AT)
        assert FieldRequest.objects.get().state == state
        assert Waiting.objects.get().outcome == state
        assert AuditEntry.objects.count() == 2

    def test_declining_needs_a_reason(self):
        asked = make.request()
        assert refused_codes(actions.decline_request, actor=officer(), request_id=asked.pk, reason="no", at=AT) == [
            "reason_missing"
        ]

    def test_nothing_is_answered_twice(self):
        asked = make.request()
        actions.withdraw_request(actor=ministry(), request_id=asked.pk, at=AT)
        found = refused_codes(actions.decline_request, actor=officer(), request_id=asked.pk, reason="decline_not_needed", at=AT)
        assert found == ["wrong_state"]

    def test_a_stale_page_is_refused(self):
        asked = make.request()
        found = refused_codes(
            actions.decline_request, actor=officer(), request_id=asked.pk, reason="decline_not_needed", seen=7, at=AT
        )
        assert found == ["stale"]


class TestAnnounceOrder:
    def test_may_come_before_the_request_and_then_waits_for_the_ministry(self):
        made = actions.announce_order(actor=officer(), **ANNOUNCE)
        assert (made.state, made.number, made.requested_on) == ("announced", "ORD-2026-01", None)
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body) == ("fields.ask_stop", "MLIT")
        make.request()
        assert set(Waiting.objects.filter(closed_at=None).values_list("task", flat=True)) == {"fields.decide_order"}

    def test_tells_the_partner_that_the_field_nears_its_stop(self):
        made = actions.announce_order(actor=officer(), **ANNOUNCE)
        said = OutboxEntry.objects.get(kind="statement")
        assert (said.type, said.marking) == ("field.status/1", {"level": "public", "bodies": []})
        assert (said.content["state"], said.content["order"], said.thread) == ("nearing", str(made.pk), made.pk)

    def test_takes_the_figures_of_the_request(self):
        make.request()
        made = actions.announce_order(actor=officer(), **{**ANNOUNCE, "figures": None})
        assert (made.residents, made.forecast_on) == (FIGURES.residents, FIGURES.forecast_on)

    def test_may_leave_the_effects_open(self):
        made = actions.announce_order(actor=officer(), **{**ANNOUNCE, "effects": ()})
        assert OutboxEntry.objects.get(kind="statement").content["effects"] == []
        assert edition_in_force(made).number == 1

    @pytest.mark.parametrize(("changed", "code"), [
        ({"figures": None}, "figures_missing"),
        ({"effective_from": None}, "date_missing"),
        ({"effective_from": dt.date(2026, 11, 24)}, "effective_before_announcement"),
        ({"announced_on": dt.date(2026, 11, 26)}, "date_in_future"),
        ({"effects": effects(BEGIN)[:2]}, "kind_without_effect"),
        ({"effects": effects(BEGIN)[1:]}, "effect_half_said"),
        ({"field": "FOOD_SERVICE"}, "field_suspended"),
        ({"field": "LINEN_SUPPLY"}, "field_not_open"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, changed, code):
        assert code in refused_codes(actions.announce_order, actor=officer(), **{**ANNOUNCE, **changed})
        assert nothing_written()

    @pytest.mark.parametrize("state", ["announced", "decided", "changed"])
    def test_refuses_a_second_order_on_the_field(self, state):
        make.order(state)
        assert "field_suspended" in refused_codes(actions.announce_order, actor=officer(), **ANNOUNCE)

    def test_numbers_the_orders_of_a_year(self):
        make.order("withdrawn")
        assert make.order("announced", "AGRICULTURE").number == "ORD-2026-02"


class TestDecideOrder:
    def test_puts_the_order_in_force(self):
        made = make.order("decided")
        assert (made.state, made.requested_on, made.decided_on) == ("decided", dt.date(2026, 11, 25), dt.date(2026, 11, 25))
        assert FieldRequest.objects.get().state == "decided"
        assert FieldRequest.objects.get().order == made
        assert not Waiting.objects.filter(closed_at=None).exists()
        said = OutboxEntry.objects.filter(kind="statement").last()
        assert (said.content["state"], said.content["requested_on"]) == ("suspended", "2026-11-25")
        assert OutboxEntry.objects.filter(type="fields.order_decided").count() == 1

    def test_leaves_one_entry_an_act(self):
        make.order("decided")
        assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
            "fields.ask_stop", "fields.announce_order", "fields.decide_order",
        ]  # fmt: skip

    def test_refuses_whoever_entered_it(self):
        one = officer()
        made = make.order("announced", by=one)
        assert refused_codes(actions.decide_order, actor=one, order_id=made.pk, at=AT) == ["four_eyes"]
        assert actions.decide_order(actor=officer(), order_id=made.pk, at=AT).state == "decided"

    def test_refuses_before_the_ministry_asked(self):
        made = actions.announce_order(actor=officer(), **ANNOUNCE)
        assert refused_codes(actions.decide_order, actor=officer(), order_id=made.pk, at=AT) == ["no_request"]

    def test_refuses_after_the_ministry_took_its_request_back(self):
        made = make.order("announced")
        actions.withdraw_request(actor=ministry(), request_id=FieldRequest.objects.get().pk, at=AT)
        assert refused_codes(actions.decide_order, actor=officer(), order_id=made.pk, at=AT) == ["no_request"]

    def test_refuses_effects_left_open(self):
        make.request()
        made = actions.announce_order(actor=officer(), **{**ANNOUNCE, "effects": ()})
        assert set(refused_codes(actions.decide_order, actor=officer(), order_id=made.pk, at=AT)) == {"kind_without_effect"}

    @pytest.mark.parametrize(
        ("state", "code"), [("decided", "nothing_to_decide"), ("lifted", "wrong_state"), ("withdrawn", "wrong_state")]
    )
    def test_refuses_where_nothing_waits(self, state, code):
        made = make.order(state)
        assert code in refused_codes(actions.decide_order, actor=officer(), order_id=made.pk, at=AT)

    def test_refuses_a_stale_page(self):
        made = make.order("announced")
        actions.change_order(
            actor=officer(), order_id=made.pk, reason="change_day", effective_from=BEGIN, effects=effects(BEGIN), seen=1, at=AT
        )
        assert refused_codes(actions.decide_order, actor=officer(), order_id=made.pk, seen=1, at=AT) == ["stale"]


class TestChangeOrder:
    CHANGE = {"reason": "change_effect", "effective_from": BEGIN, "effects": effects(BEGIN, "refused"), "text": "New.", "at": AT}

    def test_holds_only_once_a_second_officer_decided_it(self):
        made, one = make.order("decided"), officer()
        actions.change_order(actor=one, order_id=made.pk, **self.CHANGE)
        assert {line.effect for line in edition_in_force(made).effects.filter(application_kind="coe")} == {
            "not_issued",
            "restricted",
        }
        assert Waiting.objects.get(closed_at=None).task == "fields.decide_order"
        assert refused_codes(actions.decide_order, actor=one, order_id=made.pk, at=AT) == ["four_eyes"]
        assert actions.decide_order(actor=officer(), order_id=made.pk, at=AT).state == "changed"
        made = SuspensionOrder.objects.get()
        assert {line.effect for line in edition_in_force(made).effects.filter(application_kind="coe")} == {
            "refused",
            "restricted",
        }
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_tells_the_partner_only_once_it_holds(self):
        made = make.order("decided")
        before = OutboxEntry.objects.filter(kind="statement").count()
        actions.change_order(actor=officer(), order_id=made.pk, **self.CHANGE)
        assert OutboxEntry.objects.filter(kind="statement").count() == before
        actions.decide_order(actor=officer(), order_id=made.pk, at=AT)
        said = OutboxEntry.objects.filter(kind="statement").last()
        assert (said.content["state"], said.content["text"]["value"]) == ("suspended", "New.")

    def test_of_an_announcement_is_told_at_once(self):
        made = make.order("announced")
        actions.change_order(actor=officer(), order_id=made.pk, **self.CHANGE)
        assert OutboxEntry.objects.filter(kind="statement").last().content["state"] == "nearing"
        assert SuspensionOrder.objects.get().state == "announced"

    def test_keeps_what_the_order_said_before(self):
        made = make.order("changed")
        assert OrderEdition.objects.filter(order=made).count() == 2
        assert "not_issued" in OrderEdition.objects.get(number=1).effects.values_list("effect", flat=True)

    @pytest.mark.parametrize("state", ["lifted", "withdrawn"])
    def test_refuses_what_has_ended(self, state):
        made = make.order(state)
        assert refused_codes(actions.change_order, actor=officer(), order_id=made.pk, **self.CHANGE) == ["wrong_state"]

    def test_needs_a_reason(self):
        made = make.order("decided")
        change = {**self.CHANGE, "reason": "because"}
        assert refused_codes(actions.change_order, actor=officer(), order_id=made.pk, **change) == ["reason_missing"]

    def test_a_draft_is_seen_by_the_contact_point_alone(self):
        made = make.order("decided")
        actions.change_order(actor=officer(), order_id=made.pk, **self.CHANGE)
        made = order_for(officer(), made.pk)
        assert [one.number for one in editions_visible_to(officer(), made)] == [2, 1]
        assert [one.number for one in editions_visible_to(ministry(), made)] == [1]
        assert [one.number for one in editions_visible_to(stranger("jp"), made)] == [1]


class TestLiftOrder:
    def test_ends_the_order_and_tells_the_partner(self):
        made = make.order("lifted")
        assert (made.state, made.lifted_on) == ("lifted", dt.date(2027, 1, 4))
        assert not FieldRequest.objects.filter(state="asked").exists()
        assert not Waiting.objects.filter(closed_at=None).exists()
        said = OutboxEntry.objects.filter(kind="statement").last()
        assert (said.content["state"], said.content["lifted_on"]) == ("resumed", "2027-01-04")

    def test_refuses_without_the_ministry(self):
        made = make.order("decided")
        assert refused_codes(actions.lift_order, actor=officer(), order_id=made.pk, lifted_on=BEGIN, at=AT) == ["no_request"]

    @pytest.mark.parametrize(("day", "code"), [(None, "date_missing"), (BEGIN - dt.timedelta(days=1), "lifted_before_effective")])
    def test_refuses_a_day_that_cannot_be(self, day, code):
        made = make.order("decided")
        make.request(kind="lift")
        assert refused_codes(actions.lift_order, actor=officer(), order_id=made.pk, lifted_on=day, at=AT) == [code]

    def test_asking_for_it_needs_an_order_of_this_node(self):
        ask = {**ASK, "reason": "lift_ceiling_raised"}
        assert refused_codes(actions.ask_lift, actor=ministry(), **ask) == ["no_order"]

    @pytest.mark.parametrize("state", ["announced", "withdrawn"])
    def test_refuses_what_never_was_in_force(self, state):
        made = make.order(state)
        assert "wrong_state" in refused_codes(actions.lift_order, actor=officer(), order_id=made.pk, lifted_on=BEGIN, at=AT)


class TestWithdrawOrder:
    def test_opens_the_field_again_for_the_partner(self):
        made = make.order("withdrawn")
        assert (made.state, made.withdraw_reason) == ("withdrawn", "withdraw_not_needed")
        assert OutboxEntry.objects.filter(kind="statement").last().content["state"] == "open"
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_refuses_what_is_decided(self):
        made = make.order("decided")
        found = refused_codes(actions.withdraw_order, actor=officer(), order_id=made.pk, reason="withdraw_not_needed", at=AT)
        assert found == ["wrong_state"]


class TestWhatIsSaid:
    @pytest.mark.parametrize("state", ["announced", "decided", "changed", "lifted", "withdrawn"])
    def test_every_statement_has_its_shape(self, state):
        make.order(state)
        for said in OutboxEntry.objects.filter(kind="statement"):
            assert jsonschema_rs.is_valid(FIELD_STATUS, said.content)

    def test_names_no_person(self):
        one = officer()
        make.order("announced", by=one)
        assert str(one.person) not in str(OutboxEntry.objects.get(kind="statement").content)
        assert one.name not in str(AuditEntry.objects.last().facts)


class TestWhoSees:
    def test_a_ministry_sees_its_own_requests_alone(self):
        own, other = make.request(), make.request("AGRICULTURE")
        assert list(requests_visible_to(ministry())) == [own]
        with pytest.raises(Missing):
            request_for(ministry(), other.pk)
        assert set(requests_visible_to(officer())) == {own, other}

    @pytest.mark.parametrize("who", [stranger("jp"), officer("pk"), ministry(node="pk")])
    def test_others_see_no_request(self, who):
        make.request()
        assert not requests_visible_to(who).exists()

    def test_an_order_changes_how_the_field_stands(self):
        make.order("decided")
        book = shipped_book()
        orders = [one.seen for one in all_orders(stranger("pk"), book)]
        row = book.one("fields", code=FIELD)
        assert state_on(row, orders, BEGIN - dt.timedelta(days=1)) == "stop_announced"
        assert state_on(row, orders, BEGIN) == "suspended_in_part"
