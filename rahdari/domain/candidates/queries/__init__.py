"""Reads of candidates: files, consents, tests passed."""

from .files import consent_in_force, file_for, file_of, files_visible_to, tests_passed, tests_still_missing

__all__ = ["consent_in_force", "file_for", "file_of", "files_visible_to", "tests_passed", "tests_still_missing"]
