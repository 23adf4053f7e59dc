"""The writes of the exchange."""

from .bundles import export_bundle, import_bundle
from .checkpoints import make_checkpoint
from .delivering import deliver
from .forks import not_restored, resume
from .founding import found_node
from .keys import confirm_office, follow_keys, roll_keys, take_keys_by_hand
from .outcomes import hear_outcome
from .pairing import add_partner, change_partner
from .repairing import repair
from .restarting import follow_journal, restart_journal
from .storing import store_envelopes
from .taking_up import take_up
from .tending import tend

__all__ = [
    "add_partner",
    "change_partner",
    "confirm_office",
    "deliver",
    "export_bundle",
    "follow_journal",
    "follow_keys",
    "found_node",
    "hear_outcome",
    "import_bundle",
    "make_checkpoint",
    "not_restored",
    "repair",
    "restart_journal",
    "resume",
    "roll_keys",
    "store_envelopes",
    "take_keys_by_hand",
    "take_up",
    "tend",
]
