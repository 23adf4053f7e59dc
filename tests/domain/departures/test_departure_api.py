"""A step of a departure by a program: the same shape, the same law, the same refusals as on the page."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
import time_machine

from rahdari.domain.accounts.actions import make_token
from rahdari.domain.departures.models import Departure, Paper
from tests.make import jobs
from tests.make.thread import alone, at, both, on
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db
SCAN = {"name": "letter.pdf", "base64": base64.b64encode(b"%PDF-1.4\n% invented\n").decode()}


def token(actor, *scopes, moment):
    """A token of a person for the permissions named."""
    _row, secret = make_token(
        actor=actor, name="program", scopes=list(scopes), expires_at=moment + dt.timedelta(days=30), at=moment
    )
    return {"Authorization": f"Bearer {secret}"}


def post(client, path, told, headers):
    return client.post(path, told, content_type="application/json", headers=headers)


def test_a_program_of_the_employer_files_and_reads_how_far_the_case_is(client, settings):
    story = both(two_nodes(settings)).go("guidance_given")
    moment = at("coe_filed")
    with time_machine.travel(moment, tick=False), story.on("jp"):
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        headers = token(employer, "departures.file_coe", "departures.see_departure", moment=moment)
        place = f"/api/cases/{story.case_id}"
        wrong = post(client, f"{place}/certificate", {"bureau": "tokyo", "receipt": "1"}, headers)
        assert wrong.status_code == 422
        assert {one["path"] for one in wrong.json()["errors"]} == {"/bureau", "/receipt_no", "/receipt"}
        refused = post(client, f"{place}/certificate", {"bureau": "TOKYO", "receipt_no": "T-1"}, headers)
        assert [one["code"] for one in refused.json()["refusals"]] == ["council_missing"]
        told = {"bureau": "TOKYO", "receipt_no": "T-1", "council_member": True}
        assert post(client, f"{place}/certificate", told, headers).json()["state"] == "coe_filed"
        assert client.get(f"{place}/departure", headers=headers).json()["state"] == "coe_filed"
        assert post(client, f"{place}/certificate/decision", {"coe_number": "1"}, headers).status_code == 403


def test_a_program_of_the_promoter_enters_a_certificate_with_its_scan(client):
    story = alone().go("coe_filed")
    moment = at("coe_issued")
    with time_machine.travel(moment, tick=False):
        promoter = story.who("promoter_manager", jobs.PROMOTER)
        headers = token(promoter, "departures.decide_coe", moment=moment)
        place = f"/api/cases/{story.case_id}/certificate/decision"
        paper = {"issuer": "Tokyo bureau (invented)", "received_on": str(on("coe_issued")), "scan": SCAN}
        assert [one["code"] for one in post(client, place, {"coe_number": "C-1"}, headers).json()["refusals"]] == ["scan_missing"]
        damaged = {"coe_number": "C-1", "paper": paper | {"scan": {"base64": "%%"}}}
        assert post(client, place, damaged, headers).json()["errors"][0]["path"] == "/paper/scan/base64"
        assert post(client, place, {"coe_number": "C-1", "paper": paper}, headers).status_code == 200
    assert (Departure.objects.get().state, Paper.objects.get(kind="coe").source) == ("coe_issued", "paper")
    assert Paper.objects.get(kind="coe").paper.scan.kind == "application/pdf"
