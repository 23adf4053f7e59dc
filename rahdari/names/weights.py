"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by `python -m rahdari.names.making weights` to the development pairs of the benchmark and to pairs its generator made
of the same names with other seeds: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -1.18,
        "worst_over_half": -0.64,
        "worst_over_one": -0.66,
        "two_names": -1.47,
        "torn": 0.22,
        "weak": -0.46,
        "others": 2.96,
        "cost": -0.33,
        "sound": 0.05,
        "nothing": -0.55,
        "one": -1.6,
        "conflict": -6.12,
        "more_conflict": -0.7,
        "missing": -1.34,
        "father_known": 2.07,
        "father_differs": -8.25,
        "single_of_more": -2.77,
        "two_swapped": -1.4,
        "two_swapped_common": -7.19,
        "common_and_more": -1.23,
        "clan_left_out": -1.99,
        "clan_alone": 0.35,
        "clan_differs": -3.19,
        "missing_one_left": -1.37,
        "muhammad_both": -0.27,
        "kanji": 0.13,
        "bias": 3.74,
    },
    "organisation": {
        "worst": -0.98,
        "worst_over_half": -0.49,
        "worst_over_one": -0.33,
        "two_names": -1.92,
        "torn": -0.4,
        "weak": -1.25,
        "others": 5.06,
        "cost": -0.44,
        "sound": 0.07,
        "nothing": 1.71,
        "one": -0.55,
        "conflict": -7.91,
        "more_conflict": -1.12,
        "missing": -0.76,
        "trade_shared": 1.6,
        "trade_differs": -7.56,
        "trade_left_out": 4.21,
        "trade_generic_differs": -7.69,
        "form_differs": -9.04,
        "places": -0.67,
        "bias": 3.11,
    },
}
