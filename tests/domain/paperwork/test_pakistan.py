"""The papers a promoter files in Pakistan, each filled for one case that has left, as the worker or whoever recruits sees them."""

from __future__ import annotations

from rahdari.domain.paperwork.queries.forms import form_for, forms_for
from rahdari.domain.paperwork.queries.gathered import Gathered
from rahdari.domain.paperwork.queries.printed import pdf_for, workbook_for
from rahdari.domain.paperwork.rules.filling import plain
from tests.domain.paperwork.test_forms import FormsCase
from tests.make import jobs

SERVICE = [{"amount": 1_500_000, "currency": "PKR"}]


def rupees(number):
    return {"amount": number * 100, "currency": "PKR"}


class TestPapersOfACase(FormsCase):
    until = "departed"

    def promoter(self):
        return self.story.who("promoter_manager", jobs.PROMOTER)

    def check(self, code, **told):
        held = self.values(code, self.promoter())
        assert {name: held.get(name) for name in told} == told
        return self.states(code, self.promoter())

    def test_the_undertaking_on_costs_lists_every_line(self):
        self.check("PK_COSTS_UNDERTAKING", promoter_licence=jobs.LICENCE, worker_total=SERVICE)
        [line] = self.values("PK_COSTS_UNDERTAKING", self.promoter())["lines"]
        assert (line["what"], line["money"], line["beside"][0]) == ("OEP_SERVICE_PLACEMENT", SERVICE[0], "worker")

    def test_the_service_card_names_the_person_and_the_permission(self):
        told = {"worker_name": "ZARGHUNA KHAN", "father_name": "KARIM KHAN", "birth_date": "2001-03-14", "contract": 36}
        states = self.check("PK_SERVICE_CARD", **told, salary={"amount": 198_000, "currency": "JPY"}, permission_on="2026-11-27")
        assert (states["cnic"], states["passport_no"], states["registration_no"]) == ("filled", "filled", "filled")
        assert states["address"] == states["district"] == states["passport_issued"] == "unbuilt"

    def test_the_registration_of_passports_shows_the_fees_paid(self):
        self.check("PK_PASSPORTS", opf=rupees(4000), life=rupees(2500), fee=rupees(500), oec=rupees(200), service=SERVICE)

    def test_the_insurance_application_lacks_the_heir(self):
        states = self.check("PK_INSURANCE", premium=rupees(2500), period=36, kind="new_case", birthplace="Peshawar")
        assert states["heir_name"] == states["sum"] == "unbuilt"

    def test_the_certificate_bears_registration_and_visa(self):
        states = self.check("PK_FSA_CERTIFICATE", registered_on="2027-03-09", visa_on="2027-03-03")
        assert states["registration_no"] == "filled"

    def test_the_check_sheet_counts_what_is_registered(self):
        told = {"allowed": 12, "submitted": 1, "registered": 0, "balance": 12, "fee": rupees(500), "by_advertisement": "yes"}
        self.check("PK_FSA_CHECK", **told, submitted_on="2027-03-08", fee_no="HBL-REGISTRATION", opf_no="HBL-OPF_WELFARE")

    def test_the_deposit_and_form_7_bear_what_was_declared_for_the_promoter(self):
        self.check("PK_DEPOSIT", amount=SERVICE, father_name="KARIM KHAN")
        states = self.check("PK_FORM_7", amount=SERVICE, emigrant_name="ZARGHUNA KHAN")
        assert states["way"] == "unbuilt"

    def test_the_challan_bears_the_fee_and_its_receipt(self):
        self.check("PK_CHALLAN", amount=rupees(500), receipt_no="HBL-REGISTRATION", paid_on="2027-03-07")

    def test_the_refund_bears_the_departure(self):
        self.check("PK_REFUND", amount=SERVICE, flight="PK898", departed_on="2027-03-20")

    def test_every_one_prints(self):
        promoter = self.promoter()
        for seen in forms_for(promoter, Gathered.of_case(promoter, self.story.case_id, self.at)):
            assert pdf_for(seen, "ur", self.at).startswith(b"%PDF")
            assert workbook_for(seen, "ja", self.at).startswith(b"PK")

    def test_identity_is_open_once_the_registration_is_applied_for(self):
        protector = self.story.who("protector", office="PEW")
        states = self.states("PK_SERVICE_CARD", protector)
        assert states["cnic"] == states["passport_no"] == "filled"
        assert "closed" not in states.values()


class TestPapersOfADemand(FormsCase):
    until = "vacancy_published"

    def values(self, code, who=None):
        who = who or self.story.who("protector", office="PEW")
        seen = form_for(who, Gathered.of_demand(who, self.story.demand_id, self.at), code, "see_demand_form")
        assert pdf_for(seen, "ur", self.at).startswith(b"%PDF")
        return {one.asked.key: plain(one.value) for one in seen.filled if one.value is not None}

    def check(self, code, **told):
        held = self.values(code)
        assert {name: held.get(name) for name in told} == told

    def test_the_undertaking_on_the_demand(self):
        self.check("PK_DEMAND_UNDERTAKING", places=12, employer_name="Hinata Care (invented)", received_on="2026-11-25")

    def test_the_check_sheet_for_a_permission(self):
        told = {"poa_state": "attested", "letter_state": "attested", "wages_fair": "yes", "by_advertisement": "yes"}
        self.check("PK_PERMISSION_CHECK", **told, attested_on="2026-11-26", wages={"amount": 198_000, "currency": "JPY"})

    def test_the_application_for_a_permission(self):
        self.check("PK_PERMISSION_APPLICATION", places=12, length=36, promoter_licence=jobs.LICENCE, category=["NURSING_CARE"])

    def test_the_demand_letter(self):
        self.check("PK_DEMAND_LETTER", places=12, leave=10, pay={"amount": 198_000, "currency": "JPY"})
        benefits = self.values("PK_DEMAND_LETTER")["benefits"]
        assert [one["what"] for one in benefits] == ["employer_charged", "return_travel"]
