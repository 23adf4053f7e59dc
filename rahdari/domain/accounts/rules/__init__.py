"""The law of accounts: who may hold which role, codes, recoveries, tokens, phones. Pure."""

from .proxies import PROXY_MOVES
from .recovery import RECOVERY_MOVES

__all__ = ["PROXY_MOVES", "RECOVERY_MOVES"]
