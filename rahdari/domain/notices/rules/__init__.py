"""The law of notices: what must be told, by whom it is approved, how it is answered, and when it is taken back."""

from .notices import NOTICE_MOVES

__all__ = ["NOTICE_MOVES"]
