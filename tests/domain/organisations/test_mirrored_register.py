"""The register of the other state: told over the exchange, taken up read-only, persons for authorities alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid5

import pytest

from rahdari.base.clock import day_at
from rahdari.base.models import OutboxEntry
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Body
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.inbox import registry_published
from rahdari.domain.organisations.models import LicenceChange, Organisation
from rahdari.domain.organisations.queries import licence_on
from rahdari.domain.organisations.queries.desk import organisation_seen, organisations_visible_to
from rahdari.domain.organisations.queries.standing import standing_of
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.people import actor
from tests.make.statements import mailroom, told
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
TODAY = day_at(AT, "jp")


@pytest.fixture
def corridor(settings):
    return two_nodes(settings)


def there(corridor, registry_id=make.PROMOTER):
    with corridor.on("jp"):
        row = Organisation.objects.get(registry_id=registry_id)
        return row, standing_of(row, TODAY)


class TestTheWholeWay:
    def test_a_licence_stands_on_both_nodes_with_its_history(self, corridor):
        row = make.licensed(until=dt.date(2027, 6, 1), names=("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)"))
        corridor.exchange(at=AT)
        mirrored, standing = there(corridor)
        assert (mirrored.home, mirrored.number, mirrored.kind) == ("pk", make.LICENCE, "OEP")
        assert (standing.state, standing.since, standing.until) == ("valid", dt.date(2018, 3, 1), dt.date(2027, 6, 1))
        make.made("suspend_licence", row)
        make.made("cancel_licence", row)
        corridor.exchange(at=AT)
        mirrored, standing = there(corridor)
        assert (mirrored.state, standing.state, standing.is_banned) == ("cancelled", "cancelled", True)
        with corridor.on("jp"):
            assert list(mirrored.changes.values_list("state", flat=True)) == ["valid", "suspended", "cancelled"]
            assert [one.value for one in mirrored.names.all()] == ["Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)"]
            assert Body.objects.get(pk=make.PROMOTER).name_ur == "ستارہ پروموٹرز (فرضی)"
            answer = licence_on(organisation=make.PROMOTER, kind="OEP", day=TODAY, node="jp", book=shipped_book())
            assert not answer.is_valid and not answer.by_form

    def test_reasons_papers_and_numbers_of_persons_stay_at_home(self, corridor):
        row = make.licensed()
        make.made("suspend_licence", row, text="What three workers said.")
        corridor.exchange(at=AT)
        mirrored, _standing = there(corridor)
        with corridor.on("jp"):
            assert {(one.text, one.law, str(one.papers)) for one in mirrored.changes.all()} == {("", "", "[]")}
            officer = mirrored.officers.get()
            assert (officer.name, officer.identity, officer.identity_index) == ("Bilal Sheikh (invented)", None, "")
            assert not mirrored.phones.filter(office=False).exists() and not mirrored.accounts.exists()

    def test_an_appeal_is_told_on_the_same_row(self, corridor):
        row = make.made("suspend_licence", make.licensed())
        actions.appeal_licence_order(
            actor=actor("promoter_manager", make.PROMOTER), organisation_id=row.pk, at=AT + dt.timedelta(hours=1)
        )
        corridor.exchange(at=AT)
        mirrored, _standing = there(corridor)
        with corridor.on("jp"):
            assert list(mirrored.changes.values_list("state", "appeal")) == [("valid", ""), ("suspended", "open")]

    def test_japans_employer_is_barred_on_pakistans_node_too(self, corridor):
        with corridor.on("jp"):
            row = make.entered("ACCEPTING_ORG", "1180301018771", name="介護ホームひなた(架空)")
            make.made("disqualify_employer", row, ground="wages_unpaid")
        corridor.exchange(at=AT)
        here = Organisation.objects.get()
        assert (here.home, here.state, standing_of(here, TODAY).is_banned) == ("jp", "disqualified", True)


class TestReadOnly:
    def test_each_state_edits_only_its_own(self, corridor):
        make.licensed()
        corridor.exchange(at=AT)
        mirrored, _standing = there(corridor)
        with corridor.on("jp"):
            for use_case in ("renew_licence", "surrender_licence", "disqualify_employer", "restore_employer"):
                with pytest.raises(Refused) as refused:
                    getattr(actions, use_case)(actor=make.officer("jp"), organisation_id=mirrored.pk, order=make.order(), at=AT)
                assert [one.code for one in refused.value.refusals] == ["wrong_node"]
            with pytest.raises(Refused) as refused:
                actions.decide_order(actor=make.officer("jp"), organisation_id=mirrored.pk, at=AT)
            assert [one.code for one in refused.value.refusals] == ["wrong_node"]

    def test_officers_are_open_to_authorities_of_the_memorandum_alone(self, corridor):
        make.licensed()
        corridor.exchange(at=AT)
        mirrored, _standing = there(corridor)
        with corridor.on("jp"):
            isa = make.officer("jp")
            assert [one.name for one in organisation_seen(isa, mirrored.pk, TODAY).persons["officers"]] == [
                "Bilal Sheikh (invented)"
            ]
        with corridor.on("jp"):
            row = make.entered("ACCEPTING_ORG", "1180301018771", name="Hinata Care (invented)", officers=make.someone())
        corridor.exchange(at=AT)
        here = Organisation.objects.get(registry_id=row.registry_id)
        assert organisation_seen(make.officer("pk"), here.pk, TODAY).persons is None  # the Bureau is not named in it
        assert organisation_seen(actor("contact_point_pk"), here.pk, TODAY).persons["officers"]
        assert organisation_seen(actor("protector", office="PEW"), here.pk, TODAY).persons is None

    def test_a_promoter_sees_its_own_entry_alone(self):
        mine = make.licensed()
        make.licensed("pk:org:two", "OP&HRD/5109/SKT/2024", name="Karwan (invented)")
        assert list(organisations_visible_to(actor("promoter_manager", make.PROMOTER))) == [mine]
        with pytest.raises(Missing):
            organisation_seen(actor("promoter_manager", "pk:org:two"), mine.pk, TODAY)


class TestStatements:
    @pytest.fixture
    def public(self, on_jp):
        make.entered(
            "ACCEPTING_ORG", "1180301018771", registry_id="jp:org:hinata", name="Hinata Care (invented)", officers=make.someone()
        )
        return told(newest_public(), "jp", "pk")

    def hear(self, settings, statement, **changed):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
        registry_published(actor=mailroom("pk"), statement=replaced(statement, **changed), at=AT)

    def codes(self, *args, **changed):
        with pytest.raises(Refused) as refused:
            self.hear(*args, **changed)
        return [one.code for one in refused.value.refusals]

    def test_an_organisation_of_the_receiver_is_none_of_the_senders(self, settings, public):
        assert self.codes(settings, public, organisation="pk:org:oep") == ["other_register"]

    def test_a_kind_of_the_receiver_is_none_of_the_senders(self, settings, public):
        assert self.codes(settings, public, organisation="jp:org:other", kind="OEP", number=None) == ["other_register"]

    def test_a_day_that_does_not_exist_is_refused(self, settings, public):
        assert self.codes(settings, public, organisation="jp:org:other", **{"from": "2026-02-30"}) == ["not_a_day"]

    def test_officers_of_an_entry_nobody_told_wait(self, settings, public):
        with pytest.raises(Missing):
            self.hear(settings, public, part="officers", organisation="jp:org:other", officers=[])

    def test_what_was_taken_up_once_leaves_nothing_new(self, settings, public):
        self.hear(settings, public, organisation="jp:org:other")
        before = LicenceChange.objects.count()
        self.hear(settings, public, organisation="jp:org:other")
        assert LicenceChange.objects.count() == before

    def test_an_older_word_that_comes_late_is_history_and_not_the_present(self, settings, public):
        late = public.issued_at + dt.timedelta(days=2)
        self.hear(settings, public, organisation="jp:org:other", state="disqualified", ground="wages_unpaid", at=late,
                  **{"from": "2026-11-20"})  # fmt: skip
        self.hear(settings, public, organisation="jp:org:other", address="Old address (invented)")
        row = Organisation.objects.get(registry_id="jp:org:other")
        assert (row.state, row.address != "Old address (invented)") == ("disqualified", True)
        assert standing_of(row, TODAY).state == "disqualified"
        assert standing_of(row, dt.date(2026, 11, 19)).state == "valid"


def newest_public():
    entries = OutboxEntry.objects.filter(type="registry.published/1", marking__level="public")
    return entries.order_by("id").last()


def replaced(statement, *, at=None, **changed):
    issued = at or statement.issued_at
    data = {**statement.data, **changed}
    return replace(statement, id=uuid5(statement.id, f"{sorted(data.items(), key=str)}"), issued_at=issued, data=data)
