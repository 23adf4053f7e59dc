"""The pass by its doors: the page of the worker, the API, the kit anyone may take, and `rahdari pass verify` with nothing else."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import pytest
import time_machine

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.checks.wording.passes import FINDINGS_OF_PASSES
from rahdari.domain.departures.models import Pass, PassList
from rahdari.domain.departures.rules.passes import FINDINGS
from rahdari.domain.exchange.models import Partner
from rahdari.project import timetable
from rahdari.project.cli.passes import STATUS
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_revocations
from tests.make.exchange import Corridor, swapped
from tests.make.passes import founded
from tests.make.people import sign_in, sign_in_as
from tests.make.thread import alone, at

pytestmark = pytest.mark.django_db


def verify(folder, token, *more):
    """The command in a process of its own, which has no database."""
    (folder / "pass.txt").write_bytes(token if isinstance(token, bytes) else token.encode())
    command = [sys.executable, "-m", "rahdari.project.cli", "pass", "verify", folder / "pass.txt", "--kit", folder / "kit.json"]
    environment = os.environ | {"PGHOST": "/nowhere", "RAHDARI_MODE": "test"}
    done = subprocess.run(
        [*map(str, command), *more], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout.startswith("{") else None, done.stderr


def test_every_outcome_has_its_words_and_its_exit_status():
    outcomes = {"malformed", "signature", "key_unknown", "key_out_of_validity", *FINDINGS}
    assert set(STATUS) == outcomes and len(set(STATUS.values())) == len(STATUS)
    for one in (*outcomes, "compare", "compared"):
        assert FINDINGS_OF_PASSES[f"pass_{one}"] and FINDINGS_OF_PASSES[f"pass_more_{one}"]


def test_from_the_workers_page_to_a_check_without_a_node(client, settings, tmp_path):
    founded(settings)
    story = alone().go("registered")
    token, place = Pass.objects.get().token, f"/en/departures/{story.case_id}/pass/"
    with time_machine.travel(at("registered"), tick=False):
        sign_in_as(client, story.file.person)
        page = client.get(place).content.decode()
        assert token in page and story.file.passport_no in page and "<svg" in page
        told = {"name": "program", "scopes": ["departures.see_pass"], "expires_at": now() + dt.timedelta(days=1), "at": now()}
        headers = {"Authorization": f"Bearer {make_token(actor=story.who('protector', office='PEW'), **told)[1]}"}
        answer = client.get(f"/api/cases/{story.case_id}/pass", headers=headers).json()
        assert answer["paper"] == token and len(answer["address"].encode()) <= 1_000
        client.logout()
        assert client.get(place).status_code in (302, 403)
        sign_in(client, "promoter_manager")
        assert client.get(place).status_code in (403, 404)
        client.logout()
        kit = client.get("/api/checks/pass-kit").json()
        (tmp_path / "kit.json").write_text(json.dumps(kit), encoding="utf-8")
        shown = {"paper": token, "passport": "ZZ9990000"}
        said = client.post("/api/checks/passes", shown, content_type="application/json").json()
        assert (said["outcome"], said["differ"]) == ("other_person", ["passport"])
        wrong = client.post("/api/checks/passes", shown | {"born": "1.2.1999"}, content_type="application/json")
        assert wrong.status_code == 422
        typed = {"paper": token, "passport": story.file.passport_no, "born": ""}
        assert str(FINDINGS_OF_PASSES["pass_good"]) in client.post("/en/checks/paper/", typed).content.decode()
    moment = ["--at", at("registered").isoformat()]
    code, told, words = verify(tmp_path, token, *moment, "--passport", story.file.passport_no)
    assert (code, told["outcome"], told["compared"]) == (0, "good", ["passport"]) and "genuine" in words
    code, told, words = verify(tmp_path, token, "--at", "2027-04-01T00:00:00+09:00", "--born", "1980-01-01", "--language", "ja")
    assert (code, told["findings"]) == (18, ["other_person", "list_too_old"]) and "別人" in words
    assert verify(tmp_path, b"\x89PNG\r\n")[0] == 2


def test_the_list_of_the_other_state_is_fetched_checked_and_published_here(client, settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    corridor = Corridor(settings)
    clerk = corridor.partner.keys["clerk"]
    row = Partner.objects.get()
    moment = now()
    told = {"node": "pk", "revoked": [(7, 7, moment.date())], "issued_at": moment, "next_update": moment + dt.timedelta(days=1)}
    good, forged = make_revocations(**told, key=clerk), make_revocations(**told, key=new_key("clerk", 0, 4_000_000_000))
    with swapped(timetable, "published_lists", lambda partner: [forged, "x.y.z", good] if partner == row else []):
        assert timetable.fetch_pass_lists(at=moment) == 1
        assert timetable.fetch_pass_lists(at=moment) == 0
    assert PassList.objects.get().token == good
    assert client.get("/api/checks/pass-kit").json()["lists"] == [good]
