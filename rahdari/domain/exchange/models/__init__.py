"""Tables of the exchange: partners and their keys, streams and envelopes, statements, journals, blobs, alarms."""

from .journals import Checkpoint, Journal, Leaf, Node, Witnessed
from .partners import Alarm, IssuedKeys, Link, Partner, PartnerKey, UsedRequest
from .streams import Blob, Envelope, Fork, OfficeSigned, RefusedToken, Stream, Told

__all__ = [
    "Alarm",
    "Blob",
    "Checkpoint",
    "Envelope",
    "Fork",
    "IssuedKeys",
    "Journal",
    "Leaf",
    "Link",
    "Node",
    "OfficeSigned",
    "Partner",
    "PartnerKey",
    "RefusedToken",
    "Stream",
    "Told",
    "UsedRequest",
    "Witnessed",
]
