"""Searches a worker keeps: told of what is new, shown to nobody else, closed at rest; and the list the portal searches."""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet

from rahdari.base.actor import machine, stranger
from rahdari.base.clock import now
from rahdari.base.letters import letters_in_folder
from rahdari.base.models import AuditEntry, Letter
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand, KeptSearch, Listing
from rahdari.domain.jobs.queries.kept import kept_by
from rahdari.domain.jobs.queries.listing import vacancies_to_list
from rahdari.domain.jobs.rules.keeping import MOST_KEPT
from rahdari.project.timetable import list_vacancies, tell_workers_of_vacancies
from tests.make import jobs as make
from tests.make.people import actor, actor_as, by_mail_alone, sign_in_as, worker

pytestmark = pytest.mark.django_db
ASKED = {"q": "nursing niigata", "level": "A2"}


@pytest.fixture
def mine():
    return actor_as(worker("0300 1234567"))


def new_in(who):
    return [one.new for one in kept_by(who, on=make.days(0, now()))]


def told_by_clock(*, hours):
    return tell_workers_of_vacancies(at=now() + dt.timedelta(hours=hours))


def refused_with(act):
    with pytest.raises(Refused) as refused:
        act()
    return [one.code for one in refused.value.refusals]


class TestKeeping:
    def test_tells_what_was_listed_since(self, mine):
        demand = make.demand("permitted", at=now())
        make.vacancy(at=now() - dt.timedelta(minutes=1), of=demand, places=1)
        kept = actions.keep_search(actor=mine, asked=ASKED, at=now())
        assert new_in(mine) == [0]
        make.vacancy(at=now() + dt.timedelta(seconds=1), of=demand, places=1)
        assert new_in(mine) == [1]
        actions.look_through(actor=mine, search_id=kept.pk, at=now() + dt.timedelta(seconds=2))
        assert new_in(mine) == [0]

    def test_refuses_an_empty_one_a_second_and_too_many(self, mine):
        assert refused_with(lambda: actions.keep_search(actor=mine, asked={}, at=now())) == ["search_empty"]
        for number in range(MOST_KEPT):
            actions.keep_search(actor=mine, asked={"q": f"work {number}"}, at=now())
        assert refused_with(lambda: actions.keep_search(actor=mine, asked={"q": "work 1"}, at=now())) == ["search_kept_already"]
        assert refused_with(lambda: actions.keep_search(actor=mine, asked={"q": "more"}, at=now())) == ["too_many_searches"]

    def test_is_for_workers_alone(self):
        for somebody in (stranger("pk"), actor("protector"), actor("promoter_manager")):
            assert refused_with(lambda who=somebody: actions.keep_search(actor=who, asked=ASKED, at=now())) in (
                ["sign_in_first", "not_permitted"], ["not_permitted"],
            )  # fmt: skip

    def test_is_closed_at_rest_and_stands_in_no_audit_entry(self, mine):
        row = actions.keep_search(actor=mine, asked={"q": "Secret Employer"}, at=now())
        with connection.cursor() as cursor:
            cursor.execute("select asked from jobs_keptsearch where id = %s", [row.pk])
            assert b"Secret" not in bytes(cursor.fetchone()[0])
        entry = AuditEntry.objects.get(verb="jobs.keep_search")
        assert "Secret" not in json.dumps(entry.facts) and json.loads(KeptSearch.objects.get().asked) == {"q": "Secret Employer"}

    def test_is_nobody_elses(self, mine):
        kept = actions.keep_search(actor=mine, asked=ASKED, at=now())
        other = replace(mine, person=uuid4())
        assert kept_by(other, on=make.days(0, now())) == [] == kept_by(stranger("pk"), on=make.days(0, now()))
        for act in (actions.look_through, actions.drop_search):
            with pytest.raises(Missing):
                act(actor=other, search_id=kept.pk, at=now())
        actions.drop_search(actor=mine, search_id=kept.pk, at=now())
        assert not KeptSearch.objects.exists()


