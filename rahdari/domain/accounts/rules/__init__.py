"""The law of accounts: who may hold which role, codes, recoveries, tokens, phones. Pure."""

from .recovery import RECOVERY_MOVES

__all__ = ["RECOVERY_MOVES"]
