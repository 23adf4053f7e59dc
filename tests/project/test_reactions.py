"""What follows from an event happens once, and one that fails holds up no other."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry
from rahdari.base.work import unit_of_work
from rahdari.project import reactions


@pytest.fixture
def reaction(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """A reaction to `test.said` that notes what it was told; to `test.poison` one that always fails."""
    told: list[dict[str, object]] = []

    def note(**facts: object) -> None:
        told.append(facts)

    def poison(**facts: object) -> None:
        raise RuntimeError("never")

    monkeypatch.setattr(reactions, "REACTIONS", {"test.said": (note,), "test.poison": (poison,)})
    monkeypatch.setattr(reactions, "_failed", {})
    return told


def tell(*events: str) -> None:
    for number, event in enumerate(events):
        with unit_of_work("test.tell", actor=machine("pk", "command"), at=now()) as unit:
            unit.about(unit.tell(event, number=number))


@pytest.mark.django_db(transaction=True)
class TestReact:
    def test_each_event_is_taken_once_in_order(self, reaction: list[dict[str, object]]) -> None:
        tell("test.said", "test.said")
        assert reactions.react() == 2
        assert reactions.react() == 0
        assert [facts["number"] for facts in reaction] == [0, 1]
        assert reaction[0]["actor"].channel == "timetable"
        assert not OutboxEntry.objects.filter(taken_at=None).exists()
        assert AuditEntry.objects.get(verb="reactions.react").facts == {"events": ["test.said", "test.said"]}

    def test_a_poison_event_holds_up_no_other_and_is_not_tried_at_once(self, reaction: list[dict[str, object]]) -> None:
        tell("test.poison", "test.said")
        assert reactions.react() == 1
        assert len(reaction) == 1
        assert OutboxEntry.objects.get(taken_at=None).type == "test.poison"
        assert reactions._next() == []

    def test_beside_a_poison_event_each_is_taken_alone(self, reaction: list[dict[str, object]]) -> None:
        tell("test.said", "test.poison", "test.said")
        assert reactions.react() == 2
        assert [one.facts for one in AuditEntry.objects.filter(verb="reactions.react")] == [{"events": ["test.said"]}] * 2

    def test_a_poison_event_is_tried_for_ever_with_growing_pauses(self, reaction: list[dict[str, object]]) -> None:
        tell("test.poison")
        event = OutboxEntry.objects.get()
        reactions._failed[event.pk] = (100_000, now())
        reactions.react()
        tries, until_then = reactions._failed[event.pk]
        assert tries == 100_001
        assert 3500 < (until_then - now()).total_seconds() <= 3600

    def test_a_reaction_that_fails_leaves_nothing(self, reaction: list[dict[str, object]], monkeypatch) -> None:
        def half(*, actor, at, number) -> None:
            with unit_of_work("test.half", actor=actor, at=at) as unit:
                unit.about(unit.tell("test.more"))

        monkeypatch.setitem(reactions.REACTIONS, "test.poison", (half, *reactions.REACTIONS["test.poison"]))
        tell("test.poison")
        reactions.react()
        assert OutboxEntry.objects.filter(type="test.more").count() == 0

    def test_events_that_nothing_follows_from_are_passed_over_together(self, reaction: list[dict[str, object]]) -> None:
        tell("test.other", "test.said", "test.other")
        assert reactions.react() == 3
        assert len(reaction) == 1
        assert AuditEntry.objects.get(verb="reactions.pass_over").facts == {"events": 2}

    def test_two_at_once_take_each_event_once(self, reaction: list[dict[str, object]]) -> None:
        tell(*["test.said"] * 30)
        both = [threading.Thread(target=react_and_close) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted(facts["number"] for facts in reaction) == list(range(30))


def react_and_close() -> None:
    reactions.react()
    connection.close()
