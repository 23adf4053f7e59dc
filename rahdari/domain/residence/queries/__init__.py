"""Reads of residence: guidance, change of status and employment of a case."""

from .cases import Beginning, beginning_of, change_of, employment_of, guidance_of

__all__ = ["Beginning", "beginning_of", "change_of", "employment_of", "guidance_of"]
