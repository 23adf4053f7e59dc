"""Terms and costs in words: what the rules found, and what was wrong with the facts.

Words only. `%(position)s` is the line counted from 1, as people count; amounts are
whole units. No rule, no query and no other package may be brought in here.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "over_pk_ceiling": _(
        "Line %(position)s, %(item)s: %(amount)s %(currency)s in all is more than the %(ceiling)s %(currency)s that a promoter "
        "may take in Pakistan. Only a charge up to the ceiling is lawful there."
    ),
    "within_pk_ceiling": _(
        "Line %(position)s, %(item)s: %(amount)s %(currency)s in all is not more than the %(ceiling)s %(currency)s that a "
        "promoter may take in Pakistan."
    ),
    "processing_ceiling": _(
        "Line %(position)s, %(item)s: the promoter only handles the papers in this case, so the lower ceiling of %(ceiling)s "
        "%(currency)s counts, under whatever name the charge comes."
    ),
    "wrong_amount": _(
        "Line %(position)s, %(item)s: the fee is fixed at %(ceiling)s %(currency)s, but %(amount)s %(currency)s were taken in "
        "all. Another amount is right only if a new fee order sets it."
    ),
    "right_amount": _("Line %(position)s, %(item)s: the fee is fixed at %(ceiling)s %(currency)s, and that is what was taken."),
    "charge_not_on_route": _(
        "Line %(position)s, %(item)s: the list of fees of this route has no such charge, so it may not be asked. It would be "
        "lawful only on the route to which it belongs."
    ),
    "ceiling_unknown": _(
        "Line %(position)s, %(item)s: the tables hold no amount to compare this one with, so no verdict is given. The office "
        "in charge can confirm the amount."
    ),
    "route_not_confirmed": _(
        "Line %(position)s, %(item)s: which fees this route has, and how high they are, is not confirmed by any published list."
    ),
    "fee_table_later": _("Line %(position)s, %(item)s: the table of fees does not reach back to %(on)s."),
    "other_currency": _(
        "Line %(position)s, %(item)s: the amount is in %(currency)s, the table in %(table_currency)s. Amounts are not "
        "converted; the amount in %(table_currency)s on the receipt would settle it."
    ),
    "route_not_said": _(
        "Line %(position)s, %(item)s: this fee differs between the routes, and the route was not told. With the route it can "
        "be judged."
    ),
    "amount_not_said": _("Line %(position)s, %(item)s: the amount was not told, so it cannot be compared with the table."),
    "currency_not_said": _("Line %(position)s, %(item)s: the currency was not told, so the amount stands in no sum."),
    "currency_from_table": _(
        "Line %(position)s, %(item)s: the currency was not told; the amount is read in %(currency)s, the currency of the table."
    ),
    "payer_not_said": _("Line %(position)s, %(item)s: who pays was not told, so the amount stands in the sum of nobody."),
    "cash": _(
        "Line %(position)s, %(item)s: a promoter may not take cash, only payment through a bank or an approved digital channel. "
        "The promoter's licence is at risk."
    ),
    "unlicensed_intermediary": _(
        "Line %(position)s, %(item)s: this goes to a person without a licence. Only a licensed promoter or the Overseas "
        "Employment Corporation may stand between a worker and work abroad."
    ),
    "support_cost_charged": _(
        "Line %(position)s, %(item)s: this is mandatory support. The employer bears its cost; it may not be charged to the "
        "worker, not even through the wage."
    ),
    "wrong_payer": _(
        "Line %(position)s, %(item)s: this is a fee of the employer or the registered support organisation (%(payer)s), not of "
        "the worker."
    ),
    "MOC_A": _(
        "Line %(position)s, %(item)s: money or property of the worker, a relative or another person concerned is held. The "
        "Memorandum counts this as a wrongful act under 4(1)(a), whatever the reason given and also if it will be given back."
    ),
    "MOC_B": _(
        "Line %(position)s, %(item)s: a sum or a transfer is to fall due when the contract is broken. The Memorandum counts "
        "this as a wrongful act under 4(1)(b), also before anything is paid."
    ),
    "MOC_E": _(
        "Line %(position)s, %(item)s: money was asked without showing how it is worked out, or without the worker understanding "
        "the amount and its breakdown. The Memorandum counts this as a wrongful act under 4(1)(e), also inside a legal ceiling."
    ),
    "jp_no_deposit": _(
        "Line %(position)s, %(item)s: with money or property held, the employment contract also fails the criteria in Japan."
    ),
    "jp_no_penalty": _("Line %(position)s, %(item)s: with a penalty, the employment contract also fails the criteria in Japan."),
    "jp_fees_understood": _(
        "Line %(position)s, %(item)s: Japan admits a worker only if amount and breakdown of what was paid at home were "
        "understood and agreed."
    ),
    "ilo_worker_paid": _(
        "Line %(position)s, %(item)s: the worker or the family bears this cost of recruitment. Under the ILO definition workers "
        "pay nothing, also where national law allows the charge."
    ),
    "ilo_illegitimate": _(
        "Line %(position)s, %(item)s: under the ILO definition this kind of payment (bribe, extortion, bond, illicit recovery, "
        "collateral) is never legitimate, whoever pays it."
    ),
    "item_not_recognised": _(
        "Line %(position)s, %(item)s: the item stands in no table, so it has no ILO category and no ceiling. Naming it by a code "
        "of the tables would tell more."
    ),
    "costs_not_told": _("No cost was told, so nothing can be judged."),
    "no_cost_finding": _("No norm finds anything against these costs."),
}

# The word each norm has for a line of the ledger.
CODES: dict[str, Promise] = {
    "within_cap": _("within the cap"),
    "fixed_fee": _("the fixed fee"),
    "lawful": _("allowed"),
    "explained": _("explained"),
    "not_lawful": _("not allowed"),
    "should_be_zero": _("should be 0"),
    "never_lawful": _("never allowed"),
    "not_explained": _("not explained"),
    "not_known": _("not known"),
}

FAULTS: dict[str, Promise] = {
    "not_a_currency": _("Write the currency as three capital letters, for example PKR or JPY."),
    "not_a_party": _("Name who pays or is paid by one word in Latin letters, for example worker or promoter."),
    "item_empty": _("Say what the cost is for, or leave the item out."),
    "not_held_property": _("Say yes or no, or name what is held."),
}
