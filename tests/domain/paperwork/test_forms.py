"""Each form filled for one case: what stands in it, where from, what is missing, for whom it opens, and what its files hold."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import time_machine
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils.translation import override

from rahdari.base.models import Look
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.sheets.workbook import first_sheet
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import Person
from rahdari.domain.paperwork.queries.forms import form_for, forms_for, seen_of
from rahdari.domain.paperwork.queries.gathered import Gathered
from rahdari.domain.paperwork.queries.printed import document_of, pdf_for, sealed, workbook_for
from rahdari.domain.paperwork.rules import form_of
from rahdari.domain.paperwork.rules.filling import plain
from tests.make import jobs
from tests.make.people import actor, sign_in, sign_in_as
from tests.make.printed import parts_of
from tests.make.thread import alone, at


def document_text(document):
    """Everything a form prints or carries."""
    return repr(document)


class FormsCase(TestCase):
    """One case on Pakistan's node alone, up to a station; made once for all tests of a class."""

    until = "contract_signed"

    @classmethod
    def setUpTestData(cls):
        with override_settings(RAHDARI_NODE="pk", RAHDARI_PARTNER="jp"):
            cls.story = alone().go(cls.until)
        cls.at = at(cls.until)
        cls.worker = cls.story.people.get("worker")

    def seen(self, code, who=None, use_case="see_form"):
        who = who or self.worker
        return form_for(who, Gathered.of_case(who, self.story.case_id, self.at), code, use_case)

    def values(self, code, who=None):
        return {one.asked.key: plain(one.value) for one in self.seen(code, who).filled if one.value is not None}

    def states(self, code, who=None):
        return {one.asked.key: one.state for one in self.seen(code, who).filled}


