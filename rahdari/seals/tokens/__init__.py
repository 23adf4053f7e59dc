"""Each kind of token the nodes exchange, with its members read (protocol, sections 1 to 3 and 5).

`read_X` looks at the form alone: parts, header, type, `spec`, and the kind of each member. Whose key it is, whether the
signature, the moment and the place are right, the caller decides, in the order the protocol gives. `make_X` signs
nothing that `read_X` would refuse, and only with a key of the role the token belongs to.
"""

from .nodes import (
    KeysToken,
    NodeDocument,
    make_keys_token,
    make_node_document,
    read_keys_token,
    read_node_document,
    why_not_keys,
)
from .papers import LARGEST_PAPER, PAPER, Paper, make_paper, read_paper
from .requests import Request, make_request, read_request
from .revocations import LARGEST_SERIAL, REVOCATIONS, Revocations, make_revocations, read_revocations
from .statements import (
    LANGUAGES,
    LEVELS,
    OFFICE_TYPES,
    PAD,
    STATEMENT,
    Glimpse,
    Statement,
    glimpse,
    make_statement,
    read_statement,
)
from .streams import (
    Envelope,
    Receipt,
    Refusal,
    Stub,
    addressed,
    make_envelope,
    make_receipt,
    make_refusal,
    make_stub,
    read_envelope,
    read_place,
    read_receipt,
    read_refusal,
    read_stub,
    seed,
)

__all__ = [
    "LANGUAGES",
    "LARGEST_PAPER",
    "LARGEST_SERIAL",
    "LEVELS",
    "OFFICE_TYPES",
    "PAD",
    "PAPER",
    "REVOCATIONS",
    "STATEMENT",
    "Envelope",
    "Glimpse",
    "KeysToken",
    "NodeDocument",
    "Paper",
    "Receipt",
    "Refusal",
    "Request",
    "Revocations",
    "Statement",
    "Stub",
    "addressed",
    "glimpse",
    "make_envelope",
    "make_keys_token",
    "make_node_document",
    "make_paper",
    "make_receipt",
    "make_refusal",
    "make_request",
    "make_revocations",
    "make_statement",
    "make_stub",
    "read_envelope",
    "read_keys_token",
    "read_node_document",
    "read_paper",
    "read_place",
    "read_receipt",
    "read_refusal",
    "read_request",
    "read_revocations",
    "read_statement",
    "read_stub",
    "seed",
    "why_not_keys",
]
