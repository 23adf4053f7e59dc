"""Reads of residence: the guidance and the employment of a case."""

from .cases import Beginning, beginning_of, employment_of, guidance_of

__all__ = ["Beginning", "beginning_of", "employment_of", "guidance_of"]
