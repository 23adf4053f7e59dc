"""The writes of jobs."""

from .papers import keep_paper

__all__ = ["keep_paper"]
