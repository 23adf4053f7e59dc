"""What an operator may do about alarms and about notices that are held back, and why something still waits."""

from __future__ import annotations

from rahdari.base.refusal import Refusal

SETTLE_REASONS = ("settle_mended", "settle_agreed", "settle_expected", "settle_false")
RELEASE_REASONS = ("release_agreed", "release_mended", "release_urgent")
TEXT_AT_MOST = 2000


def why_not_settle(*, settled: bool, lasts: bool, reason: str, text: str) -> list[Refusal]:
    """An open alarm is settled with a reason of the list, and never while what it rings for goes on."""
    refusals = [Refusal("wrong_state")] if settled else []
    if lasts:
        refusals.append(Refusal("alarm_lasts"))
    if len(text) > TEXT_AT_MOST:
        refusals.append(Refusal("too_long", member="text"))
    return refusals + _why_not_reason(reason, SETTLE_REASONS)


def why_not_release(*, held: bool, reason: str) -> list[Refusal]:
    """Notices are released with a reason of the list, and only while a witness holds them back."""
    return ([] if held else [Refusal("notices_not_held")]) + _why_not_reason(reason, RELEASE_REASONS)


def _why_not_reason(reason: str, reasons: tuple[str, ...]) -> list[Refusal]:
    return [] if reason in reasons else [Refusal("reason_missing", member="reason")]


def why_unsigned(*, partner: str, ready: bool, silent: bool, held_back: bool) -> str:
    """Why an approved statement has no place in its stream yet, as a code."""
    if partner != "paired":
        return f"waits_{partner}"
    if held_back:
        return "waits_witness"
    if silent:
        return "waits_link"
    return "waits_courier" if ready else "waits_heads"


def why_undelivered(*, partner: str, stopped: bool, silent: bool) -> str:
    """Why an envelope of ours has no receipt yet, as a code."""
    if partner != "paired":
        return f"waits_{partner}"
    if stopped:
        return "waits_stopped"
    return "waits_link" if silent else "waits_courier"


def why_not_taken_up(*, blobs: bool, tries: int) -> str:
    """Why a stored statement was not taken up yet, as a code."""
    if blobs:
        return "waits_blobs"
    return "waits_again" if tries else "waits_turn"
