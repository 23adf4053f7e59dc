"""The writes of residence so far: guidance, a change of status, the first day of work, and what the partner tells of them."""

from .beginning import begin_work, record_guidance
from .changes import decide_change, file_change, refuse_change
from .mirroring import mirror_step

__all__ = ["begin_work", "decide_change", "file_change", "mirror_step", "record_guidance", "refuse_change"]