class TestTelling:
    def test_sends_one_message_a_day_in_the_workers_language_without_what_was_searched(self, settings, tmp_path, mine):
        settings.RAHDARI_HOME = tmp_path
        kept, demand = (
            actions.keep_search(actor=mine, asked={"q": "nursing niigata"}, at=now()),
            make.demand("permitted", at=now()),
        )
        make.vacancy(at=now() + dt.timedelta(minutes=1), of=demand, places=1)
        assert told_by_clock(hours=1) == 0  # a day has not passed
        assert told_by_clock(hours=25) == 1 and told_by_clock(hours=26) == 0 and told_by_clock(hours=51) == 0
        letter = Letter.objects.get(template="jobs/letters/new_vacancies")
        assert letter.to_person == mine.person and letter.language == "ur"
        make.vacancy(at=now() + dt.timedelta(hours=52), of=demand, places=1)
        actions.look_through(actor=mine, search_id=kept.pk, at=now() + dt.timedelta(hours=53))
        assert told_by_clock(hours=99) == 0  # looked through already
        assert "nursing" not in json.dumps([one.facts for one in AuditEntry.objects.filter(verb="jobs.tell_of_new")])

    def test_says_the_number_and_the_way_and_nothing_else(self, settings, tmp_path, mine, django_capture_on_commit_callbacks):
        settings.RAHDARI_HOME = tmp_path
        actions.keep_search(actor=mine, asked={"q": "nursing niigata"}, at=now())
        make.vacancy(at=now() + dt.timedelta(minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            told_by_clock(hours=25)
        (message,) = letters_in_folder(9)
        assert "/ur/jobs/searches/" in message.text and "1" in message.text and "nursing" not in message.subject + message.text

    def test_goes_by_mail_where_there_is_no_phone(self, mine, django_capture_on_commit_callbacks):
        hint = by_mail_alone(mine.person)
        actions.keep_search(actor=mine, asked=ASKED, at=now())
        make.vacancy(at=now() + dt.timedelta(minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert told_by_clock(hours=25) == 1
        letter = Letter.objects.get(to_person=mine.person)
        assert (letter.way, letter.address_hint, letter.failure) == ("email", hint, "")

    def test_is_done_by_the_node_alone(self, mine):
        kept = actions.keep_search(actor=mine, asked=ASKED, at=now())
        assert refused_with(lambda: actions.tell_of_new(actor=mine, search_id=kept.pk, at=now())) == ["not_permitted"]


class TestPages:
    def test_lead_from_a_search_to_keeping_and_letting_go(self, client):
        assert "Keep this search" not in client.get("/en/jobs/?q=nursing").content.decode()
        sign_in_as(client, worker("0300 1234567"))
        assert "Keep this search" in client.get("/en/jobs/?q=nursing").content.decode()
        page = client.post("/en/jobs/searches/keep/", {"q": "nursing", "prefecture": "15"}, follow=True).content.decode()
        assert "The search is kept." in page and "nursing · Niigata" in page and "/en/jobs/?q=nursing&amp;prefecture=15" in page
        again = client.post("/en/jobs/searches/keep/", {"q": "nursing", "prefecture": "15"}, follow=True).content.decode()
        assert "You keep this search already." in again
        kept = KeptSearch.objects.get()
        for word in ("seen", "drop"):
            assert client.post(f"/en/jobs/searches/{kept.pk}/{word}/").status_code == 302
        assert not KeptSearch.objects.exists()


class TestListing:
    def test_follows_publication_and_closing(self):
        vacancy = make.vacancy(at=now())
        assert Listing.objects.get().vacancy_id == vacancy.pk and "f:NURSING_CARE" in Listing.objects.get().keys
        actions.close_vacancy(actor=make.promoter(), vacancy_id=vacancy.pk, at=now())
        assert not Listing.objects.exists() and list_vacancies(at=now()) == 0

    def test_is_made_anew_when_the_demand_was_corrected_or_keys_are_old(self):
        vacancy = make.vacancy(at=now())
        listed = Listing.objects.get().listed_at
        QuerySet(Demand).filter(pk=vacancy.demand_id).update(prefecture="27", version=99)
        assert list_vacancies(at=now() + dt.timedelta(hours=1)) == 1
        row = Listing.objects.get()
        assert row.prefecture == "27" and "p:27" in row.keys and row.listed_at == listed
        QuerySet(Listing).update(keyed_by=0)
        assert vacancies_to_list().count() == 1 == list_vacancies(at=now()) and list_vacancies(at=now()) == 0
        QuerySet(Listing).delete()
        assert list_vacancies(at=now()) == 1

    def test_holds_nothing_that_is_not_public(self):
        vacancy = make.vacancy(at=now())
        QuerySet(Listing).delete()
        QuerySet(type(vacancy)).filter(pk=vacancy.pk).update(level="named_bodies")
        assert list_vacancies(at=now()) == 0 and not Listing.objects.exists()

    def test_is_made_anew_by_the_node_alone(self):
        assert refused_with(lambda: actions.relist_vacancies(actor=actor("protector"), at=now())) == ["not_permitted"]
        assert actions.relist_vacancies(actor=machine("pk", "timetable"), at=now()) == 0


@pytest.mark.django_db(transaction=True)
def test_one_search_kept_twice_at_once_is_kept_once(mine):
    def keep(_):
        try:
            return actions.keep_search(actor=mine, asked=ASKED, at=now())
        except Refused as refused:
            return [one.code for one in refused.refusals]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(keep, range(4)))
    assert told.count(["search_kept_already"]) == 3 and KeptSearch.objects.count() == 1
