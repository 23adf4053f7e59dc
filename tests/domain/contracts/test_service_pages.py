"""The pages of a service: what each side is offered to do, what is typed in any digits, and what has no page."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Reveal
from rahdari.domain.contracts.models import Offer
from rahdari.project.timetable import watch_payments
from tests.make.people import sign_in_as
from tests.make.services import Remote, at, on, remote, terms
from tests.make.thread import both
from tests.make.two_nodes import two_nodes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(settings) -> Remote:
    return remote(settings)


@pytest.fixture
def clock():
    with time_machine.travel(at("enquiry"), tick=False) as moved:
        yield moved


def enter(client, actor) -> None:
    sign_in_as(client, Person.objects.get(pk=actor.person))


def program(actor, scope: str) -> dict[str, str]:
    """The head by which a program of an actor is known."""
    told = {"name": "a program", "scopes": [scope], "expires_at": now() + dt.timedelta(days=9), "at": now()}
    return {"Authorization": f"Bearer {make_token(actor=actor, **told)[1]}"}


def typed_terms(**changed: str) -> dict[str, str]:
    """The terms as the client types them; `__` between the parts of a name."""
    told: dict[str, str] = {"client_signed_on": on("selected").isoformat()}
    for name, value in terms().items():
        if name == "milestones":
            for number, one in enumerate(value):
                told |= {f"terms.milestones.{number}.title": one["title"], f"terms.milestones.{number}.due_on": one["due_on"]}
                told[f"terms.milestones.{number}.money.amount"] = f"{one['money']['amount']:,}"
                told[f"terms.milestones.{number}.money.currency"] = one["money"]["currency"]
        elif isinstance(value, dict):
            told |= {f"terms.{name}.{inner}": str(given) for inner, given in value.items()}
        else:
            told[f"terms.{name}"] = value
    told["terms.payment.late_interest"] = "3.65"
    return told | {f"terms.{name.replace('__', '.')}": value for name, value in changed.items()}


class TestYes:
    def test_says_what_it_begins_and_goes_on_to_the_list(self, story, client, clock):
        story.go("reveal_asked")
        with story.on("pk"):
            clock.move_to(at("revealed"))
            enter(client, story.worker)
            page = reverse("candidates.answer_reveal", args=[Reveal.objects.get().pk])
            assert "Work from home for a client in Japan" in client.get(page).content.decode()
            seen = Reveal.objects.get().version
            done = client.post(page, {"answer": "yes", "contact": "0300 1234567", "seen": seen}, follow=True)
            assert done.status_code == 200 and done.redirect_chain[-1][0] == reverse("candidates.see_reveals")

    def test_leads_the_client_from_the_profile_to_the_case(self, story, client, clock):
        story.go("revealed")
        with story.on("jp"):
            clock.move_to(at("interview_set"))
            enter(client, story.client)
            page = client.get(reverse("candidates.see_shown", args=[story.case_id])).content.decode()
            assert reverse("placements.see_case", args=[story.case_id]) in page


class TestOffer:
    def typed(self, story, client, clock, **changed):
        story.go("interview_answered")
        with story.on("jp"):
            clock.move_to(at("selected"))
            enter(client, story.client)
            done = client.post(reverse("contracts.offer_service", args=[story.case_id]), typed_terms(**changed))
            return done, Offer.objects.filter(case=story.case_id).first()

    def test_takes_money_in_full_width_digits_and_the_rate_with_decimals(self, story, client, clock):
        done, offer = self.typed(story, client, clock, milestones__0__money__amount="１５０，０００")
        assert done.status_code == 302 and offer.terms["milestones"][0]["money"] == {"amount": 150_000, "currency": "JPY"}
        assert offer.terms["payment"]["late_interest"] == 365

    @pytest.mark.parametrize(
        ("amount", "currency", "kept"),
        [("۱۵۰۰۰۰", "JPY", 150_000), ("1,500.50", "USD", 150_050), ("150000", "PKR", 15_000_000)],
    )
    def test_takes_any_digits_and_the_decimals_of_the_currency(self, story, client, clock, amount, currency, kept):
        told = {"milestones__1__money__amount": "1", "milestones__1__money__currency": currency}
        told |= {"milestones__0__money__amount": amount, "milestones__0__money__currency": currency}
        done, offer = self.typed(story, client, clock, **told)
        assert done.status_code == 302 and offer.terms["milestones"][0]["money"]["amount"] == kept

    @pytest.mark.parametrize("amount", ["-150000", "1.500", "1e5", "9" * 30, "150000 yen", "12.5"])
    def test_refuses_what_is_no_amount_and_keeps_what_was_typed(self, story, client, clock, amount):
        done, offer = self.typed(story, client, clock, milestones__0__money__amount=amount)
        assert done.status_code == 422 and offer is None and amount in done.content.decode()

    def test_refuses_nothing_for_something(self, story, client, clock):
        done, offer = self.typed(story, client, clock, milestones__0__money__amount="0")
        assert done.status_code == 422 and offer is None and "Nobody works unpaid" in done.content.decode()

    def test_is_told_by_the_law_where_a_program_leaves_the_payment_open(self, story, client, clock):
        story.go("interview_answered")
        with story.on("jp"):
            clock.move_to(at("selected"))
            told = {"terms": terms(payment={"days": None}), "client_signed_on": on("selected").isoformat()}
            answer = client.post(
                f"/api/cases/{story.case_id}/service",
                told,
                content_type="application/json",
                headers=program(story.client, "contracts.offer_service"),
            )
            assert answer.status_code in (409, 422) and "no_payment_terms" in answer.content.decode()


class TestContract:
    def test_has_no_costs_and_none_of_the_pages_of_an_employment(self, story, client, clock):
        story.go("selected")
        with story.on("pk"):
            clock.move_to(at("service_signed"))
            enter(client, story.worker)
            page = client.get(reverse("contracts.see_terms", args=[story.case_id])).content.decode()
            assert reverse("contracts.agree_service", args=[story.case_id]) in page
            assert 'id="costs"' not in page and "Each milestone is paid" in page
            for name in ("confirm_terms", "confirm_costs", "sign_contract", "contest_costs", "rescind_contract", "agree_change"):
                assert client.get(reverse(f"contracts.{name}", args=[story.case_id])).status_code == 404
            assert client.get(reverse("paperwork.see_forms", args=[story.case_id])).status_code == 404
            assert client.get(reverse("departures.see_departure", args=[story.case_id])).status_code in (403, 404)

    def test_is_signed_by_a_button_and_says_nothing_of_a_visa(self, story, client, clock):
        story.go("selected")
        with story.on("pk"):
            clock.move_to(at("service_signed"))
            enter(client, story.worker)
            page = reverse("contracts.agree_service", args=[story.case_id])
            told = {"terms_hash": story.offer().terms_hash, "language": "ur", "seen": story.offer().version}
            assert client.post(page, told).status_code == 302 and story.offer().state == "signed"
            line = client.get(reverse("placements.see_line", args=[story.case_id])).content.decode()
            assert "Service contract signed" in line
            for word in ("Visa", "Certificate of eligibility", "Departed", "Protector registration"):
                assert word not in line

    def test_of_an_employment_has_no_page_of_a_service(self, settings, client, clock):
        story = both(two_nodes(settings)).go("selected")
        clock.move_to(dt.datetime(2026, 12, 19, 3, tzinfo=dt.UTC))
        with story.on("pk"):
            sign_in_as(client, Person.objects.get(pk=story.people["worker"].person))
            assert client.get(reverse("contracts.agree_service", args=[story.case_id])).status_code == 404


class TestMilestone:
    def test_shows_each_side_its_own_step(self, story, client, clock):
        story.go("first_delivered")
        clock.move_to(at("first_accepted"))
        with story.on("pk"):
            enter(client, story.worker)
            page = client.get(reverse("contracts.see_milestone", args=[story.milestone().pk])).content.decode()
            assert "/deliver/" not in page and "/pay/" not in page
        with story.on("jp"):
            enter(client, story.client)
            page = client.get(reverse("contracts.see_milestone", args=[story.milestone().pk])).content.decode()
            assert all(part in page for part in ("/pay/", "/accept/", "/return/")) and "/deliver/" not in page

    def test_shows_how_late_it_is_and_the_interest_to_both(self, story, client, clock):
        story.go("second_delivered")
        clock.move_to(dt.datetime(2027, 4, 30, 6, tzinfo=dt.UTC))
        for node, who in (("pk", story.worker), ("jp", story.client)):
            with story.on(node):
                enter(client, who)
                page = client.get(reverse("contracts.see_milestone", args=[story.milestone(2).pk])).content.decode()
                assert "47 days late" in page and "1,645" in page
        with story.on("jp"):
            answer = client.get(f"/api/cases/{story.case_id}/terms", headers=program(story.client, "contracts.see_terms"))
            told = answer.json()["milestones"][1]
            assert (told["days_late"], told["interest"], told["pay_by"]) == (47, 1_645, "2027-03-14")

    def test_keeps_the_note_of_the_officer_from_the_worker(self, story, client, clock):
        story.go("second_delivered")
        clock.move_to(dt.datetime(2027, 4, 30, 6, tzinfo=dt.UTC))
        with story.on("pk"):
            watch_payments(at=dt.datetime(2027, 4, 30, 5, tzinfo=dt.UTC))
            enter(client, story.contact())
            late = story.milestone(2).pk
            told = {"outcome": "client_asked", "outcome_note": "By telephone.", "seen": story.milestone(2).version}
            done = client.post(reverse("contracts.take_up_overdue", args=[late]), told, follow=True)
            assert "By telephone." in done.content.decode()
            enter(client, story.worker)
            page = client.get(reverse("contracts.see_milestone", args=[late])).content.decode()
            assert "The client was asked" in page and "By telephone." not in page
