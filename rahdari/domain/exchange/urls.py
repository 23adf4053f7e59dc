"""Addresses of the exchange: those of the protocol, which stand at the root, and the desk pages."""

from django.urls import URLPattern, include, path

from rahdari.base.access import Permit
from rahdari.web.doors import View, door

from .access import PERMITS
from .api import blobs, nodes, streams, witness
from .api.speaking import by_method, nowhere

SPEAK, WITNESS = PERMITS["speak"], PERMITS["witness"]
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
wire_urls = [path("", include(wire_patterns))]
urlpatterns: list[object] = []
