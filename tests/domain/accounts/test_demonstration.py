"""The invented people: everybody one can be in the demonstration, and nobody at all in production."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.secrets import with_new_keys
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.accounts.models import Grant, Person
from rahdari.domain.accounts.queries.demonstration import invented_people
from rahdari.domain.accounts.queries.factors import code_at
from rahdari.domain.accounts.rules.demonstration import MARK, PASSWORD, STAFF, WORKERS, totp_secret
from rahdari.domain.accounts.rules.roles import roles_on
from rahdari.project.cli.people import ways_in
from rahdari.project.production import production_check, why_not_start
from tests.make import people

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["pk", "jp"])
def node(request, settings):
    settings.RAHDARI_NODE, settings.DEMO = request.param, True
    return request.param


def seed(node):
    return seed_demonstration(actor=machine(node, "command"), at=now())


class TestSeedDemonstration:
    def test_makes_somebody_for_every_role_of_the_node_once(self, node):
        made = seed(node)
        assert len(made) == len(STAFF[node]) + len(WORKERS[node])
        assert seed(node) == []
        assert AuditEntry.objects.filter(verb="accounts.seed_demonstration").count() == 2
        roles = set(Grant.objects.values_list("role", flat=True))
        assert roles == {role.code for role in roles_on(node) if role.held}
        assert all(one.name.endswith(MARK) and one.invented for one in Person.objects.all())

    def test_is_refused_in_production(self, node, settings):
        settings.DEMO = settings.TEST = False
        with pytest.raises(Refused):
            seed(node)

    def test_is_refused_to_people(self, node):
        with pytest.raises(Refused):
            seed_demonstration(actor=people.actor("auditor", node=node), at=now())


class TestTheCommand:
    def test_lists_how_everybody_signs_in(self, node):
        made = seed(node)
        first, *lines = ways_in()
        assert first.split()[-1].endswith("/en/account/demonstration/")
        assert {line.split(maxsplit=1)[1] for line in lines} == {one.email or one.phone for one in made}


class TestThePage:
    def test_lets_a_visitor_in_with_one_press_whole(self, client, node):
        seed(node)
        for one in invented_people(machine(node, "web"), now()):
            answer = client.post(reverse("accounts.demonstration"), {"person": str(one.person.pk)})
            assert answer.status_code == 302
            assert client.get(reverse("accounts.see_account")).context["actor"].role == one.role

    def test_names_password_and_codes_that_work_by_hand(self, client, node):
        seed(node)
        page = client.get(reverse("accounts.demonstration")).content.decode().replace("<wbr>", "")
        email = STAFF[node][-1].email(node)
        assert PASSWORD in page and email in page
        client.post(reverse("accounts.sign_in"), {"email": email, "password": PASSWORD})
        code = code_at(totp_secret(email), now())
        assert client.post(reverse("accounts.enter_second_factor"), {"code": code}).status_code == 302
        assert client.get(reverse("web.worklist")).status_code == 200

    def test_lets_nobody_be_a_real_person(self, client, node):
        real = people.person("auditor", node=node)
        for wrong in (str(real.pk), "x", ""):
            assert client.post(reverse("accounts.demonstration"), {"person": wrong}).status_code == 404

    def test_gives_a_new_session_and_one_entry(self, client, node):
        person = seed(node)[0]
        client.get(reverse("accounts.demonstration"))
        before = AuditEntry.objects.count()
        client.post(reverse("accounts.demonstration"), {"person": str(person.pk)})
        assert [one.verb for one in AuditEntry.objects.order_by("id")[before:]] == ["accounts.demonstration"]

    def test_does_not_exist_outside_the_demonstration(self, client, node, settings):
        person = seed(node)[0]
        settings.DEMO = False
        for name in ("accounts.demonstration", "accounts.see_outbox"):
            assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse("accounts.demonstration"), {"person": str(person.pk)}).status_code == 404
        assert "_auth_user_id" not in client.session


class TestProduction:
    """A production start refuses invented people, secrets nobody made, and DEBUG."""

    @pytest.fixture(autouse=True)
    def production(self, settings, tmp_path):
        settings.RAHDARI_MODE, settings.DEMO, settings.TEST, settings.DEBUG = "production", False, False, False
        settings.SECRET_KEY = "abcdefghijklmnopqrstuvwxyz0123456789" * 2
        settings.RAHDARI_FIELD_KEYS_FILE = str(tmp_path / "fresh.json")
        (tmp_path / "fresh.json").write_text(json.dumps(with_new_keys({})))
        (tmp_path / "fresh.json").chmod(0o600)
        settings.PLAIN_HTTP = False
        settings.RAHDARI_GATEWAYS = {"sms": "a.Gateway", "email": "rahdari.base.letters.MailGateway"}

    def test_starts_when_all_is_well(self):
        assert why_not_start() == []

    def test_refuses_invented_people(self, settings):
        settings.RAHDARI_MODE, settings.DEMO = "demo", True
        seed(settings.RAHDARI_NODE)
        settings.RAHDARI_MODE, settings.DEMO = "production", False
        assert any("invented" in one for one in why_not_start())

    @pytest.mark.parametrize(
        ("name", "value", "word"),
        [
            ("DEBUG", True, "RAHDARI_DEBUG"),
            ("SECRET_KEY", "unsafe-only-for-commands-without-sessions", "RAHDARI_SECRET_KEY_FILE"),
            ("SECRET_KEY", "short", "RAHDARI_SECRET_KEY_FILE"),
            ("SECRET_KEY", "devkey" * 10, "RAHDARI_SECRET_KEY_FILE"),
            ("RAHDARI_FIELD_KEYS_FILE", "/nowhere/field_keys.json", "RAHDARI_FIELD_KEYS_FILE"),
            ("ALLOWED_HOSTS", ["*"], "RAHDARI_HOSTS"),
        ],
    )
    def test_refuses(self, settings, name, value, word):
        setattr(settings, name, value)
        assert [one for one in why_not_start() if word in one]

    def test_refuses_field_keys_everybody_knows(self, settings, tmp_path):
        path = tmp_path / "keys.json"
        path.write_text('{"closing": [{"id": "00000001", "key": "%s"}], "index": []}' % ("A" * 43 + "="))
        settings.RAHDARI_FIELD_KEYS_FILE = str(path)
        assert [one for one in why_not_start() if "RAHDARI_FIELD_KEYS_FILE" in one]

    def test_refuses_keys_that_others_may_read(self, tmp_path):
        (tmp_path / "fresh.json").chmod(0o644)
        assert [one for one in why_not_start() if "chmod 600" in one]

    def test_warns_of_letters_nobody_receives(self, settings):
        settings.RAHDARI_GATEWAYS = {"sms": settings.FOLDER_GATEWAY, "email": "rahdari.base.letters.MailGateway"}
        assert [one.id for one in production_check(None)] == ["rahdari.W001"]

    def test_says_nothing_outside_production(self, settings):
        settings.RAHDARI_MODE, settings.DEBUG = "test", True
        assert why_not_start() == []
