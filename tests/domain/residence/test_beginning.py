"""Guidance before the journey and the first day of work: the rules, who may, and what the other node takes up."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.models import OutboxEntry, Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.departures.models import Paper
from rahdari.domain.placements.models import StationEvent
from rahdari.domain.residence import actions
from rahdari.domain.residence.models import Employment, Guidance
from rahdari.domain.residence.queries import beginning_of
from rahdari.domain.residence.rules.beginning import why_not_begin, why_not_guide
from tests.make import jobs
from tests.make.people import actor
from tests.make.statements import SCHEMAS, told
from tests.make.thread import alone, at, both, on
from tests.make.two_nodes import two_nodes

SIGNED = dt.date(2026, 12, 22)


def codes(found):
    return [one.code for one in (found.value.refusals if hasattr(found, "value") else found)]


class TestRules:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({}, ""),
            ({"signed_on": None}, "before_contract"),
            ({"on": SIGNED - dt.timedelta(days=1)}, "before_contract"),
            ({"minutes": 0}, "minutes_missing"),
            ({"language": "fr"}, "language_missing"),
            ({"confirmed": False}, "signature_missing"),
            ({"given": True}, "wrong_state"),
        ],
    )
    def test_guidance_comes_after_the_contract_with_the_workers_signature(self, changed, code):
        told_ = {
            "signed_on": SIGNED, "on": SIGNED, "minutes": 180, "language": "ur", "languages": ("ur", "en"), "confirmed": True,
            "given": False,
        }  # fmt: skip
        assert codes(why_not_guide(**told_ | changed)) == ([code] if code else [])

    def test_work_begins_on_the_day_of_landing_at_the_earliest(self):
        assert why_not_begin(arrived_on=SIGNED, on=SIGNED, begun=False) == []
        assert codes(why_not_begin(arrived_on=SIGNED, on=SIGNED - dt.timedelta(days=1), begun=False)) == ["before_landing"]
        assert codes(why_not_begin(arrived_on=None, on=SIGNED, begun=True)) == ["wrong_state", "before_landing"]


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


@pytest.mark.django_db
class TestRecordGuidance:
    def test_pushes_its_paper_down_to_the_departure_on_both_nodes(self, story):
        story.go("guidance_given")
        for node in ("jp", "pk"):
            with story.on(node):
                assert Guidance.objects.get().minutes == 180
                assert Paper.objects.get(kind="guidance").home == "jp"
        with story.on("jp"):
            entry = OutboxEntry.objects.get(content__step="guidance_given")
            SCHEMAS[entry.type].validate(entry.content)
            assert entry.content["details"] == {"minutes": 180, "language": "ur"}
            assert set(entry.marking["bodies"]) == {"CONTACT_PK", jobs.PROMOTER, "PROTECTOR"}
            assert not Waiting.objects.filter(task="residence.record_guidance", closed_at=None).exists()

    def test_is_given_by_employer_or_support_organisation_on_japans_node(self, story):
        story.go("contract_signed")
        told_ = {"case_id": story.case_id, "minutes": 180, "confirmed": True, "at": at("guidance_given")}
        with story.on("jp"):
            with pytest.raises(Refused) as wrong:
                actions.record_guidance(actor=story.who("contact_point_jp", None, "jp"), **told_)
            assert codes(wrong) == ["not_permitted"]
            with pytest.raises(Missing):
                actions.record_guidance(actor=actor("employer", "jp:org:other", node="jp"), **told_)
            with pytest.raises(Refused) as wrong:
                actions.record_guidance(actor=story.who("employer", jobs.EMPLOYER, "jp"), **told_ | {"confirmed": False})
            assert codes(wrong) == ["signature_missing"]
        with story.on("pk"), pytest.raises(Refused) as wrong:
            actions.record_guidance(actor=story.who("promoter_manager", jobs.PROMOTER), **told_)
        assert set(codes(wrong)) == {"wrong_node", "not_permitted"}


@pytest.mark.django_db
class TestBeginWork:
    def test_reaches_station_17_on_both_nodes(self, story):
        story.go("work_begun")
        for node in ("jp", "pk"):
            with story.on(node):
                assert Employment.objects.get().begun_on == on("work_begun")
                assert story.case().station == 17
        with story.on("jp"):
            assert not Waiting.objects.filter(task="residence.begin_work", closed_at=None).exists()
            assert beginning_of(story.who("employer", jobs.EMPLOYER, "jp"), story.case_id).employment is not None

    def test_refuses_a_day_before_the_landing_and_a_second_time(self, story):
        story.go("arrived")
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.begin_work(actor=employer, case_id=story.case_id, on=on("departed"), at=at("work_begun"))
        assert codes(wrong) == ["before_landing"]
        story.go("work_begun")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.begin_work(actor=employer, case_id=story.case_id, at=at("work_begun"))
        assert codes(wrong) == ["wrong_state"]

    def test_is_the_employers_to_tell(self, story):
        story.go("arrived")
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.begin_work(actor=story.who("contact_point_jp", None, "jp"), case_id=story.case_id, at=at("work_begun"))
        assert codes(wrong) == ["not_permitted"]

    def test_on_pakistans_node_alone_it_is_entered_by_attache_or_worker_from_paper(self):
        story = alone().go("arrived")
        told_ = {"case_id": story.case_id, "at": at("work_begun")}
        with pytest.raises(Refused) as wrong:
            actions.begin_work(actor=story.who("attache", "CWA"), **told_)
        assert codes(wrong) == ["scan_missing"]
        with pytest.raises(Refused) as wrong:
            actions.begin_work(actor=story.who("protector", office="PEW"), paper=jobs.paper(at("work_begun")), **told_)
        assert codes(wrong) == ["not_permitted"]
        actions.begin_work(actor=story.people["worker"], paper=jobs.paper(at("work_begun"), number=""), **told_)
        event = StationEvent.objects.get(step="work_begun")
        assert (event.source, event.stands_for, event.reason) == ("paper", "jp", "worker")

    def test_the_employers_word_takes_the_place_of_the_paper(self, story):
        story.go("arrived")
        with story.on("pk"):
            attache = story.who("attache", "CWA")
            actions.begin_work(
                actor=attache, case_id=story.case_id, on=on("work_begun"), paper=jobs.paper(at("work_begun"), number=""),
                at=at("work_begun"),
            )  # fmt: skip
        story.take("work_begun")
        with story.on("pk"):
            held = Employment.objects.get()
            assert (held.home, held.source) == ("jp", "system")
            assert StationEvent.objects.get(step="work_begun", source="paper").confirmed_by is not None

    def test_only_the_mailroom_takes_up_what_is_told(self, story):
        story.go("work_begun")
        with story.on("jp"):
            statement = told(OutboxEntry.objects.get(content__step="work_begun"), "jp", "pk")
        with story.on("pk"):
            with pytest.raises(Refused) as wrong:
                actions.mirror_step(actor=story.who("attache", "CWA"), statement=statement, at=at("work_begun"))
            assert codes(wrong) == ["not_permitted"]
