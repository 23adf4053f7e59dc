"""States of partners, streams and statements, and their moves."""

from __future__ import annotations

PARTNER_MOVES = {"paired": {"paused", "removed"}, "paused": {"paired", "removed"}, "removed": {"paired"}}
STREAM_MOVES = {"running": {"stopped"}, "stopped": {"running"}}
# Ours are signed, delivered, and then as the partner's outcome says; a partner's waits until it is taken up or refused.
OUR_STATEMENT_MOVES = {
    "signed": {"delivered", "refused"},  # refused here when it is too large to be sent
    "delivered": {"taken_up", "refused", "recalled"},
    "taken_up": {"recalled"},
    "refused": {"recalled"},
    "recalled": set(),
}
THEIR_STATEMENT_MOVES = {
    "waiting": {"taken_up", "refused", "recalled"},
    "taken_up": {"recalled"},
    "refused": {"recalled"},
    "recalled": set(),
}
