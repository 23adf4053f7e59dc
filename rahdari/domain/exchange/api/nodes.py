"""What anyone may read of this node: its document with its keys, and the schemas of what it understands."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from ..queries.nodes import node_document
from .speaking import Refuse, answer, wire


@wire
def see_node(request: HttpRequest) -> HttpResponse:
    """`GET /.well-known/rahdari-node`."""
    made = HttpResponse(node_document(types=sorted(_schemas())), content_type="application/jose")
    made.headers["Cache-Control"] = "no-store"
    return made


@wire
def see_schema(request: HttpRequest, name: str = "") -> HttpResponse:
    """`GET schemas/FAMILY.VERB.VERSION.json`."""
    family, _, version = name.removesuffix(".json").rpartition(".")
    found = _schemas().get(f"{family}/{version}") if name.endswith(".json") else None
    if found is None:
        raise Refuse("not_found")
    return answer(found, kind="application/schema+json")


def _schemas() -> dict[str, Any]:
    return import_string(settings.MAILROOM).schemas
