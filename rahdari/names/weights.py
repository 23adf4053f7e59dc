"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by logistic regression to the development pairs of the benchmark: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -1.89,
        "worst_over_half": -1.59,
        "worst_over_one": 1.14,
        "others": 2.6,
        "cost": -0.27,
        "sound": 0.02,
        "nothing": -0.25,
        "one": -1.23,
        "conflict": -6.35,
        "more_conflict": -0.44,
        "missing": -0.6,
        "father_known": 1.35,
        "father_differs": -7.57,
        "single_of_more": -1.17,
        "two_swapped": -0.93,
        "two_swapped_common": -7.35,
        "common_and_more": -3.68,
        "clan_left_out": -0.61,
        "clan_alone": -1.0,
        "clan_differs": -2.46,
        "missing_one_left": -2.86,
        "muhammad_both": 0.15,
        "kanji": 0.15,
        "bias": 4.03,
    },
    "organisation": {
        "worst": -0.93,
        "worst_over_half": -1.48,
        "worst_over_one": -0.23,
        "others": 2.78,
        "cost": -0.39,
        "sound": 0.02,
        "nothing": 2.03,
        "one": -0.48,
        "conflict": -7.16,
        "more_conflict": -0.76,
        "missing": -0.45,
        "trade_shared": 2.0,
        "trade_differs": -5.36,
        "trade_left_out": 4.83,
        "trade_generic_differs": -5.45,
        "form_differs": -7.99,
        "places": -0.09,
        "bias": 2.46,
    },
}
