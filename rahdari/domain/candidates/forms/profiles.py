"""What a person tells of their skills without a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.facts import Facts, code_of
from rahdari.web.steps import Step

from .. import actions
from ..queries.files import file_at_hand
from ..queries.profiles import districts
from ..rules.file_facts import LanguageFacts, Short


class PublishProfile(Facts):
    """Skills without a name."""

    text: Annotated[str, Field(min_length=1, max_length=1000)]
    isco: Annotated[str, code_of("isco08_groups")]
    years: Annotated[int, Field(ge=0, le=60)]
    district: Annotated[str, Field(max_length=20)] | None = None
    skills: Annotated[list[Short], Field(max_length=30)] = []
    languages: Annotated[list[LanguageFacts], Field(max_length=10)] = []


def take_publish_profile(
    *, district: str | None = None, languages: list[LanguageFacts] | None = None, skills: list[str] | None = None, **given: Any
) -> Any:
    """Publishes one's own skills."""
    told = [one.model_dump(mode="json") for one in languages or []]
    return actions.publish_profile(district=district or "", languages=told, skills=skills or [], **given)


def _publishing(actor: Actor) -> Mapping[str, Any]:
    file = file_at_hand(actor, None, now())
    lead = gettext(
        "No name, no face, no place below your district. A firm that is interested must ask you; only your yes tells who you are."
    )
    begin = {"skills": "\n".join(file.skills), "languages": file.languages}
    return {"lead": lead, "codes": {"district": districts(current_book())}, "initial": begin}


PUBLISH_PROFILE = Step(
    "candidates", "publish_profile", PublishProfile, take_publish_profile, _publishing,
    _("Published without your name. You can hide it at any time."), "candidates.see_file",
    codes={"languages.level": ("basic", "middle", "good", "native")},
)  # fmt: skip
