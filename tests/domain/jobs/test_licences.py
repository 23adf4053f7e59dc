"""The licences of a demand's intermediaries, asked at each step, the answers kept; the employer looked up in Japan's register."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.rules.demands import Intermediary, intermediaries, why_not_licensed
from rahdari.domain.organisations.models import LicenceCheck, Organisation, PowerOfAttorney
from tests.make import jobs as make
from tests.make import organisations
from tests.make.people import actor
from tests.make.two_nodes import two_nodes

AT = make.AT
LATER = AT + dt.timedelta(days=1)


def suspend():
    return organisations.made("suspend_licence", Organisation.objects.get(registry_id=make.PROMOTER), at=AT)


def codes(act, **told):
    with pytest.raises(Refused) as refused:
        act(**told)
    return [one.code for one in refused.value.refusals]


class TestRules:
    def test_the_corporation_and_direct_employment_have_no_promoter(self):
        assert intermediaries("oep", "pk:org:x", "OP&HRD/1", "") == [("OEP", "pk:org:x", "OP&HRD/1")]
        assert intermediaries("oec", "OEC", "", "") == [] and intermediaries("direct", "", "", "") == []
        assert intermediaries("direct", "", "", "jp:org:y") == [("JP_PLACEMENT", "jp:org:y", "")]

    @pytest.mark.parametrize(
        ("kind", "valid", "state", "refused"),
        [
            ("OEP", True, "valid", False),
            ("OEP", False, "suspended", True),
            ("OEP", False, "unknown", True),
            ("JP_PLACEMENT", False, "disqualified", True),
            ("JP_PLACEMENT", False, "unknown", False),
        ],
    )
    def test_an_unknown_placement_business_is_no_proof(self, kind, valid, state, refused):
        found = why_not_licensed([Intermediary(kind, "x", valid, state)])
        assert bool(found) is refused
        assert not refused or found[0].about["state"] == f"licence_{state}"


@pytest.mark.django_db
class TestAtEachStep:
    def test_the_answer_is_kept_as_it_was_given(self):
        demand = make.demand("permitted")
        kept = list(LicenceCheck.objects.values_list("use_case", "asked", "state", "valid", "on", "subject_id"))
        assert kept == [
            (use_case, make.LICENCE, "valid", True, dt.date(2026, 11, 25), str(demand.pk))
            for use_case in ("jobs.attest_demand", "jobs.permit_demand")
        ]
        suspend()
        assert set(LicenceCheck.objects.values_list("state", flat=True)) == {"valid"}

    def test_a_suspended_promoter_is_neither_attested_nor_permitted_nor_published_nor_applied_to(self):
        filed, attested, permitted = make.demand("filed"), make.demand("attested", places=3), make.demand("permitted", places=2)
        before = AuditEntry.objects.count()
        suspend()
        gone = AuditEntry.objects.count()
        assert gone > before
        attache, protector = actor("attache"), make.protector()
        assert codes(actions.attest_demand, actor=attache, demand_id=filed.pk, at=LATER) == ["licence_not_valid"]
        assert codes(actions.permit_demand, actor=protector, demand_id=attested.pk, at=LATER) == ["licence_not_valid"]
        told = {"places": 1, "closes_on": make.days(20), "costs": [make.cost()]}
        assert codes(actions.publish_vacancy, actor=make.promoter(), demand_id=permitted.pk, **told, at=LATER) == [
            "licence_not_valid"
        ]

    def test_given_back_it_goes_on(self):
        attested = make.demand("attested")
        row = suspend()
        organisations.made("restore_licence", row, ground="matter_settled", at=AT)
        assert actions.permit_demand(actor=make.protector(), demand_id=attested.pk, at=LATER).state == "permitted"

    def test_a_demand_from_paper_names_a_promoter_of_the_register(self):
        told = {
            "asked": make.asked(promoter_licence="OP&HRD/9999/LHR/2020", employer=make.EMPLOYER, employer_name="X (invented)")
        }
        told |= {"paper": make.paper(), "on": make.days(0), "attorney": make.scan("poa.pdf"), "power": make.power()}
        assert codes(actions.file_demand, actor=actor("attache"), **told, at=AT) == ["promoter_not_licensed"]

    def test_the_attested_power_of_attorney_stands_on_the_register(self):
        demand = make.demand("attested")
        power = PowerOfAttorney.objects.get()
        assert (power.demand, power.organisation.registry_id, power.principal) == (demand.pk, make.PROMOTER, make.EMPLOYER)
        assert (power.until, power.signatory) == (make.days(217), "Sato Kenji (invented)")

    def test_nothing_is_asked_outside_a_step(self):
        demand = make.demand("filed")
        assert codes(actions.check_licences, actor=make.protector(), demand=demand, at=AT) == ["not_permitted"]


@pytest.mark.django_db
class TestOverBothNodes:
    @pytest.fixture
    def corridor(self, settings):
        return two_nodes(settings)

    def file(self, corridor):
        with corridor.on("jp"):
            return make.demand()

    def test_japan_judges_by_form_until_it_was_told_the_register_and_then_by_it(self, corridor):
        assert self.file(corridor).state == "filed"
        organisations.licensed()
        suspend()
        corridor.exchange(at=AT)
        with pytest.raises(Refused) as refused:
            self.file(corridor)
        assert [one.code for one in refused.value.refusals] == ["promoter_not_licensed"]

    def test_an_employer_barred_in_japan_is_not_attested(self, corridor):
        organisations.licensed()
        with corridor.on("jp"):
            row = organisations.entered(
                "ACCEPTING_ORG", "1180301018771", registry_id=make.EMPLOYER, name="Hinata Care (invented)"
            )
        corridor.exchange(at=AT)
        demand = self.file(corridor)
        corridor.exchange(at=AT)
        with corridor.on("jp"):
            organisations.made("disqualify_employer", row, ground="wages_unpaid")
        corridor.exchange(at=AT)
        assert codes(actions.attest_demand, actor=actor("attache"), demand_id=demand.pk, at=AT) == ["employer_disqualified"]
