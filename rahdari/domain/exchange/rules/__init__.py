"""The law of the exchange: states, limits, when a token counts, when to try again. Pure; specification: docs/protocol.md."""

from .states import OUR_STATEMENT_MOVES, PARTNER_MOVES, STREAM_MOVES, THEIR_STATEMENT_MOVES

__all__ = ["OUR_STATEMENT_MOVES", "PARTNER_MOVES", "STREAM_MOVES", "THEIR_STATEMENT_MOVES"]
