"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by logistic regression to the development pairs of the benchmark, and to as many made by its generator from the
same development names with another seed: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -2.69,
        "worst_over_half": -0.42,
        "worst_over_one": -0.76,
        "two_names": -2.35,
        "torn": 0.64,
        "weak": -0.54,
        "others": 2.03,
        "cost": -0.17,
        "sound": 0.0,
        "nothing": -0.12,
        "one": -1.72,
        "conflict": -6.28,
        "more_conflict": -0.76,
        "missing": -0.43,
        "father_known": 1.89,
        "father_differs": -8.65,
        "single_of_more": -2.79,
        "two_swapped": -0.64,
        "two_swapped_common": -8.51,
        "common_and_more": -3.26,
        "clan_left_out": -1.31,
        "clan_alone": 0.08,
        "clan_differs": -3.24,
        "missing_one_left": -1.47,
        "muhammad_both": -0.13,
        "kanji": 0.25,
        "bias": 4.52,
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
