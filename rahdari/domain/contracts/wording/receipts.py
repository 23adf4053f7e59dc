"""Receipts and money back in words; the codes are those of `rules/receipts.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "no_such_line": _("There is no such line among the declared costs of this case that is yours to receipt."),
    "receipt_used": _("This receipt was used before. A receipt counts once."),
    "receipt_number_missing": _("Write the number as it stands on the receipt."),
    "receipt_cash": _("No cash. Only a bank or an approved digital way."),
    "amount_impossible": _("Write an amount above zero, in the currency of the receipt."),
    "more_than_paid": _("This is more than was paid for this line."),
}

PERMISSIONS = {
    "contracts.record_receipt": _("Record a receipt for a cost of a case"),
    "contracts.record_money_back": _("Record money returned to the worker"),
    "contracts.confirm_money_back": _("Confirm that money came back to oneself"),
    "contracts.see_receipt": _("Open the file of a receipt"),
}

CODES = {
    "contracts.record_receipt": _("Record a receipt"),
    "contracts.record_money_back": _("Record money back"),
    "contracts.confirm_money_back": _("Confirm that the money came"),
}

LABELS = {
    "contracts.line": _("Line of cost"),
    "contracts.number": _("Number on the receipt"),
    "contracts.issuer": _("Who issued the receipt"),
    "contracts.on": _("Day on the receipt"),
    "contracts.on.hint": _("As printed on the receipt"),
    "contracts.amount": _("Amount"),
    "contracts.amount.hint": _("In whole units, for example 15,000 or 15000.50; the currency stands beside it"),
    "contracts.currency": _("Currency"),
    "contracts.channel": _("Way of payment"),
    "contracts.payer": _("Who paid it back"),
    "contracts.receipt": _("Money that came back"),
    "contracts.scan": _("Photo or scan of the receipt"),
}
