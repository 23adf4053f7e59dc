"""One's own account: settings, roles, sessions, factors, tokens, passwords."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as StoredSession
from django.test import Client
from django.urls import reverse

from rahdari.base.access import Permit, permits, signed_in
from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.access import PERMITS
from rahdari.domain.accounts.actions import (
    admit_staff,
    change_settings,
    end_role,
    end_session,
    grant_role,
    make_token,
    remove_factor,
    renew_recovery_codes,
    reset_factors,
    revoke_token,
)
from rahdari.domain.accounts.models import ApiToken
from rahdari.domain.accounts.queries import ACTING_AS, SECOND_FACTOR, actor_by_token, grants_of
from rahdari.domain.accounts.queries.account import device_of, scopes_for, sessions_of
from rahdari.domain.accounts.queries.passwords import link_for
from tests.make import people

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=366)
SIX_WORDS = "six plain words make one wall"


def codes(act, **told):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as wrong:
        act(**({"at": now()} | told))
    assert AuditEntry.objects.count() == before
    return {one.code for one in wrong.value.refusals}


class TestSettings:
    def test_change_name_language_and_look(self, client):
        someone = people.sign_in(client, "protector")
        told = {"name": "New Name (invented)", "language": "ur", "theme": "dark"}
        answer = client.post(reverse("accounts.change_settings"), told)
        assert answer["Location"] == "/ur/account/"
        page = client.get("/ur/account/").content.decode()
        assert 'data-theme="dark"' in page and 'dir="rtl"' in page and "New Name (invented)" in page
        client.post("/ur/account/settings/", told | {"theme": ""})
        assert "data-theme" not in client.get("/ur/account/").content.decode()
        someone.refresh_from_db()
        assert (someone.name, someone.language) == ("New Name (invented)", "ur")

    @pytest.mark.parametrize(("member", "value"), [("language", "fr"), ("theme", "pink"), ("name", ""), ("name", "x" * 121)])
    def test_refuse_what_there_is_not(self, client, member, value):
        people.sign_in(client, "protector")
        told = {"name": "N", "language": "en", "theme": ""} | {member: value}
        assert client.post(reverse("accounts.change_settings"), told).status_code == 422

    def test_leave_one_entry_without_the_name(self):
        actor = people.actor("protector")
        change_settings(actor=actor, name="Another (invented)", language="ja", at=now())
        entry = AuditEntry.objects.latest("id")
        assert (entry.verb, entry.facts) == ("accounts.change_settings", {"changed": ["name", "language"]})


class TestActAs:
    def test_chooses_among_ones_own_roles_for_this_session(self, client):
        someone = people.sign_in(client, "protector")
        operator = people.actor("node_operator")
        grant = grant_role(actor=operator, person_id=someone.pk, role="attache", body_id="CWA", at=now())
        before = AuditEntry.objects.count()
        client.post(reverse("accounts.act_as"), {"grant": str(grant.pk)})
        assert client.session[ACTING_AS] == str(grant.pk)
        assert AuditEntry.objects.count() == before
        other = grants_of(people.person("opf_officer"), now()).get()
        for wrong in (str(other.pk), "x", ""):
            assert client.post(reverse("accounts.act_as"), {"grant": wrong}).status_code == 404
        end_role(actor=operator, grant_id=grant.pk, at=now())
        assert "Protector of Emigrants" in client.get(reverse("accounts.see_account")).content.decode()


def begun_by(someone):
    """A visitor in whose session the person is signed in and noted."""
    visitor = Client()
    people.sign_in_as(visitor, someone)
    row = {"user": someone, "session_key": visitor.session.session_key, "ip": "0.0.0.0", "user_agent": "Firefox"}
    UserSession.objects.create(**row)
    return visitor


class TestSessions:
    def test_can_be_ended_from_another_device(self, client):
        someone = people.sign_in(client, "protector")
        other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/141.0"})
        people.sign_in_as(other, someone)
        request = other.get(reverse("accounts.see_account")).wsgi_request
        UserSession.objects.create_from_request(request)
        session = UserSession.objects.get()
        page = client.get(reverse("accounts.see_account")).content.decode()
        assert "Firefox, Windows" in page
        client.post(reverse("accounts.end_session", args=[session.pk]))
        assert other.get(reverse("accounts.see_account")).status_code == 302
        assert AuditEntry.objects.latest("id").verb == "accounts.end_session"

    def test_that_ended_ran_out_or_began_with_another_password_are_not_shown(self, client):
        someone = people.sign_in(client, "protector")
        gone, late, before = (begun_by(someone) for _ in range(3))
        gone.session.flush()
        StoredSession.objects.filter(pk=late.session.session_key).update(expire_date=now())
        stored = before.session
        stored["_auth_user_hash"] = "of another password"
        stored.save()
        kept = begun_by(someone).session.session_key
        found = sessions_of(people.actor_as(someone), kept)
        assert [one.here for one in found] == [True]
        assert UserSession.objects.get().session_key == kept

    def test_of_somebody_else_do_not_exist(self, client):
        people.sign_in(client, "protector")
        UserSession.objects.create_from_request(client.get(reverse("accounts.see_account")).wsgi_request)
        with pytest.raises(Missing):
            end_session(actor=people.actor("protector"), session_id=UserSession.objects.get().pk, at=now())

    @pytest.mark.parametrize("agent", ["", "x" * 300, "Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile", "curl/8 <script>"])
    def test_are_named_by_what_the_browser_says(self, agent):
        assert len(device_of(agent)) <= 40

    def test_keep_no_address(self, client):
        people.sign_in(client, "protector")
        UserSession.objects.create_from_request(client.get("/en/account/", REMOTE_ADDR="203.0.113.7").wsgi_request)
        assert UserSession.objects.get().ip == "0.0.0.0"


class TestFactors:
    def test_the_last_one_stays_and_another_ones_does_not_exist(self):
        actor = people.actor("protector")
        factor = TOTP.activate(people.Person.objects.get(pk=actor.person), "A" * 32).instance
        assert codes(remove_factor, actor=actor, factor_id=factor.pk) == {"last_factor"}
        with pytest.raises(Missing):
            remove_factor(actor=people.actor("protector"), factor_id=factor.pk, at=now())

    def test_recovery_codes_are_made_only_beside_a_factor(self):
        actor = people.actor("protector")
        assert codes(renew_recovery_codes, actor=actor) == {"no_factor_yet"}
        TOTP.activate(people.Person.objects.get(pk=actor.person), "A" * 32)
        made = renew_recovery_codes(actor=actor, at=now())
        assert len(set(made)) == 10 and {len(one) for one in made} == {10}
        assert made[0] not in str(list(Authenticator.objects.values_list("data", flat=True)))

    def test_a_change_asks_for_a_fresh_proof(self, client):
        people.sign_in(client, "protector")
        session = client.session
        session[SECOND_FACTOR] = (now() - dt.timedelta(minutes=16)).isoformat()
        session.save()
        for name in ("accounts.add_totp", "accounts.add_passkey"):
            assert client.get(reverse(name))["Location"].startswith(reverse("accounts.prove_again"))
        for name in ("accounts.renew_recovery_codes", "accounts.make_token"):
            assert client.post(reverse(name))["Location"].startswith(reverse("accounts.prove_again"))
        assert client.get(reverse("accounts.see_factors")).status_code == 200

    def test_a_change_is_told_by_letter(self, client, django_capture_on_commit_callbacks):
        people.sign_in(client, "protector")
        TOTP.activate(people.Person.objects.latest("created_at"), "A" * 32)
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post(reverse("accounts.renew_recovery_codes"))
        assert page.status_code == 200 and page["Cache-Control"] == "no-store"
        assert letters_in_folder(1)[0].template == "accounts/letters/factor_changed"


class TestTokens:
    @pytest.fixture
    def scope(self):
        """A permission of an imagined package, open to whoever signed in."""
        return permits("imagined", {"count_trees": (signed_in,)})["count_trees"]

    def make(self, actor, scope, **told):
        asked = {"name": "program", "scopes": [scope.name], "expires_at": now() + dt.timedelta(days=30), "at": now()}
        return make_token(actor=actor, **(asked | told))

    def test_act_in_the_role_for_what_they_name_alone(self, scope):
        actor = people.actor("protector")
        token, secret = self.make(actor, scope)
        program, found = actor_by_token(secret, now())
        assert found == token and (program.role, program.body, program.channel) == ("protector", "PROTECTOR", "api")
        assert scope.why_not(program) == []
        other = Permit("imagined.cut_trees", (signed_in,))
        assert [one.code for one in other.why_not(program)] == ["not_in_scope"]
        assert PERMITS["see_roles"].why_not(program) == []

    def test_keep_only_a_fingerprint(self, scope):
        _token, secret = self.make(people.actor("protector"), scope)
        assert secret not in str(list(ApiToken.objects.values())) + str(list(AuditEntry.objects.values()))

    def test_end_with_the_day_the_role_the_person_and_the_wish(self, scope):
        someone = people.person("protector")
        actor = people.actor_as(someone)
        token, secret = self.make(actor, scope)
        assert actor_by_token(secret, now() + dt.timedelta(days=31)) is None
        assert actor_by_token(secret + "x", now()) is None
        revoke_token(actor=actor, token_id=token.pk, at=now())
        assert actor_by_token(secret, now()) is None
        _token, secret = self.make(actor, scope)
        end_role(actor=people.actor("node_operator"), grant_id=grants_of(someone, now()).get().pk, at=now())
        assert actor_by_token(secret, now()) is None

    def test_are_not_made_for_accounts_for_too_long_for_nothing_or_without_a_role(self, scope):
        actor = people.actor("protector")
        assert "accounts.make_token" not in scopes_for(actor)
        assert codes(self.make, actor=actor, scope=scope, scopes=["accounts.make_token"]) == {"scope_unknown"}
        assert codes(self.make, actor=actor, scope=scope, scopes=[]) == {"scopes_missing"}
        assert codes(self.make, actor=actor, scope=scope, expires_at=now() + YEAR + dt.timedelta(hours=1)) == {
            "token_life_too_long"
        }
        roleless = Actor("pk", "none", "", actor.person, "x")
        assert codes(self.make, actor=roleless, scope=scope) == {"not_permitted"}

    def test_of_somebody_else_cannot_be_revoked(self, scope):
        token, _secret = self.make(people.actor("protector"), scope)
        assert codes(revoke_token, actor=people.actor("protector"), token_id=token.pk) == {"not_permitted"}

    def test_are_not_made_by_tokens(self, scope):
        _token, secret = self.make(people.actor("protector"), scope)
        program, _found = actor_by_token(secret, now())
        assert codes(self.make, actor=program, scope=scope) == {"not_in_scope"}

    def test_page_shows_the_secret_once(self, client, scope):
        people.sign_in(client, "protector")
        page = client.post(reverse("accounts.make_token"), {"name": "n", "scopes": [scope.name], "days": "10"})
        secret = page.context["secret"]
        assert secret in page.content.decode()
        assert secret not in client.get(reverse("accounts.see_tokens")).content.decode()


class TestPasswords:
    def link(self, letters):
        return letters_in_folder(1)[0].text.partition("http://")[2].split()[0].partition("/")[2]

    def test_are_chosen_by_a_link_once(self, client, django_capture_on_commit_callbacks):
        told = {"email": "new@pk.test.invalid", "name": "New (invented)", "language": "en", "role": "protector"}
        operator = people.actor("node_operator")
        with django_capture_on_commit_callbacks(execute=True):
            someone = admit_staff(actor=operator, **told, body_id="PROTECTOR", at=now())
        path = "/" + self.link(None)
        assert client.get(path).status_code == 200
        assert client.post(path, {"password": "new@pk.test"}).status_code == 422
        assert client.post(path, {"password": "password1234"}).status_code == 422
        assert client.post(path, {"password": SIX_WORDS})["Location"] == reverse("accounts.sign_in")
        assert client.post(path, {"password": SIX_WORDS + "!"}).status_code == 422
        answer = client.post(reverse("accounts.sign_in"), {"email": someone.email, "password": SIX_WORDS})
        assert answer["Location"] == reverse("accounts.see_factors")

    def test_asking_answers_alike_for_known_and_unknown(self, client):
        someone = people.person("protector")
        pages = [client.post(reverse("accounts.ask_new_password"), {"email": one}) for one in (someone.email, "no@test.invalid")]
        texts = [one.content.decode().replace(one.headers["X-Request-Id"], "") for one in pages]
        assert pages[0].status_code == 200 and texts[0] == texts[1]
        entries = AuditEntry.objects.filter(verb="accounts.ask_new_password")
        assert [one.facts["known"] for one in entries.order_by("id")] == [True, False]

    def test_a_made_up_link_is_refused(self, client):
        someone = people.person("protector")
        path = reverse("accounts.choose_password", args=[someone.pk, "abc-def"])
        assert client.post(path, {"password": SIX_WORDS}).status_code == 422
        other = reverse("accounts.choose_password", args=["0198c0de-0000-7000-8000-000000000000", "abc-def"])
        assert client.post(other, {"password": SIX_WORDS}).status_code == 422

    def test_changing_needs_the_present_one_and_ends_other_sessions(self, client):
        someone = people.person("protector")
        link = link_for(someone, "en").partition("http://")[2].partition("/")[2]
        client.post("/" + link, {"password": SIX_WORDS})
        other = Client()
        for one in (client, other):
            someone.refresh_from_db()
            people.sign_in_as(one, someone)
        path = reverse("accounts.change_password")
        assert client.post(path, {"old": "wrong", "password": SIX_WORDS + "!"}).status_code == 422
        assert client.post(path, {"old": SIX_WORDS, "password": SIX_WORDS + "!"}).status_code == 302
        assert client.get(reverse("accounts.see_account")).status_code == 200
        assert other.get(reverse("accounts.see_account")).status_code == 302


class TestDelegation:
    def test_is_made_and_given_back_on_the_account_page(self, client):
        someone, colleague = people.person("protector"), people.person("protector")
        people.sign_in_as(client, someone)
        until = (now() + dt.timedelta(days=3)).date().isoformat()
        assert client.post(reverse("accounts.delegate_role"), {"person": colleague.pk, "until": until}).status_code == 302
        assert colleague.name in client.get(reverse("accounts.see_account")).content.decode()
        grant = grants_of(colleague, now()).get(for_person=someone)
        people.sign_in_as(client, colleague)
        assert client.post(reverse("accounts.end_delegation", args=[grant.pk])).status_code == 302
        stranger = people.person("opf_officer")
        people.sign_in_as(client, stranger)
        assert client.post(reverse("accounts.delegate_role"), {"person": colleague.pk, "until": until}).status_code == 422


class TestStaffPages:
    """The operator admits, gives and ends roles, and lets people begin anew; nobody else does."""

    def test_the_operator_admits_somebody(self, client, django_capture_on_commit_callbacks):
        people.sign_in(client, "node_operator")
        told = {
            "name": "New (invented)",
            "email": "New@pk.test.invalid",
            "language": "ur",
            "role": "protector",
            "body": "PROTECTOR",
        }
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("accounts.admit_staff"), told | {"office": "LHR"}).status_code == 302
        assert letters_in_folder(1)[0].address == "new@pk.test.invalid"
        page = client.get(reverse("accounts.see_people")).content.decode()
        assert "New (invented)" in page and "new@pk.test.invalid" in page
        again = client.post(reverse("accounts.admit_staff"), told)
        assert again.status_code == 422 and "has an account with this address" in again.content.decode()
        wrong = client.post(reverse("accounts.admit_staff"), told | {"email": "x@y.invalid", "body": "OPF"})
        assert wrong.status_code == 422 and "does not belong to this office" in wrong.content.decode()

    def test_a_role_is_given_and_ended(self, client):
        people.sign_in(client, "node_operator")
        someone = people.person("protector")
        path = reverse("accounts.grant_role", args=[someone.pk])
        assert client.post(path, {"role": "attache", "body": "CWA"}).status_code == 302
        assert client.post(path, {"role": "oec_officer", "body": "OEC"}).status_code == 422
        grant = grants_of(someone, now()).get(role="attache")
        client.post(reverse("accounts.end_role", args=[grant.pk]))
        assert grants_of(someone, now()).count() == 1
        assert client.get(path).status_code == 200

    def test_a_manager_sees_the_own_firm_only(self, client):
        manager = people.sign_in(client, "promoter_manager", "pk:org:one")
        clerk, other = people.person("promoter_clerk", "pk:org:one"), people.person("promoter_clerk", "pk:org:two")
        page = client.get(reverse("accounts.see_people")).content.decode()
        assert clerk.name in page and manager.name in page and other.name not in page
        assert client.get(reverse("accounts.grant_role", args=[other.pk])).status_code == 404
        assert client.post(reverse("accounts.reset_factors", args=[clerk.pk])).status_code == 403

    def test_an_officer_sees_none_of_it(self, client):
        people.sign_in(client, "protector")
        assert client.get(reverse("accounts.see_people")).status_code == 403
        assert client.post(reverse("accounts.admit_staff")).status_code == 403

    def test_who_lost_every_factor_begins_anew_by_the_own_address(self, client, django_capture_on_commit_callbacks):
        someone = people.person("protector")
        TOTP.activate(someone, "A" * 32)
        theirs = Client()
        people.sign_in_as(theirs, someone)
        operator = people.sign_in(client, "node_operator")
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("accounts.reset_factors", args=[someone.pk])).status_code == 302
        assert letters_in_folder(1)[0].address == someone.email
        assert not Authenticator.objects.filter(user=someone).exists()
        assert theirs.get(reverse("accounts.see_account")).status_code == 302
        assert codes(reset_factors, actor=people.actor_as(operator), person_id=operator.pk) == {"not_to_oneself"}
        assert codes(reset_factors, actor=people.actor("protector"), person_id=someone.pk) == {"not_permitted"}
        worker = people.worker()
        assert codes(reset_factors, actor=people.actor_as(operator), person_id=worker.pk) == {"not_staff"}
