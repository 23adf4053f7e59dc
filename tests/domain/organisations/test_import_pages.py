"""The pages and the API of registers handed in as files: from the upload to the second officer, in three languages."""

from __future__ import annotations

import base64
import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Organisation, RegisterImport
from rahdari.web.uploads import LARGEST
from tests.make import organisations as make
from tests.make import registers
from tests.make.people import bodies, sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/licences/desk/imports/"


def handed_in(client, content, name="register.csv", **told):
    return client.post(f"{DESK}new/", {"kind": "OEP", "file": SimpleUploadedFile(name, content)} | told)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def wrong_ones():
    rows = registers.good(6)
    rows[1][1], rows[3][5], rows[4][9] = "12", '=HYPERLINK("http://example.invalid")', "03/04/2019"
    return rows


class TestFromUploadToDecision:
    def test_two_officers_take_a_register_in(self, client):
        bodies("pk")
        sign_in(client, "bureau_officer")
        answer = handed_in(client, registers.xlsx_of(wrong_ones()), "list.xlsx")
        row = RegisterImport.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{DESK}{row.pk}/")
        seen = page(client, answer["Location"])
        assert "list.xlsx" in seen and "Sitara 0" in seen and "being checked" in seen
        answer = client.post(f"{DESK}{row.pk}/submit/", {})
        assert answer.status_code == 422 and "Wrong rows: 3" in answer.content.decode()
        answer = client.post(f"{DESK}{row.pk}/submit/", {"leave_out": "on", "law": make.LAW})
        assert answer.status_code == 302
        assert client.post(f"{DESK}{row.pk}/decide/", {}).status_code == 403
        sign_in(client, "bureau_officer")
        assert "list.xlsx" in page(client, f"{DESK}{row.pk}/decide/")
        assert "list.xlsx" in page(client, reverse("web.worklist"))
        assert client.post(f"{DESK}{row.pk}/decide/", {}).status_code == 302
        assert Organisation.objects.filter(state="valid").count() == 3
        told = client.get("/api/licences", {"q": "Sitara 0 Overseas Employment Promoters"}).json()["licences"]
        assert "OP&HRD/0000/LHR/2010" in [one["number"] for one in told]

    def test_columns_are_corrected_on_a_page_of_their_own(self, client):
        bodies("pk")
        sign_in(client, "bureau_officer")
        handed_in(client, registers.csv_of([["OP&HRD/4325/LHR/2018", "Sitara (invented)", "x"]], ("Lic", "Odd", "<script>")))
        row = RegisterImport.objects.get()
        seen = page(client, f"{DESK}{row.pk}/columns/")
        assert "Sitara (invented)" in seen and "<script>" not in seen and 'name="holds.2"' in seen
        told = {"holds.0": "number", "holds.1": "number", "seen": row.version}
        answer = client.post(f"{DESK}{row.pk}/columns/", told)
        assert answer.status_code == 422 and "Only one column" in answer.content.decode()
        assert client.post(f"{DESK}{row.pk}/columns/", told | {"holds.1": "name"}).status_code == 302
        row.refresh_from_db()
        assert (row.targets, row.counts["fates"]["new"]) == (["number", "name", "left_out"], 1)
        assert client.post(f"{DESK}{row.pk}/columns/", told | {"holds.1": "name"}).status_code == 409

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_every_page_speaks_the_language(self, client, language):
        sign_in(client, "bureau_officer")
        row = registers.drafted(wrong_ones(), at=now())
        for place in ("", "new/", f"{row.pk}/", f"{row.pk}/rows/?fate=wrong", f"{row.pk}/columns/", f"{row.pk}/submit/"):
            seen = page(client, DESK.replace("/en/", f"/{language}/") + place)
            assert "organisations." not in seen
            assert f'lang="{language}"' in seen


