"""The writes of residence so far: guidance, the first day of work, and what the partner tells of both."""

from .beginning import begin_work, record_guidance
from .mirroring import mirror_step

__all__ = ["begin_work", "mirror_step", "record_guidance"]
