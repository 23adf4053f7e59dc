"""Many on one flight: who can go and who cannot yet, one manifest, what became of everybody on it; two officers at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure, Manifest, Passenger, Registration
from rahdari.domain.departures.queries.manifests import manifests_visible_to, marking_on, passengers_seen
from rahdari.domain.departures.rules.manifests import Arrived, Missed, NotArrived, airports_of, why_not_tell_all
from rahdari.domain.placements.models import Case
from tests.journeys.test_thread_pages import signed_in
from tests.make import jobs
from tests.make.flights import FLIGHT_TOLD, LANDS, LEAVES, one_more, ready
from tests.make.people import actor, bodies
from tests.make.sure import SURE
from tests.make.thread import HANEDA, alone, at, both, on
from tests.make.two_nodes import two_nodes

BOOK = shipped_book()
DAY = dt.timedelta(days=1)
FEW, MANY = 1, 12 if SURE else 3


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


def clerk(story):
    return story.who("promoter_clerk", jobs.PROMOTER)


def desk(story):
    return story.who("protector", office="PEW")


def built(story, *others, **changed):
    """A manifest of everybody of these stories."""
    told = FLIGHT_TOLD | {"case_ids": [one.case_id for one in (story, *others)], "at": at("flight_booked")} | changed
    with story.on("pk"):
        return actions.build_manifest(actor=told.pop("actor", None) or clerk(story), **told)


class TestWhyNotTellOfAll:
    def told(self, named, **on_it):
        return [(one.code, one.member) for one in why_not_tell_all(named, on_it=on_it, to="departed")]

    def test_says_of_each_what_is_wrong(self):
        on_it = {"a": ("A (invented)", "flight_booked"), "b": ("B (invented)", "departed")}
        assert self.told(["a"], **on_it) == []
        assert self.told(["a", "b", "c"], **on_it) == [("wrong_state", "cases/b"), ("not_on_manifest", "cases/c")]
        assert self.told(["a", "a"], **on_it) == [("named_twice", "cases/a")]
        assert self.told([], **on_it) == [("people_missing", "")]
        assert self.told([str(n) for n in range(201)], **on_it) == [("too_many_people", "")]

    def test_every_airport_of_a_protectorate_is_one_people_leave_from(self):
        placed = airports_of(BOOK, on("departed"))
        assert set(placed) == BOOK.codes("protectorates", "code")
        assert set(placed.values()) <= BOOK.codes("departure_airports", "iata")


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


@pytest.mark.django_db
class TestTheDesk:
    def shown(self, story, role="promoter_clerk", body=jobs.PROMOTER, query="", **posted):
        with time_machine.travel(at("flight_booked"), tick=False), story.on("pk"):
            client = signed_in(story, role, body, "pk")
            if posted:
                return client.post(reverse("departures.build_manifests") + query, posted)
            return client.get(reverse("departures.see_ready") + query)

    def test_says_who_can_go_and_who_cannot_yet_and_why(self):
        story = alone().go("registered")
        late = one_more(story).go("registration_applied")
        page = self.shown(story).content.decode()
        assert page.index(str(story.case_id)) < page.index("Cannot go yet") < page.index(str(late.case_id))
        assert "The Protector has not cleared this departure." in page
        assert "Peshawar (1)" in page
        assert "20 May 2027" in page  # the last day of the certificate, which ends before the visa
        assert str(story.case_id) not in self.shown(story, query="?airport=KHI").content.decode()

    def test_is_empty_for_another_recruiter_and_closed_to_employers(self):
        story = alone().go("registered")
        assert str(story.case_id) not in self.shown(story, body="pk:org:other").content.decode()
        assert self.shown(story, "oec_officer", "OEC").status_code == 200
        assert self.shown(story, "attache", "CWA").status_code == 403
        assert self.shown(story, "worker", None, cases=[str(story.case_id)]).status_code == 403
        page = self.shown(story, "protector", None).content.decode()
        assert str(story.case_id) in page
        assert "Put those ticked" not in page  # the Protector books nobody

    def test_puts_those_ticked_on_one_flight(self):
        story, second = ready(2)
        told = {
            "flight": "PK898",
            "leaves_from": "PEW",
            "airport": HANEDA,
            "leaves_at": "2027-03-20T08:00",
            "eta": "2027-03-21T04:00",
        }
        people = [str(story.case_id), str(second.case_id)]
        page = self.shown(story, **told, cases=[])
        assert page.status_code == 422
        assert "Nobody is on the manifest." in page.content.decode()
        done = self.shown(story, **told, cases=people)
        assert done.status_code == 302
        manifest = Manifest.objects.get()
        assert done["Location"].endswith(reverse("departures.see_manifest", args=[manifest.pk]).partition("/departures/")[2])
        assert manifest.passengers.count() == 2
        again = self.shown(story, **told, cases=people)
        assert again.status_code == 409 or again.status_code == 422
        assert Manifest.objects.count() == 1

    def test_says_beside_the_person_why_not(self):
        story, second = ready(2)
        told = {
            "flight": "PK898",
            "leaves_from": "PEW",
            "airport": HANEDA,
            "leaves_at": "2027-05-20T08:00",
            "eta": "2027-05-21T04:00",
        }
        page = self.shown(story, **told, cases=[str(story.case_id), str(second.case_id)]).content.decode()
        for one in (story, second):
            assert f'id="wrong-{one.case_id}"' in page
        assert page.count("the landing on 21 May 2027 comes too late.") == 2
        assert not Manifest.objects.exists()


@pytest.mark.django_db
class TestAManifestOfMany:
    def test_is_all_or_nobody_and_says_of_each_why_not(self):
        story, second = ready(2)
        late = one_more(story, 2).go("registration_applied")
        with pytest.raises(Refused) as wrong:
            built(story, second, late)
        assert codes(wrong) == ["no_clearance"]
        assert wrong.value.refusals[0].member == f"cases/{late.case_id}"
        assert wrong.value.refusals[0].about["person"]
        assert not Manifest.objects.exists()
        built(story, second)
        assert AuditEntry.objects.filter(verb="departures.build_manifest").count() == 1
        assert {one.state for one in Departure.objects.filter(case__in=[story.case_id, second.case_id])} == {"flight_booked"}

    def test_belongs_to_whoever_recruits_and_shows_each_side_its_own(self, story):
        story.go("registered")
        manifest = built(story)
        story.corridor.exchange(at=at("flight_booked"))
        seen = {
            ("pk", "promoter_clerk", jobs.PROMOTER): 1, ("pk", "promoter_clerk", "pk:org:other"): 0, ("pk", "protector", None): 1,
            ("jp", "employer", jobs.EMPLOYER): 1, ("jp", "employer", "jp:org:other"): 0, ("jp", "support_org", "jp:org:rso"): 0,
        }  # fmt: skip
        for (node, role, body), number in seen.items():
            with story.on(node):
                who = story.who(role, body, node)
                assert manifests_visible_to(who).count() == number, (node, role, body)
                worn = marking_on(who, Manifest.objects.get())  # of the own people, not of the flight that all were told of
                assert (worn is not None) == bool(number)
                assert number == 0 or node == "pk" or set(worn.bodies) == {"CONTACT_JP", jobs.EMPLOYER}
        with story.on("jp"):
            there = Manifest.objects.get()
            assert (there.flight, there.airport, there.eta) == (manifest.flight, HANEDA, manifest.eta)
        for node, role, body, pk, status in (
            ("pk", "promoter_clerk", jobs.PROMOTER, manifest.pk, 200),
            ("pk", "promoter_clerk", "pk:org:other", manifest.pk, 404),
            ("jp", "employer", jobs.EMPLOYER, there.pk, 200),
            ("jp", "employer", "jp:org:other", there.pk, 404),
        ):
            with time_machine.travel(at("flight_booked"), tick=False), story.on(node):
                client = signed_in(story, role, body, node)
                for name in ("departures.see_manifest", "departures.see_manifest_table"):
                    assert client.get(reverse(name, args=[pk])).status_code == status, (node, role, body, name)

    def test_as_a_table_holds_no_formula(self):
        story = alone().go("flight_booked")
        with unit_of_work("tests.rename", actor=clerk(story), at=at("flight_booked")) as unit:
            case = unit.lock(Case, story.case_id)
            case.name = '=HYPERLINK("x")'
            unit.save(case)
            unit.about(case)
        with time_machine.travel(at("flight_booked"), tick=False):
            client = signed_in(story, "promoter_clerk", jobs.PROMOTER, "pk")
            answer = client.get(reverse("departures.see_manifest_table", args=[Manifest.objects.get().pk]))
        assert answer["Content-Type"].startswith("text/csv")
        line = answer.content.decode("utf-8-sig").splitlines()[1]
        assert line.startswith("\"'=HYPERLINK")

    @pytest.mark.parametrize("page", ["departures.see_ready", "departures.see_manifests", "departures.see_manifest"])
    def test_costs_as_many_queries_with_one_as_with_many(self, page):
        story = ready(FEW)[0]
        manifest = built(story) if page != "departures.see_ready" else None
        place = reverse(page, args=[manifest.pk] if page == "departures.see_manifest" else [])
        counts = [self.queries(story, place)]
        others = [one_more(story, nth).go("registered") for nth in range(FEW, MANY)]
        if page == "departures.see_manifests":
            for one in others:
                built(one, flight=f"PK{others.index(one) + 100}")
        elif manifest is not None:
            for one in others:
                self.move(one, manifest)
        counts.append(self.queries(story, place))
        assert counts[0] == counts[1]

    def move(self, story, manifest):
        """Onto a flight that others are on already."""
        built(story, flight="PK899")
        with unit_of_work("tests.move", actor=clerk(story), at=at("flight_booked")) as unit:
            row = unit.lock(Passenger, Passenger.objects.get(departure__case=story.case_id).pk)
            row.manifest = manifest
            unit.save(row)
            unit.about(row)

    def queries(self, story, place):
        with time_machine.travel(at("flight_booked"), tick=False):
            client = signed_in(story, "promoter_clerk", jobs.PROMOTER, "pk")
            client.get(place)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(place).status_code == 200
        return len(asked)


@pytest.mark.django_db
class TestWhoLeft:
    def test_is_told_of_all_at_once_with_the_exceptions(self, story):
        story.go("registered")
        second, third = (one_more(story, nth).go("registered") for nth in (1, 2))
        manifest = built(story, second, third)
        told = {"manifest_id": manifest.pk, "at": at("departed")}
        with story.on("pk"):
            actions.record_departures(
                actor=desk(story), departed=[story.case_id], missed=[Missed(second.case_id, "ill", on("departed") + DAY)], **told
            )
            states = {one.case_id: one.state for one in Departure.objects.all()}
            assert [states[one.case_id] for one in (story, second, third)] == ["departed", "flight_missed", "flight_booked"]
            entry = AuditEntry.objects.get(verb="departures.record_departures")
            assert [one.partition(" ")[0] for one in entry.also if one.startswith("departures.")] == [
                f"departures.{name}"
                for _case, name in sorted([(story.case_id, "record_departure"), (second.case_id, "record_flight_missed")])
            ]
            steps = OutboxEntry.objects.filter(content__step__in=["departed", "flight_missed"])
            assert sorted(one.content["step"] for one in steps) == ["departed", "flight_missed"]
            fared = {one.case_id: one.state for one in passengers_seen(desk(story), manifest)}
            assert fared == states
        story.corridor.exchange(at=at("departed"))
        with story.on("jp"):
            assert Departure.objects.get(case=second.case_id).state == "flight_missed"

    def test_is_refused_whole_beside_the_person(self):
        story, second = ready(2)
        manifest = built(story)
        told = {"manifest_id": manifest.pk, "at": at("departed")}
        with pytest.raises(Refused) as wrong:
            actions.record_departures(actor=desk(story), departed=[story.case_id, second.case_id], **told)
        assert [(one.code, one.member) for one in wrong.value.refusals] == [("not_on_manifest", f"cases/{second.case_id}")]
        with pytest.raises(Refused) as wrong:
            actions.record_departures(actor=desk(story), missed=[Missed(story.case_id, "tired")], **told)
        assert [(one.code, one.member) for one in wrong.value.refusals] == [("reason_missing", f"cases/{story.case_id}")]
        assert Departure.objects.get(case=story.case_id).state == "flight_booked"

    def test_is_for_the_airport_desk_and_the_own_clerk(self):
        story = alone().go("flight_booked")
        told = {"manifest_id": Manifest.objects.get().pk, "departed": [story.case_id], "at": at("departed")}
        with pytest.raises(Missing):
            actions.record_departures(actor=actor("promoter_clerk", "pk:org:other"), **told)
        for other in (
            actor("promoter_manager", jobs.PROMOTER),
            story.people["worker"],
            actor("employer", jobs.EMPLOYER, node="jp"),
        ):
            with pytest.raises(Refused):
                actions.record_departures(actor=other, **told)
        actions.record_departures(actor=clerk(story), **told)
        with pytest.raises(Refused) as wrong:
            actions.record_departures(actor=clerk(story), **told)
        assert codes(wrong) == ["wrong_state"]

    def test_on_the_page_stands_as_expected_until_said_otherwise(self):
        story, second = ready(2)
        manifest = built(story, second)
        place = reverse("departures.record_departures", args=[manifest.pk])
        with time_machine.travel(at("departed"), tick=False):
            client = signed_in(story, "protector", None, "pk")
            page = client.get(place).content.decode()
            assert page.count('<option value="departed" selected>') == 2
            wrong = client.post(place, {f"fared.{story.case_id}": "", f"fared.{second.case_id}": ""})
            assert "Nobody is on the manifest." in wrong.content.decode()
            posted = {f"fared.{story.case_id}": "departed", f"fared.{second.case_id}": "late"}
            assert client.post(place, posted).status_code == 302
            seen = client.get(reverse("departures.see_manifest", args=[manifest.pk])).content.decode()
        assert "came late to the airport" in seen
        assert {one.missed_because for one in Passenger.objects.all()} == {"", "late"}


@pytest.mark.django_db
class TestWhoArrived:
    landed = LANDS + dt.timedelta(hours=2)

    def flown(self, story):
        story.go("registered")
        second = one_more(story).go("registered")
        manifest = built(story, second)
        with story.on("pk"):
            told = {"manifest_id": manifest.pk, "departed": [story.case_id, second.case_id], "at": LEAVES}
            actions.record_departures(actor=desk(story), **told)
        story.corridor.exchange(at=LEAVES)
        with story.on("jp"):
            return second, Manifest.objects.get()

    @pytest.mark.sure
    def test_is_confirmed_for_all_at_once_by_the_employer(self, story):
        second, manifest = self.flown(story)
        employer = story.who("employer", jobs.EMPLOYER, "jp")
        with story.on("jp"):
            assert Waiting.objects.filter(task="departures.confirm_arrival", closed_at=None).count() == 2
            told = {"manifest_id": manifest.pk, "at": self.landed}
            for other in (actor("employer", "jp:org:other", node="jp"), actor("support_org", "jp:org:rso", node="jp")):
                with pytest.raises(Missing):
                    actions.confirm_arrivals(actor=other, arrived=[Arrived(story.case_id)], **told)
            actions.confirm_arrivals(
                actor=employer, arrived=[Arrived(story.case_id, picked_up=True)],
                not_arrived=[NotArrived(second.case_id, "transit")], **told,
            )  # fmt: skip
            assert AuditEntry.objects.filter(verb="departures.confirm_arrivals").count() == 1
            assert Passenger.objects.get(departure__case=story.case_id).picked_up is True
        story.corridor.exchange(at=self.landed)
        for node in ("pk", "jp"):
            with story.on(node):
                states = {one.case_id: one.state for one in Departure.objects.all()}
                assert states == {story.case_id: "arrived", second.case_id: "not_arrived"}
        with story.on("jp"):  # found later, on the same page
            actions.confirm_arrivals(
                actor=employer, arrived=[Arrived(second.case_id)], manifest_id=manifest.pk, at=self.landed + DAY
            )
            assert Departure.objects.get(case=second.case_id).state == "arrived"

    def test_is_nothing_to_be_told_on_pakistans_node(self):
        story = alone().go("departed")
        told = {"manifest_id": Manifest.objects.get().pk, "arrived": [Arrived(story.case_id)], "at": self.landed}
        for who in (clerk(story), desk(story)):
            with pytest.raises(Refused) as wrong:
                actions.confirm_arrivals(actor=who, **told)
            assert "wrong_node" in codes(wrong)

    def test_on_the_page_each_stands_as_arrived(self, story):
        second, manifest = self.flown(story)
        place = reverse("departures.confirm_arrivals", args=[manifest.pk])
        with time_machine.travel(self.landed, tick=False), story.on("jp"):
            client = signed_in(story, "employer", jobs.EMPLOYER, "jp")
            assert client.get(place).content.decode().count('<option value="met" selected>') == 2
            posted = {f"fared.{story.case_id}": "met", f"fared.{second.case_id}": "landed"}
            assert client.post(place, posted).status_code == 302
            page = client.get(reverse("departures.see_manifest", args=[manifest.pk])).content.decode()
            assert "met at the airport" in page
            assert "Departed, not arrived" in page


@pytest.mark.django_db
def test_a_program_books_many_and_tells_how_they_fared(client):
    story, second = ready(2)
    moment = at("flight_booked")
    with time_machine.travel(moment, tick=False):
        scopes = [
            f"departures.{one}" for one in ("see_ready", "build_manifest", "see_manifests", "see_manifest", "record_departures")
        ]
        _row, secret = make_token(actor=clerk(story), name="program", scopes=scopes, expires_at=moment + 30 * DAY, at=moment)
        headers = {"Authorization": f"Bearer {secret}"}
        told = {
            "cases": [str(story.case_id), str(second.case_id)], "flight": "PK898", "leaves_from": "PEW", "airport": HANEDA,
            "leaves_at": LEAVES.isoformat(), "eta": LANDS.isoformat(),
        }  # fmt: skip
        post = {"content_type": "application/json", "headers": headers}
        near = client.get("/api/departures/ready", headers=headers).json()
        assert {one["case"] for one in near if one["ready"]} == {str(story.case_id), str(second.case_id)}
        assert [(one["airport"], one["lands_by"], one["why"]) for one in near] == [("PEW", "2027-05-20", [])] * 2
        assert client.post("/api/manifests", told | {"cases": ["x"]}, **post).status_code == 422
        made = client.post("/api/manifests", told, **post).json()
        assert [one["id"] for one in client.get("/api/manifests", headers=headers).json()] == [made["id"]]
    with time_machine.travel(LEAVES, tick=False):
        fared = {"departed": [str(story.case_id)], "missed": [{"case": str(second.case_id), "code": "late"}]}
        place = f"/api/manifests/{made['id']}"
        assert client.post(f"{place}/departed", fared, **post).status_code == 200
        people = client.get(place, headers=headers).json()["people"]
    assert [(one["state"], one["reason"]) for one in people] == [("departed", None), ("flight_missed", "late")]


def at_once(*acts):
    """Does all of these at the same moment, each in a connection of its own; gives what each was refused, in their order."""

    def one(act):
        try:
            act()
            return []
        except Refused as wrong:
            return [one.code for one in wrong.refusals]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


@pytest.mark.django_db(transaction=True)
class TestTwoOfficersAtOnce:
    def test_clear_one_person_once(self):
        bodies("pk")
        story = alone().go("registration_applied")
        officers = [actor("protector", office=office) for office in ("PEW", "KHI")]
        told = {"case_id": story.case_id, "terms_hash": story.offer().terms_hash, "at": at("registered")}
        found = at_once(*(lambda who=who: actions.issue_clearance(actor=who, **told) for who in officers))
        assert found == [[], ["wrong_state"]]
        assert Registration.objects.exclude(clearance_no="").count() == 1
        assert AuditEntry.objects.filter(verb="departures.issue_clearance").count() == 1

    def test_put_one_person_on_one_flight(self):
        bodies("pk")
        story, second = ready(2)
        clerks = [actor("promoter_clerk", jobs.PROMOTER) for _ in range(2)]
        told = FLIGHT_TOLD | {"at": at("flight_booked")}
        people = [[story.case_id, second.case_id], [second.case_id, story.case_id]]  # each in an order of its own
        found = at_once(
            *(
                lambda who=who, ids=ids: actions.build_manifest(actor=who, case_ids=ids, **told)
                for who, ids in zip(clerks, people, strict=True)
            )
        )
        assert found == [[], ["wrong_state", "wrong_state"]]
        assert Manifest.objects.count() == 1
        assert Passenger.objects.filter(missed_because="").count() == 2
