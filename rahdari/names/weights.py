"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by logistic regression to the development pairs of the benchmark: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -2.1,
        "worst_over_half": -1.7,
        "worst_over_one": 1.61,
        "others": 2.32,
        "cost": -0.27,
        "sound": 0.01,
        "nothing": -0.37,
        "one": -1.14,
        "conflict": -6.62,
        "more_conflict": -1.07,
        "missing": -0.64,
        "father_known": 2.75,
        "father_differs": -9.02,
        "single_of_more": -1.23,
        "two_swapped": -0.84,
        "two_swapped_common": -8.61,
        "common_and_more": -4.03,
        "clan_left_out": -0.53,
        "clan_alone": 0.19,
        "clan_differs": -3.37,
        "missing_one_left": -3.08,
        "muhammad_both": 0.28,
        "kanji": -0.1,
        "bias": 4.37,
    },
    "organisation": {
        "worst": -1.04,
        "worst_over_half": -2.43,
        "worst_over_one": 0.68,
        "others": 3.81,
        "cost": -0.38,
        "sound": 0.01,
        "nothing": 3.44,
        "one": -0.27,
        "conflict": -8.26,
        "more_conflict": -1.1,
        "missing": -0.52,
        "trade_shared": 1.77,
        "trade_differs": -6.38,
        "trade_left_out": 4.91,
        "trade_generic_differs": -6.36,
        "form_differs": -9.46,
        "places": -0.04,
        "bias": 3.1,
    },
}
