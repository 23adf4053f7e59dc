"""What every page's frame needs: node, direction, languages, who acts, the time on both sides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from rahdari.base.actor import stranger
from rahdari.base.clock import ZONES, now

from .language import direction, same_page_in


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of `web/frame.html`."""
    language = get_language() or "en"
    moment = now()
    return {
        "node": settings.RAHDARI_NODE,
        "node_name": settings.NODE_NAMES[settings.RAHDARI_NODE],
        "partner_name": settings.NODE_NAMES[settings.RAHDARI_PARTNER],
        "partner_url": settings.RAHDARI_PARTNER_URL,
        "demo": settings.DEMO,
        "language": language,
        "direction": direction(language),
        "languages": [
            {"code": code, "name": name, "url": same_page_in(code, request.get_full_path()), "here": code == language}
            for code, name in settings.LANGUAGES
        ],
        "actor": getattr(request, "actor", None) or stranger(settings.RAHDARI_NODE),
        "moment": moment,
        "clocks": {"pk": moment.astimezone(ZONES["pk"]), "jp": moment.astimezone(ZONES["jp"])},
        "theme": request.COOKIES.get("theme", "") if request.COOKIES.get("theme") in ("light", "dark") else "",
    }
