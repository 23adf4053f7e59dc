"""Roles are given by those who may, to those who can hold them."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import delegate_role, end_delegation, end_role, grant_role, name_bodies, seed_bodies
from rahdari.domain.accounts.models import Body
from rahdari.domain.accounts.queries import grants_of
from tests.make import people

pytestmark = pytest.mark.django_db


def refused(act, **told):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as wrong:
        act(**told, at=now())
    assert AuditEntry.objects.count() == before
    return {one.code for one in wrong.value.refusals}


class TestSeedBodies:
    def test_makes_a_body_of_every_authority_once(self):
        told = {"actor": machine("pk", "command")}
        assert seed_bodies(**told, at=now()) == len(shipped_book().rows("authorities"))
        assert seed_bodies(**told, at=now()) == 0
        assert Body.objects.get(pk="PROTECTOR").name_ja == "移民保護官"
        assert AuditEntry.objects.filter(verb="accounts.seed_bodies").count() == 2

    def test_is_closed_to_officers(self):
        assert refused(seed_bodies, actor=people.actor("protector")) == {"not_permitted"}


class TestNameBodies:
    NAMES = {"name_en": "One (invented)", "name_ur": "ایک (فرضی)", "name_ja": "一(架空)"}

    def test_makes_many_and_leaves_those_that_are_there(self):
        told = [{"id": f"pk:org:{name}", "side": "pk", "kind": "OEP", **self.NAMES} for name in ("one", "two")]
        assert name_bodies(actor=machine("pk", "command"), bodies=told[:1], at=now()) == 1
        told[0] = told[0] | {"name_en": "Another (invented)"}
        assert name_bodies(actor=machine("pk", "command"), bodies=told, at=now()) == 1
        assert Body.objects.get(pk="pk:org:one").name_en == "One (invented)"
        assert AuditEntry.objects.filter(verb="accounts.name_bodies").count() == 2

    def test_an_id_of_the_other_side_stops_all(self):
        told = [{"id": one, "side": "pk", "kind": "OEP", **self.NAMES} for one in ("pk:org:one", "jp:org:two")]
        assert refused(name_bodies, actor=machine("pk", "command"), bodies=told) == {"body_id_not_registry"}
        assert not Body.objects.filter(pk="pk:org:one").exists()

    def test_is_closed_to_officers(self):
        assert refused(name_bodies, actor=people.actor("bureau_officer"), bodies=[]) == {"not_permitted"}


class TestGrantRole:
    def test_gives_the_role_and_leaves_one_entry(self):
        operator, someone = people.actor("node_operator"), people.person("protector")
        before = AuditEntry.objects.count()
        grant_role(actor=operator, person_id=someone.pk, role="attache", body_id="CWA", at=now())
        assert [one.role for one in grants_of(someone, now())] == ["protector", "attache"]
        assert AuditEntry.objects.count() == before + 1

    def test_refuses_an_officer_who_grants_nothing(self):
        someone = people.person("protector")
        asked = {"person_id": someone.pk, "role": "attache", "body_id": "CWA"}
        assert refused(grant_role, actor=people.actor("bureau_officer"), **asked) == {"not_permitted"}

    def test_refuses_filing_beside_deciding(self):
        someone = people.person("oec_officer")
        asked = {"person_id": someone.pk, "role": "protector", "body_id": "PROTECTOR"}
        assert refused(grant_role, actor=people.actor("node_operator"), **asked) == {"role_conflict"}

    def test_refuses_the_role_of_the_other_node(self):
        someone = people.person("protector")
        asked = {"person_id": someone.pk, "role": "isa_regional", "body_id": "ISA"}
        assert refused(grant_role, actor=people.actor("node_operator"), **asked) == {"wrong_node"}

    def test_refuses_a_body_of_another_kind(self):
        someone = people.person("protector")
        asked = {"person_id": someone.pk, "role": "attache", "body_id": "OPF"}
        assert refused(grant_role, actor=people.actor("node_operator"), **asked) == {"body_does_not_fit"}

    def test_refuses_a_role_for_oneself(self):
        operator = people.actor("node_operator")
        asked = {"person_id": operator.person, "role": "node_operator", "body_id": "ISA"}
        assert refused(grant_role, actor=operator, **asked) == {"not_to_oneself"}

    def test_refuses_roles_nobody_grants(self):
        someone = people.person("protector")
        asked = {"person_id": someone.pk, "role": "worker", "body_id": "WORKER"}
        assert refused(grant_role, actor=people.actor("node_operator"), **asked) == {"role_not_granted"}

    def test_lets_a_manager_appoint_clerks_of_the_own_firm_only(self):
        manager = people.actor("promoter_manager", "pk:org:one")
        clerk = people.person("promoter_clerk", "pk:org:two")
        asked = {"person_id": clerk.pk, "role": "promoter_clerk"}
        assert grant_role(actor=manager, body_id="pk:org:one", **asked, at=now()).role == "promoter_clerk"
        people.organisation("OEP", "pk:org:three")
        assert refused(grant_role, actor=manager, body_id="pk:org:three", **asked) == {"not_own_body"}

    def test_refuses_the_same_role_twice(self):
        someone = people.person("protector")
        asked = {"person_id": someone.pk, "role": "protector", "body_id": "PROTECTOR"}
        assert refused(grant_role, actor=people.actor("node_operator"), **asked) == {"role_held_already"}


class TestEndRole:
    def test_ends_it_with_its_delegations(self):
        someone, colleague = people.person("protector"), people.person("protector")
        actor = people.actor_as(someone)
        delegate_role(actor=actor, to_person=colleague.pk, until=now() + dt.timedelta(days=5), at=now())
        assert grants_of(colleague, now()).count() == 2
        grant = grants_of(someone, now()).get()
        end_role(actor=people.actor("node_operator"), grant_id=grant.pk, at=now())
        assert not grants_of(someone, now()).exists()
        assert grants_of(colleague, now()).count() == 1

    def test_lets_anybody_lay_down_their_own_but_nobody_elses(self):
        someone, other = people.person("protector"), people.person("protector")
        theirs = grants_of(other, now()).get()
        assert refused(end_role, actor=people.actor_as(someone), grant_id=theirs.pk) == {"not_permitted"}
        assert end_role(actor=people.actor_as(other), grant_id=theirs.pk, at=now()).ends_at
        assert refused(end_role, actor=people.actor_as(other), grant_id=theirs.pk) == {"wrong_state"}


class TestDelegateRole:
    def test_refuses_strangers_to_the_office_long_times_oneself_and_passing_on(self):
        someone, colleague = people.person("protector"), people.person("protector")
        actor, until = people.actor_as(someone), now() + dt.timedelta(days=5)
        assert refused(delegate_role, actor=actor, to_person=people.person("opf_officer").pk, until=until) == {"not_a_colleague"}
        long = {"to_person": colleague.pk, "until": now() + dt.timedelta(days=100)}
        assert refused(delegate_role, actor=actor, **long) == {"delegation_too_long"}
        assert "not_to_oneself" in refused(delegate_role, actor=actor, to_person=someone.pk, until=until)

    def test_a_role_held_for_another_is_not_passed_on(self):
        someone, deputy = people.person("oec_officer"), people.person("oec_counter")
        until = now() + dt.timedelta(days=5)
        delegate_role(actor=people.actor_as(someone), to_person=deputy.pk, until=until, at=now())
        acting = people.actor_as(deputy, "oec_officer")
        third = people.person("oec_counter")
        assert refused(delegate_role, actor=acting, to_person=third.pk, until=until) == {"not_delegated_on"}

    def test_either_of_the_two_may_end_it_and_nobody_else(self):
        someone, deputy = people.person("protector"), people.person("protector")
        grant = delegate_role(actor=people.actor_as(someone), to_person=deputy.pk, until=now() + dt.timedelta(days=5), at=now())
        with pytest.raises(Missing):
            end_delegation(actor=people.actor("protector"), grant_id=grant.pk, at=now())
        end_delegation(actor=people.actor_as(deputy), grant_id=grant.pk, at=now())
        assert grants_of(deputy, now()).count() == 1
