"""A worker lets a member of the family watch: codes to both phones, what was ticked and no more, until either ends it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.urls import reverse

from rahdari.base.actor import stranger
from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import AuditEntry, Look
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work
from rahdari.domain.accounts.actions import allow_proxy, ask_code, end_proxy, enter_code, forget_people
from rahdari.domain.accounts.models import Person, Proxy
from rahdari.domain.accounts.rules.opening import PHONE_RESTS
from rahdari.domain.accounts.rules.proxies import (
    CODES_LAST,
    COSTS,
    LINE,
    MOST_WATCHERS,
    SEES,
    Asked,
    codes_count,
    spoken_name,
    why_not_ask_proxy,
    why_not_watch,
)
from tests.make import people, placements
from tests.make.thread import FLIGHT, alone
from tests.make.watches import CODE, OWN, THEIRS, allowed, asked

AT = dt.datetime(2026, 11, 25, 10, 7, tzinfo=dt.UTC)
WRONG = "000000"


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"their_phone": OWN}, ["same_phone"]),
        ({"their_phone": None}, ["phone_not_valid"]),
        ({"own_phone": None}, ["own_phone_missing"]),
        ({"sees": ()}, ["nothing_ticked"]),
        ({"sees": (LINE, "health")}, ["nothing_ticked"]),
        ({"open_ones": MOST_WATCHERS, "allowed_already": True}, ["too_many_watchers", "watches_already"]),
    ],
)
def test_every_reason_against_asking_is_said(changed, codes):
    told = {"own_phone": OWN, "their_phone": THEIRS, "sees": (LINE,), "open_ones": 0, "allowed_already": False}
    assert [one.code for one in why_not_ask_proxy(Asked(**(told | changed)))] == codes


@pytest.mark.parametrize(
    ("state", "tries", "minutes", "counts"),
    [
        ("proxy_asked", 0, 29, True),
        ("proxy_asked", 0, 30, False),
        ("proxy_asked", 5, 1, False),
        ("proxy_allowed", 0, 1, False),
        ("proxy_ended", 0, 1, False),
    ],
)
def test_codes_count_for_half_an_hour_and_five_tries(state, tries, minutes, counts):
    assert codes_count(state, tries, AT + CODES_LAST, AT + dt.timedelta(minutes=minutes)) is counts


def test_an_account_that_may_be_somebody_elses_by_now_does_not_watch():
    told = {"open_account": True, "staff": False, "rested": False, "card": True}
    assert not why_not_watch(**told) and not why_not_watch(**(told | {"rested": True, "card": False}))
    for changed in ({"open_account": False}, {"staff": True}, {"rested": True}):
        assert why_not_watch(**(told | changed))


def test_a_name_in_a_message_is_a_name_and_no_advertisement():
    assert spoken_name("Zarghuna O'Khan-Bibi") == "Zarghuna O'Khan-Bibi" and spoken_name("زرغونہ بی بی") == "زرغونہ بی بی"
    assert spoken_name("Prize! Call 0300 1234567, www.evil.pk/win?x=1") == "Prize Call www evil pk win x"
    assert len(spoken_name("x" * 120)) == 40


def refused(act, **told):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as wrong:
        act(**({"at": now()} | told))
    assert AuditEntry.objects.count() == before
    return [one.code for one in wrong.value.refusals]


@pytest.mark.django_db
class TestAllowing:
    def test_takes_both_codes_and_is_there_at_once(self, django_capture_on_commit_callbacks):
        worker = people.actor_as(people.worker(OWN))
        with django_capture_on_commit_callbacks(execute=True):
            made = asked(worker)
        assert {one.address for one in letters_in_folder(2)} == {OWN, THEIRS}
        told = {"actor": worker, "proxy_id": made.pk, "at": now()}
        assert allow_proxy(**told, own_code=CODE, their_code=WRONG) is None
        assert allow_proxy(**told, own_code=WRONG, their_code=CODE) is None
        assert Person.objects.filter(staff=False).count() == 1
        done = allow_proxy(**told, own_code=CODE, their_code=CODE)
        assert done.person.phone == THEIRS and done.person.identity is None and done.tries == 2
        assert allow_proxy(**told, own_code=CODE, their_code=CODE) is None
        assert refused(lambda **more: asked(worker, **more)) == ["watches_already"]

    def test_rings_phones_of_the_two_countries_alone(self):
        worker = people.actor_as(people.worker(OWN))
        for phone in ("+442079460000", "+37190000001", "+92512201234"):
            assert refused(lambda phone=phone, **more: asked(worker, phone, **more)) == ["phone_not_valid"]

    def test_keeps_phone_name_and_codes_closed_and_nothing_of_them_once_it_ended(self):
        worker = people.actor_as(people.worker(OWN))
        done = allowed(worker)
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(p::text, ' ') || (select string_agg(a::text, ' ') from base_auditentry a)"
                           " from accounts_proxy p")  # fmt: skip
            kept = cursor.fetchone()[0]
        assert not [one for one in (THEIRS[3:], "Ammi", CODE) if one in kept]
        end_proxy(actor=people.actor_as(done.person), proxy_id=done.pk, at=now())
        row = Proxy.objects.get()
        assert (row.name, row.phone, row.own_code, row.their_code, row.state) == (None, None, "", "", "proxy_ended")
        assert refused(end_proxy, actor=worker, proxy_id=done.pk) == ["wrong_state"]

    def test_does_not_open_the_account_of_a_number_that_rested(self):
        worker, late = people.actor_as(people.worker(OWN)), now() + PHONE_RESTS + dt.timedelta(days=1)
        people.worker(THEIRS, "17301-9999999-1")
        made = asked(worker, at=late)
        told = {"proxy_id": made.pk, "own_code": CODE, "their_code": CODE}
        assert refused(allow_proxy, actor=worker, **told, at=late) == ["watcher_signs_in_first"]

    def test_a_number_that_rested_watches_nobody_of_before(self):
        first = people.actor_as(people.worker(OWN))
        other = people.actor_as(people.worker("+923001110003"))
        old, late = allowed(first), now() + PHONE_RESTS + dt.timedelta(days=1)
        done = allowed(other, at=late)
        old.refresh_from_db()
        assert (old.state, done.person_id) == ("proxy_ended", old.person_id)

    def test_goes_with_the_account(self):
        officer, done = people.actor("oec_counter"), allowed(people.actor_as(people.worker(OWN)))
        with unit_of_work("tests.erase", actor=officer, at=now()) as unit:
            forget_people(actor=officer, people=[done.person_id], at=now())
            unit.about(Person(pk=done.person_id))
        assert not Proxy.objects.exists()


@pytest.mark.django_db
class TestThePages:
    def test_a_watcher_comes_in_by_their_own_phone_and_sees_what_was_ticked(self, client, monkeypatch):
        worker, case = placements.applied(at=now())
        _with_phone(worker)
        done = allowed(worker, sees=(COSTS,))
        monkeypatch.setattr("secrets.randbelow", lambda _most: 123456)
        ask_code(actor=stranger("pk"), phone=THEIRS, language="ur", at=now())
        watcher = enter_code(actor=stranger("pk"), phone=THEIRS, code="123456", at=now())
        assert watcher == done.person
        people.sign_in_as(client, watcher)
        assert str(done.pk) in client.get(reverse("accounts.see_watches")).content.decode()
        page = client.get(reverse("accounts.see_watched", args=[done.pk])).content.decode()
        assert case.demand.employer_name not in page
        look = Look.objects.get(about=worker.person)
        assert (look.by_role, look.by_person, look.purpose) == ("family_proxy", watcher.pk, "accounts.see_watched")
        for name in ("placements.see_line", "contracts.see_terms", "departures.see_departure"):
            assert client.get(reverse(name, args=[case.pk])).status_code == 404
        end_proxy(actor=worker, proxy_id=done.pk, at=now())
        assert client.get(reverse("accounts.see_watched", args=[done.pk])).status_code == 404

    def test_a_watcher_who_wants_a_file_of_their_own_adds_their_card(self, client):
        people.worker("+923001110009", "17301-9999999-1")
        done = allowed(people.actor_as(people.worker(OWN)))
        people.sign_in_as(client, done.person)
        way = client.get(reverse("candidates.guide_file"))["Location"]
        assert way.startswith(reverse("accounts.add_card"))
        for wrong in ("17301", "17301-9999999-1"):
            assert client.post(way, {"identity": wrong}).status_code == 422
        told = {"identity": "17301-8888888-1", "next": reverse("candidates.guide_file")}
        assert client.post(way, told)["Location"] == reverse("candidates.guide_file")
        assert client.get(reverse("candidates.guide_file")).status_code == 200
        assert client.post(way, told).status_code == 422

    def test_the_worker_asks_answers_and_ends_it_without_script(self, client, django_capture_on_commit_callbacks):
        people.sign_in_as(client, people.worker(OWN))
        told = {"name": "Ammi", "phone": "0300 1110002", "sees": [LINE, COSTS]}
        assert client.post(reverse("accounts.ask_proxy"), told | {"phone": OWN}).status_code == 422
        with django_capture_on_commit_callbacks(execute=True):
            asked_for = client.post(reverse("accounts.ask_proxy"), told)["Location"]
        codes = {one.address: re.findall(r"\d{6}", one.text)[0] for one in letters_in_folder(2)}
        page = client.get(asked_for).content.decode()
        assert OWN not in page and THEIRS not in page
        assert client.post(asked_for, {"own_code": WRONG, "their_code": WRONG}).status_code == 422
        assert client.post(asked_for, {"own_code": codes[OWN], "their_code": codes[THEIRS]}).status_code == 302
        assert "Ammi" in client.get(reverse("accounts.ask_proxy")).content.decode()
        client.post(reverse("accounts.end_proxy", args=[Proxy.objects.get().pk]))
        assert Proxy.objects.get().state == "proxy_ended"


@pytest.mark.sure
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_a_watcher_follows_line_costs_terms_and_pass_and_nothing_of_health(client, settings, language):
    """A case on Pakistan's node alone, up to the flight; each part is there exactly where it was ticked."""
    story = alone().go("flight_booked")
    worker = story.people["worker"]
    _with_phone(worker)
    marks = {"watch_line": "<ol", "watch_costs": "<table", "watch_contract": "<table", "watch_pass": FLIGHT}
    for number, (part, mark) in enumerate(marks.items()):
        done = allowed(worker, f"+9230011100{number + 10}", sees=(part,))
        people.sign_in_as(client, done.person)
        page = client.get(reverse("accounts.see_watched", args=[done.pk]).replace("/en/", f"/{language}/")).content.decode()
        main = page.partition('<main id="main"')[2].partition("</main>")[0]
        assert mark in main, part
        assert ("<table" in main) is (part in ("watch_costs", "watch_contract"))
        assert (FLIGHT in main) is (part == "watch_pass")
    assert set(SEES) == set(marks)


def _with_phone(actor):
    """Gives the worker of a story a phone, as a counter would."""
    with unit_of_work("tests.phone", actor=actor, at=now()) as unit:
        person = unit.lock(Person, actor.person)
        person.phone, person.phone_shown_at = OWN, now()
        unit.save(person)
        unit.about(person)
