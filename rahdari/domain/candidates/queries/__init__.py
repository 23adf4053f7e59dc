"""Reads of candidates: files, consents, tests passed."""

from .files import consent_in_force, file_for, file_of, files_visible_to, internships_of, passed_tests, still_missing, waiving

__all__ = [
    "consent_in_force",
    "file_for",
    "file_of",
    "files_visible_to",
    "internships_of",
    "passed_tests",
    "still_missing",
    "waiving",
]