class TestFormsOfACase(FormsCase):
    def test_1_6_holds_the_terms_that_were_offered(self):
        held = self.values("JP_1_6")
        told = {"worker_name": "ZARGHUNA KHAN", "length": 36, "hours_week": 40, "days_year": 250, "annual_leave": 10}
        told |= {"pay_monthly": {"amount": 198_000, "currency": "JPY"}, "employ_type": "direct", "overtime": "yes"}
        told |= {"place_change": "no_change", "labour_deduct": "no", "return_travel": "employer"}
        assert {name: held[name] for name in told} == told
        assert held["allowances"][0]["what"] == "night"
        assert held["employer_signed"] == "2026-12-18"
        assert held["worker_signed"] == "2026-12-22"
        states = self.states("JP_1_6")
        assert states["bonus"] == states["closing_day"] == "unbuilt"
        assert states["pay_hourly"] == states["employer_tel"] == "missing"

    def test_1_16_holds_the_costs_that_were_declared(self):
        held = self.values("JP_1_16")
        total = [{"amount": 1_500_000, "currency": "PKR"}]
        told = {"dom_has": "no", "abr_has": "yes", "abr_country": "country_pk", "worker_confirmed": "2026-12-21"}
        told |= {"abr_seeker_amount": total, "foreign_total": total, "abr_seeker_purpose": ["OEP_SERVICE_PLACEMENT"]}
        told |= {"abr_employer_amount": [{"amount": 0, "currency": "PKR"}]}
        assert {name: held.get(name) for name in told} == told
        assert [one["what"] for one in held["payments"]] == ["OEP_SERVICE_PLACEMENT"]
        states = self.states("JP_1_16")
        assert (states["guidance"], states["dom_name"], states["yen_total"]) == ("missing", "missing", "unbuilt")

    def test_1_4_holds_the_pay_and_what_it_is_compared_with(self):
        got = Gathered.of_case(self.worker, self.story.case_id, self.at)
        filled = seen_of(got, form_of(shipped_book(), "JP_1_4", self.at.date())).filled
        held = {one.asked.key: plain(one.value) for one in filled}
        assert held["pay_monthly"] == held["jp_monthly"] == {"amount": 198_000, "currency": "JPY"}
        assert held["duties"] == ["NURSING_CARE"]
        assert {one.asked.key for one in filled if one.state == "unbuilt"} >= {"jp_duties", "jp_age", "reason", "compare_type"}
        with self.assertRaises(Refused):
            self.seen("JP_1_4")

    def test_1_17_takes_what_is_there_and_lists_the_rest_as_missing(self):
        held = self.values("JP_1_17")
        assert (held["worker_name"], held["sex"], held["birth_date"]) == ("ZARGHUNA KHAN", "female", "2001-03-14")
        assert (held["house_room"], held["house_cost"]) == ("18", {"amount": 24_000, "currency": "JPY"})
        states = self.states("JP_1_17")
        assert {states[name] for name in ("consult_tel", "airport_out", "hours_weekday", "neutral")} == {"unbuilt"}
        assert states["lang"] == states["rso_name"] == "missing"

    def test_every_line_says_its_row_and_who_entered_it(self):
        lines = {one.filled.asked.key: one for one in self.seen("JP_1_6").lines}
        assert (lines["length"].use_case, str(lines["length"].on)) == ("contracts.offer_employment", "2026-12-18")
        assert lines["worker_signed"].use_case == "contracts.sign_contract"
        assert lines["bonus"].use_case == "contracts.offer_employment"
        assert lines["part_1"].use_case == ""

    def test_pdf_and_workbook_are_the_same_each_time_and_hold_the_data(self):
        seen = self.seen("JP_1_6")
        pdf = pdf_for(seen, "ur", self.at)
        assert pdf == pdf_for(self.seen("JP_1_6"), "ur", self.at)
        assert pdf != pdf_for(seen, "en", self.at)
        data = next(one.content for one in document_of(seen, "ur", self.at).attached if one.name == "form.json")
        assert data.encode() in list(parts_of(pdf))
        assert json.loads(data)["form"] == "JP_1_6"
        content = workbook_for(seen, "ur", self.at)
        assert content == workbook_for(self.seen("JP_1_6"), "ur", self.at)
        lines = [cells for _no, cells in first_sheet(content, most_rows=400, most_columns=9)[1]]
        assert ("1", "雇用契約期間（月）", "معاہدۂ ملازمت کی مدت (ماہ)", "36") in lines
        sources = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet2.xml").decode()
        assert "<f" not in sources
        assert "contracts" not in sources  # said in words

    def test_the_data_is_the_same_for_every_reader(self):
        told = set()
        for language in ("en", "ur", "ja"):
            with override(language):
                told.add(sealed(self.seen("JP_1_6"), self.at).data)
        assert len(told) == 1
        lines = {one.label: one for part in document_of(self.seen("JP_1_6"), "en", self.at).parts for one in part.lines}
        assert (lines["所在地"].value, lines["所在地"].second_value) == ("新潟県", "Niigata")

    def test_a_choice_shows_every_possibility(self):
        lines = {one.label: one for part in document_of(self.seen("JP_1_6"), "ur", self.at).parts for one in part.lines}
        assert lines["雇用形態"].value == "■ 直接雇用  □ 派遣雇用"
        assert lines["雇用形態"].second_value == "براہ راست ملازمت"
        assert lines["賞与"].value == "□ 無  □ 有"
        assert lines["賃金支払日（毎月〇日）"].fill == "missing"

    def test_opens_to_the_roles_of_the_form_alone(self):
        promoter = self.story.who("promoter_manager", jobs.PROMOTER)
        assert self.seen("JP_1_6", promoter)
        for code, who, wrong in [
            ("JP_9_9", promoter, Missing),
            ("JP_1_6", actor("promoter_manager", "pk:org:other"), Missing),
            ("JP_1_6", actor("attache"), Refused),
        ]:
            with self.assertRaises((wrong, Missing)):
                self.seen(code, who)

    def test_closes_identity_to_the_protector_before_the_registration(self):
        protector = self.story.who("protector", office="PEW")
        closed = {name for name, state in self.states("PK_SERVICE_CARD", protector).items() if state == "closed"}
        assert closed == {"father_name", "cnic", "birth_date", "birthplace", "passport_no"}
        assert "17301" not in document_text(document_of(self.seen("PK_SERVICE_CARD", protector), "en", self.at))

    def test_lists_each_role_its_forms(self):
        promoter = self.story.who("promoter_manager", jobs.PROMOTER)
        mine = forms_for(promoter, Gathered.of_case(promoter, self.story.case_id, self.at))
        assert mine
        assert all("promoter_manager" in one.form.readers for one in mine)

    def address(self, name, *more):
        return reverse(name, args=[self.story.case_id, *more])

    def test_shows_each_value_with_its_row_and_writes_the_look(self):
        client = Client()
        sign_in_as(client, Person.objects.get(pk=self.worker.person))
        page = client.get(self.address("paperwork.see_form", "JP_1_6")).content.decode()
        assert "ZARGHUNA KHAN" in page
        assert "雇用契約期間" in page
        assert client.get(self.address("paperwork.see_forms")).status_code == 200
        before = Look.objects.count()
        officer = Client()
        sign_in(officer, "protector")
        assert officer.get(self.address("paperwork.see_form", "JP_1_6")).status_code == 200
        assert officer.get(self.address("paperwork.print_form", "JP_1_6", "pdf")).content.startswith(b"%PDF")
        looks = list(Look.objects.filter(about=self.worker.person).order_by("pk").values_list("purpose", flat=True))[-2:]
        assert looks == ["paperwork.see_form", "paperwork.print_form"]
        assert Look.objects.count() == before + 2

    def test_hands_out_files_as_attachments_and_no_others(self):
        client = Client()
        sign_in(client, "promoter_manager", jobs.PROMOTER)
        answer = client.get(self.address("paperwork.print_form", "JP_1_6", "xlsx"))
        assert answer["Content-Disposition"] == 'attachment; filename="JP_1_6.xlsx"'
        assert answer["Cache-Control"] == "no-store"
        assert client.get(self.address("paperwork.print_form", "JP_1_6", "exe")).status_code == 404

    def test_tells_programs_the_same(self):
        promoter = self.story.who("promoter_manager", jobs.PROMOTER)
        until = self.at + dt.timedelta(days=30)
        _row, secret = make_token(actor=promoter, name="x", scopes=["paperwork.see_form_data"], expires_at=until, at=self.at)
        address = f"/api/paperwork/cases/{self.story.case_id}/JP_1_6"
        with time_machine.travel(self.at, tick=False):
            told = Client().get(address, headers={"Authorization": f"Bearer {secret}"}).json()
        held = {one["key"]: one.get("value") for one in told["fields"]}
        assert (told["form"], held["length"], told["seal"]) == ("JP_1_6", 36, "")
        assert told["asked"] == told["filled"] + told["missing"]
