"""Reads of organisations: the public register, the desk, and how a licence stands on a day."""

from .standing import LicenceAnswer, licence_on

__all__ = ["LicenceAnswer", "licence_on"]
