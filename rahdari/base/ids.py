"""Identifiers that sort by time: UUID version 7 (RFC 9562, section 5.7, method 1 with a counter).

Nothing of Django may be brought in here.
"""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_counter = 0
COUNTER_BITS = 12


def new_id() -> UUID:
    """A fresh identifier, greater than every one this process made before it."""
    global _last_ms, _counter
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_ms:
            _last_ms, _counter = now, secrets.randbits(COUNTER_BITS - 1)
        else:
            _counter += 1
            if _counter >= 1 << COUNTER_BITS:
                _last_ms, _counter = _last_ms + 1, 0
        stamp, counter = _last_ms, _counter
    return UUID(int=stamp << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62))
