"""Addresses of the exchange: those of the protocol, which stand at the root, and the desk pages."""

from django.urls import URLPattern, include, path

from rahdari.base.access import Permit
from rahdari.web.doors import View, door

from .access import PERMITS
from .api import blobs, nodes, streams, witness
from .api.speaking import by_method, nowhere
from .views import desk, figures, stories

READ = ("GET",)
SPEAK, WITNESS, STORY = PERMITS["speak"], PERMITS["witness"], PERMITS["see_story"]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
STREAM = "exchange/v1/streams/<str:sender>/<str:receiver>/"


def _wire(route: str, name: str, permit: Permit = SPEAK, **views: View) -> URLPattern:
    """An address of the protocol: every method comes in, because a wrong one is answered in its own way."""
    return door(route, by_method(**views), permit, name=f"exchange.{name}", methods=METHODS)


wire_patterns = [
    door(".well-known/rahdari-node", nodes.see_node, PERMITS["see_node"], methods=("GET",)),
    _wire("exchange/v1/envelopes", "receive_envelopes", POST=streams.receive_envelopes),
    _wire(f"{STREAM}head", "see_head", GET=streams.see_head),
    _wire(f"{STREAM}envelopes", "see_envelopes", GET=streams.see_envelopes),
    _wire(f"{STREAM}receipts", "see_receipts", GET=streams.see_receipts),
    _wire("exchange/v1/blobs/missing", "missing_blobs", GET=blobs.missing),
    _wire("exchange/v1/blobs/<str:sealed>", "blob", PUT=blobs.put_blob, HEAD=blobs.ask_blob),
    _wire("exchange/v1/journal/proof", "see_proof", GET=witness.see_proof),
    _wire("exchange/v1/witness/add-checkpoint", "add_checkpoint", WITNESS, POST=witness.add_checkpoint),
    _wire("exchange/v1/witness/checkpoint", "see_checkpoint", WITNESS, GET=witness.see_checkpoint),
    _wire("exchange/v1/schemas/<path:name>", "see_schema", PERMITS["see_schema"], GET=nodes.see_schema),
    door("exchange/v1/schemas/", nodes.see_schema, PERMITS["see_schema"], name="exchange.see_schemas", methods=METHODS),
    door("exchange/<path:rest>", nowhere, SPEAK, name="exchange.nowhere", methods=METHODS),
    door("exchange/", nowhere, SPEAK, name="exchange.nothing", methods=METHODS),
]
wire_urls = [
    path("", include(wire_patterns)),
    door("metrics", figures.see_metrics, PERMITS["see_metrics"], methods=READ),
]
urlpatterns = [
    door("", desk.see_exchange, PERMITS["see_exchange"], methods=READ),
    door("alarms/<uuid:alarm_id>/settle/", desk.settle_alarm, PERMITS["settle_alarm"]),
    door("partners/<slug:node>/release/", desk.release_notices, PERMITS["release_notices"]),
    door("statements/", stories.see_statements, STORY, name="exchange.see_statements", methods=READ),
    door("statements/<int:told_id>/", stories.see_story, STORY, methods=READ),
    door("statements/<int:told_id>/evidence.json", stories.take_evidence, PERMITS["take_evidence"], methods=READ),
    door("said/<uuid:entry_id>/", stories.see_said, STORY, name="exchange.see_said", methods=READ),
]
