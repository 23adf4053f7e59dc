"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by `python -m rahdari.names.making weights` to the development pairs of the benchmark and to pairs its generator made
of the same names with other seeds: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -1.19,
        "worst_over_half": -0.84,
        "worst_over_one": -0.36,
        "two_names": -1.85,
        "torn": 0.43,
        "weak": -0.42,
        "others": 2.69,
        "cost": -0.34,
        "sound": 0.08,
        "nothing": 2.01,
        "one": -1.65,
        "conflict": -6.11,
        "more_conflict": -2.13,
        "missing": -0.89,
        "father_known": 2.4,
        "father_differs": -8.95,
        "single_of_more": -3.36,
        "two_swapped": -1.43,
        "two_swapped_common": -7.81,
        "common_and_more": -2.03,
        "clan_left_out": -1.69,
        "clan_alone": 0.44,
        "clan_differs": -3.54,
        "missing_one_left": -1.32,
        "muhammad_both": -0.25,
        "kanji": 0.21,
        "bias": 3.65,
    },
    "organisation": {
        "worst": -1.07,
        "worst_over_half": -0.6,
        "worst_over_one": 0.17,
        "two_names": -2.55,
        "torn": -0.44,
        "weak": -1.32,
        "others": 4.62,
        "cost": -0.42,
        "sound": 0.06,
        "nothing": 1.99,
        "one": -0.6,
        "conflict": -8.48,
        "more_conflict": -1.37,
        "missing": -0.89,
        "trade_shared": 1.6,
        "trade_differs": -8.07,
        "trade_left_out": 4.21,
        "trade_generic_differs": -8.27,
        "form_differs": -9.5,
        "places": -0.26,
        "bias": 3.37,
    },
}
