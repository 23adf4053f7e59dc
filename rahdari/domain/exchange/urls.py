"""Addresses of the exchange: those of the protocol, which stand at the root, and the desk pages."""

from django.urls import include, path

from rahdari.web.doors import door

from .access import PERMITS
from .api import blobs, nodes, streams, witness

READ, SPEAK = ("GET",), PERMITS["speak"]
stream = "exchange/v1/streams/<str:sender>/<str:receiver>/"
wire_patterns = [
    door(".well-known/rahdari-node", nodes.see_node, PERMITS["see_node"], methods=READ),
    door("exchange/v1/schemas/<str:name>", nodes.see_schema, PERMITS["see_schema"], methods=READ),
    door("exchange/v1/envelopes", streams.receive_envelopes, SPEAK, name="exchange.receive_envelopes", methods=("POST",)),
    door(f"{stream}head", streams.see_head, SPEAK, name="exchange.see_head", methods=READ),
    door(f"{stream}envelopes", streams.see_envelopes, SPEAK, name="exchange.see_envelopes", methods=READ),
    door(f"{stream}receipts", streams.see_receipts, SPEAK, name="exchange.see_receipts", methods=READ),
    door("exchange/v1/blobs/missing", blobs.missing, SPEAK, name="exchange.missing_blobs", methods=READ),
    door("exchange/v1/blobs/<str:sealed>", blobs.blob, SPEAK, name="exchange.blob", methods=("PUT", "HEAD")),
    door("exchange/v1/journal/proof", witness.see_proof, SPEAK, name="exchange.see_proof", methods=READ),
    door(
        "exchange/v1/witness/add-checkpoint",
        witness.add_checkpoint,
        PERMITS["witness"],
        name="exchange.add_checkpoint",
        methods=("POST",),
    ),
    door(
        "exchange/v1/witness/checkpoint", witness.see_checkpoint, PERMITS["witness"], name="exchange.see_checkpoint", methods=READ
    ),
]
wire_urls = [path("", include(wire_patterns))]
urlpatterns: list[object] = []
