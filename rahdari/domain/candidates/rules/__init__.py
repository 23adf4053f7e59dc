"""The law of candidates: who may have a file, what a consent covers, which tests a kind of work asks.

Pure: no Django, no database, no clock, no settings may be brought in here.
"""

from .files import CONSENT_PURPOSES, SHOW_FILE, why_not_open

__all__ = ["CONSENT_PURPOSES", "SHOW_FILE", "why_not_open"]