class TestTheReport:
    def test_says_each_fault_of_each_wrong_row(self, client):
        sign_in(client, "bureau_officer")
        row = registers.drafted(wrong_ones(), at=now())
        seen = page(client, f"{DESK}{row.pk}/rows/?fate=wrong")
        assert seen.count("<tr>") == 1 + 3 and "The cell begins like a formula" in seen and "Issue date" in seen
        assert page(client, f"{DESK}{row.pk}/rows/?fault=day_ambiguous").count("<tr>") == 1 + 1
        for odd in ("?fault=%00", "?fault=' or 1=1", "?fate=%00", "?page=x"):
            assert client.get(f"{DESK}{row.pk}/rows/{odd}").status_code == 200

    def test_as_csv_runs_nothing_and_repeats_no_formula(self, client):
        sign_in(client, "bureau_officer")
        rows = wrong_ones()
        rows[1][3], rows[1][1] = "-2+3 Sitara (invented)", "@12"
        rows[5][3], rows[5][8] = "‐Sitara \u200f(invented)", "-valid"
        row = registers.drafted(rows, at=now())
        answer = client.get(f"{DESK}{row.pk}/report/")
        assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert lines[0] == ["Line", "Result", "Licence number", "Name of the organisation", "Column", "What to do"]
        assert {line[0] for line in lines[1:]} == {"3", "5", "6", "7"}
        assert [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))] == []
        assert "HYPERLINK" not in answer.content.decode()


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("content", "words"),
        [(b"%PDF-1.7", "no table"), (b"\xd0\xcf\x11\xe0" + b"x" * 99, "old Excel"), (b"a,b\r\n\xff\xfe\xfd,1", "encoding")],
    )
    def test_is_said_beside_the_file(self, client, content, words):
        sign_in(client, "bureau_officer")
        answer = handed_in(client, content)
        assert answer.status_code == 422 and words in answer.content.decode()
        assert not RegisterImport.objects.exists()

    def test_a_file_beyond_the_limit_says_so(self, client):
        sign_in(client, "bureau_officer")
        answer = handed_in(client, b"a,b\n" * (11 * 1024 * 256))
        assert answer.status_code in (413, 422) and not RegisterImport.objects.exists()

    def test_two_hundred_megabytes_are_refused_before_a_byte_is_read(self, client):
        sign_in(client, "bureau_officer")

        class Unread(io.RawIOBase):
            def read(self, *_size):
                raise AssertionError("the body was read")

        told = {
            "CONTENT_LENGTH": str(200 * 1024 * 1024),
            "wsgi.input": Unread(),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        }
        for address in (f"{DESK}new/", "/api/register-imports"):
            answer = client.generic("POST", address, **told)
            assert answer.status_code == 413
        assert LARGEST < 200 * 1024 * 1024
        assert "too large" in client.generic("POST", f"{DESK}new/", **told).content.decode()

    def test_an_odd_length_is_no_way_around(self, client):
        for said in ("-1", "1e9", "²"):
            assert client.generic("POST", f"{DESK}new/", CONTENT_LENGTH=said).status_code == 413


class TestWhoMay:
    @pytest.mark.parametrize("role", ["protector", "contact_point_pk", "node_operator"])
    def test_no_other_office_opens_the_pages(self, client, role):
        row = registers.drafted(at=now())
        sign_in(client, role)
        for place in ("", "new/", f"{row.pk}/", f"{row.pk}/rows/", f"{row.pk}/report/", f"{row.pk}/columns/", f"{row.pk}/undo/"):
            assert client.get(DESK + place).status_code == 403

    def test_the_list_of_licences_leads_there(self, client):
        sign_in(client, "bureau_officer")
        assert DESK in page(client, "/en/licences/desk/")


def token(by, *scopes):
    told = {"name": "imports", "scopes": [f"organisations.{one}" for one in scopes]}
    _row, secret = make_token(actor=by, **told, expires_at=now().replace(year=now().year + 1), at=now())
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


class TestTheApi:
    def test_hands_in_names_hands_on_and_decides(self, client):
        first, second = make.officer(), make.officer()
        head = token(first, "draft_import", "map_import", "submit_import", "see_import", "see_imports")
        content = base64.b64encode(registers.csv_of(wrong_ones())).decode()
        told = {"kind": "OEP", "file": {"name": "r.csv", "base64": content}}
        answer = client.post("/api/register-imports", told, content_type="application/json", **head)
        assert answer.status_code == 200, answer.content
        one = f"/api/register-imports/{answer.json()['id']}"
        seen = client.get(one, **head).json()
        assert seen["counts"]["fates"] == {"new": 3, "known": 0, "differs": 0, "wrong": 3}
        rows = client.get(f"{one}/rows", {"fate": "wrong"}, **head).json()["rows"]
        assert [row["line"] for row in rows] == [3, 5, 6] and rows[0]["faults"][0]["column"] == "Licence No"
        columns = [{"title": title, "holds": target} for title, target in zip(seen["columns"], seen["targets"], strict=True)]
        told = {"rows": columns, "day_order": "day_first"}
        assert client.post(f"{one}/columns", told, content_type="application/json", **head).status_code == 200
        assert client.get(one, **head).json()["counts"]["fates"]["wrong"] == 2
        told = {"leave_out": True}
        assert client.post(f"{one}/submit", told, content_type="application/json", **head).status_code == 200
        assert client.post(f"{one}/decide", {}, content_type="application/json", **head).status_code == 403
        other = token(second, "decide_import")
        assert client.post(f"{one}/decide", {}, content_type="application/json", **other).json()["state"] == "taken"
        assert len(client.get("/api/register-imports", **head).json()["imports"]) == 1

    def test_a_stranger_gets_nothing(self, client):
        row = registers.drafted(at=now())
        for place in ("", f"/{row.pk}", f"/{row.pk}/rows"):
            assert client.get(f"/api/register-imports{place}").status_code == 403


def test_undone_entries_say_so_to_anyone(client):
    row = registers.drafted(at=now())
    officers = [make.officer() for _ in range(3)]
    actions.submit_import(actor=officers[0], import_id=row.pk, at=now())
    actions.decide_import(actor=officers[1], import_id=row.pk, at=now())
    actions.ask_undo_import(actor=officers[0], import_id=row.pk, text="Wrong file.", at=now())
    actions.undo_import(actor=officers[1], import_id=row.pk, at=now())
    one = Organisation.objects.first()
    seen = page(client, f"/en/licences/{one.pk}/")
    assert "entered in error, taken back" in seen and "Wrong file" not in seen
    told = client.get(f"/api/licences/{one.pk}").json()
    assert (told["state"], told["valid"], told["banned"], told["number"]) == ("withdrawn", False, False, None)
