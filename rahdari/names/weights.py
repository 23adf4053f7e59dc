"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by logistic regression to the development pairs of the benchmark, and to as many made by its generator from the
same development names with another seed: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -2.59,
        "worst_over_half": -0.5,
        "worst_over_one": -0.77,
        "two_names": -2.34,
        "torn": 0.63,
        "weak": -0.55,
        "others": 2.02,
        "cost": -0.17,
        "sound": 0.0,
        "nothing": -0.12,
        "one": -1.71,
        "conflict": -6.24,
        "more_conflict": -0.76,
        "missing": -0.5,
        "father_known": 1.27,
        "father_differs": -8.09,
        "single_of_more": -1.9,
        "two_swapped": -0.43,
        "two_swapped_common": -8.66,
        "common_and_more": -3.14,
        "clan_left_out": -1.27,
        "clan_alone": 0.11,
        "clan_differs": -3.24,
        "missing_one_left": -2.17,
        "muhammad_both": -0.13,
        "kanji": 0.27,
        "bias": 4.46,
    },
    "organisation": {
        "worst": -1.09,
        "worst_over_half": -1.07,
        "worst_over_one": 1.08,
        "two_names": -2.55,
        "torn": -0.26,
        "weak": -1.18,
        "others": 2.3,
        "cost": -0.34,
        "sound": 0.0,
        "nothing": 0.78,
        "one": -0.54,
        "conflict": -7.6,
        "more_conflict": -1.02,
        "missing": -0.71,
        "trade_shared": 1.93,
        "trade_differs": -6.08,
        "trade_left_out": 4.92,
        "trade_generic_differs": -6.35,
        "form_differs": -8.87,
        "places": -0.26,
        "bias": 2.94,
    },
}
