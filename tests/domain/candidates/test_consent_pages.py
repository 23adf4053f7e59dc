"""A person lets a school see their file, and takes it back, on the pages of their own file."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from rahdari.domain.accounts.models import Person
from rahdari.domain.candidates.models import Consent
from tests.make import candidates
from tests.make.people import organisation, sign_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client):
    actor, file = candidates.file(tests=())
    organisation("TRAINING_BODY", "pk:org:school", name="Roshni School (invented)")
    organisation("ACCEPTING_ORG", "jp:org:firm")
    sign_in_as(client, Person.objects.get(pk=actor.person))
    return file


@pytest.mark.parametrize("language", ["en", "ur", "ja"])
def test_only_bodies_of_the_sending_side_are_offered(client, own, language):
    with override(language):
        page = client.get(reverse("candidates.give_consent")).content.decode()
    assert 'value="pk:org:school"' in page
    assert "jp:org:firm" not in page


def test_what_was_allowed_stands_on_the_file_and_can_be_taken_back(client, own):
    assert client.post(reverse("candidates.give_consent"), {"body": "pk:org:school"}).status_code == 302
    consent = Consent.objects.get()
    assert (consent.purpose, consent.body, consent.file) == ("show_file", "pk:org:school", own)
    assert "Roshni School (invented)" in client.get(reverse("candidates.see_file")).content.decode()
    client.post(reverse("candidates.withdraw_consent", args=[consent.pk]))
    assert Consent.objects.get().withdrawn_at is not None


def test_nothing_is_allowed_without_a_name(client, own):
    assert client.post(reverse("candidates.give_consent"), {"body": ""}).status_code == 422
    assert not Consent.objects.exists()
