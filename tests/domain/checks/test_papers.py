"""The card of a licence and the page that checks papers; API and command."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
from django.db.models import QuerySet
from typer.testing import CliRunner

from rahdari.base.clock import day_at, now
from rahdari.domain.organisations.models import Organisation
from rahdari.project.cli.app import app
from rahdari.seals.tokens import LARGEST_PAPER, read_paper
from tests.make import organisations as make
from tests.make.exchange import Corridor

pytestmark = pytest.mark.django_db
NAMES = ("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)", "シターラ斡旋(架空)")


@pytest.fixture
def corridor(settings):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    return Corridor(settings)


@pytest.fixture
def sitara(corridor):
    return make.licensed(at=now(), names=NAMES, until=day_at(now(), "pk") + dt.timedelta(days=400))


def token_on(client, organisation):
    page = client.get(f"/en/checks/paper/licence/{organisation.pk}/")
    assert page.status_code == 200
    return re.search(r"#([\w-]+\.[\w-]+\.[\w-]+)", page.content.decode())[1]


def checked(client, text, language="en"):
    page = client.post(f"/{language}/checks/paper/", {"paper": text})
    assert page.status_code == 200
    return html.unescape(page.content.decode().partition("<template")[0])


def altered(token):
    header, payload, signature = token.split(".")
    return ".".join([header, payload[:-8] + ("A" if payload[-8] != "A" else "B") + payload[-7:], signature])


class TestTheCard:
    def test_holds_what_anyone_may_know_and_no_more(self, client, sitara):
        paper = read_paper(token_on(client, sitara))
        assert set(paper.facts) == {"id", "holder", "number", "state", "since", "names"}
        assert paper.facts["number"] == "OP&HRD/4325/LHR/2018" and paper.facts["names"] == list(NAMES)
        assert paper.node == "pk" and paper.until == Organisation.objects.get(pk=sitara.pk).valid_until

    def test_leads_to_the_page_that_checks_it(self, client, sitara, settings):
        page = client.get(f"/ur/checks/paper/licence/{sitara.pk}/").content.decode()
        assert "<svg" in page and 'href="/ur/checks/paper/#' in page

    def test_the_page_of_the_licence_leads_to_it(self, client, sitara):
        assert f"/en/checks/paper/licence/{sitara.pk}/" in client.get(f"/en/licences/{sitara.pk}/").content.decode()

    def test_long_names_are_left_out_rather_than_the_number(self, client, corridor):
        long = tuple(f"{'ستارہ ' * 30}{number}" for number in range(3))
        token = token_on(client, make.licensed(at=now(), names=long))
        assert len(token) <= LARGEST_PAPER and len(read_paper(token).facts["names"]) < 3

    def test_none_for_a_licence_that_does_not_hold(self, client, sitara):
        make.made("cancel_licence", sitara, at=now(), text="What three workers said.")
        assert client.get(f"/en/checks/paper/licence/{sitara.pk}/").status_code == 404
        assert "/checks/paper/licence/" not in client.get(f"/en/licences/{sitara.pk}/").content.decode()

    def test_none_for_an_entry_of_the_other_state(self, client, sitara):
        QuerySet(Organisation).filter(pk=sitara.pk).update(home="jp")
        assert client.get(f"/en/checks/paper/licence/{sitara.pk}/").status_code == 404

    def test_none_before_the_node_has_keys(self, client, settings, tmp_path):
        settings.RAHDARI_HOME = str(tmp_path)
        alone = make.licensed(at=now(), names=NAMES)
        assert client.get(f"/en/checks/paper/licence/{alone.pk}/").status_code == 404
        assert "/checks/paper/licence/" not in client.get(f"/en/licences/{alone.pk}/").content.decode()


class TestThePage:
    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_says_what_a_genuine_paper_says(self, client, sitara, language):
        said = checked(client, token_on(client, sitara), language)
        assert "OP&HRD/4325/LHR/2018" in said and all(name in said for name in NAMES)
        assert "alert ok" in said

    def test_takes_the_whole_address_and_broken_lines(self, client, sitara):
        token = token_on(client, sitara)
        assert "This paper is genuine." in checked(client, f"https://pk.invalid/ur/checks/paper/#{token[:40]}\n {token[40:]}")

    def test_shows_nothing_of_a_forged_one(self, client, sitara):
        said = checked(client, altered(token_on(client, sitara)))
        assert "genuine" not in said and "Look it up" not in said and "<dl" not in said

    def test_says_that_something_else_is_no_paper(self, client, corridor):
        for text in ("hello", "a.b.c", "\x00", "<script>alert(1)</script>"):
            assert "This is no paper of Rahdari." in checked(client, text)

    def test_an_old_paper_still_says_when_it_was_said(self, client, sitara):
        """A card is no answer about today: the page says of when it is, and leads to the register."""
        said = checked(client, token_on(client, sitara))
        assert "Said on" in said and "/en/licences/?q=OP%26HRD/4325/LHR/2018" in said


class TestForPrograms:
    def test_the_same_answers(self, client, sitara):
        token = token_on(client, sitara)
        told = client.post("/api/checks/papers", {"paper": token}, "application/json").json()
        assert told["outcome"] == "genuine" and told["paper"]["facts"]["number"] == "OP&HRD/4325/LHR/2018"
        told = client.post("/api/checks/papers", {"paper": altered(token)}, "application/json").json()
        assert told["outcome"] in ("signature", "malformed") and told["paper"] is None

    def test_the_keys_of_both_states_are_there_and_no_secret(self, client, corridor):
        keys = client.get("/api/checks/paper-keys").json()["keys"]
        assert [one["node"] for one in keys] == ["pk", "jp"]
        assert all(set(one) == {"node", "kid", "x", "nbf", "exp"} for one in keys)

    def test_the_command_needs_the_keys_alone(self, client, sitara, tmp_path):
        token, keys, paper = token_on(client, sitara), tmp_path / "keys.json", tmp_path / "paper.txt"
        keys.write_bytes(client.get("/api/checks/paper-keys").content)
        paper.write_text(token)
        answer = CliRunner().invoke(app, ["check-paper", str(paper), "--keys", str(keys)])
        assert answer.exit_code == 0 and json.loads(answer.stdout)["paper"]["kind"] == "licence"
        answer = CliRunner().invoke(app, ["check-paper", "-", "--keys", str(keys)], input=altered(token))
        assert answer.exit_code == 1 and json.loads(answer.stdout)["paper"] is None

    def test_the_command_says_what_is_wrong_with_its_keys(self, tmp_path):
        keys = tmp_path / "keys.json"
        for text in ("", "[]", '{"keys": [{}]}', '{"keys": 1}'):
            keys.write_text(text)
            answer = CliRunner().invoke(app, ["check-paper", "-", "--keys", str(keys)], input="x")
            assert answer.exit_code == 2 and "no list of keys" in answer.stderr


def test_the_script_that_keeps_the_page_lists_files_that_are_there(client, corridor):
    answer = client.get("/ur/checks/paper/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    told = answer.content.decode()
    assert "'/ur/checks/paper/'" in told.replace("\\u002D", "-") and "checks/paper.js" in told.replace("\\u002D", "-")


def test_a_day_is_not_moved_by_the_clock_of_the_reader(client, sitara):
    """The last day is the day before the first without validity, in every language."""
    until = Organisation.objects.get(pk=sitara.pk).valid_until
    last = until - dt.timedelta(days=1)
    assert f"{last.day} " in checked(client, token_on(client, sitara)) and str(last.year) in checked(
        client, token_on(client, sitara), "ja"
    )
