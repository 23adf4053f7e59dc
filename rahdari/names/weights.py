"""The weights of the evidence, in log-odds: what each number moves the score by.

Fitted by `python -m rahdari.names.making weights` to the development pairs of the benchmark and to pairs its generator made
of the same names with other seeds: some forty numbers, which know no name.
"""

from __future__ import annotations

WEIGHTS: dict[str, dict[str, float]] = {
    "person": {
        "worst": -2.17,
        "worst_over_half": -1.59,
        "worst_over_one": 0.14,
        "two_names": -1.04,
        "known_apart": -2.43,
        "other_gender": -2.24,
        "torn": 0.49,
        "weak": -0.19,
        "cost": -0.15,
        "one": -2.21,
        "conflict": -6.14,
        "more_conflict": -0.71,
        "missing": -0.9,
        "father_known": 2.45,
        "father_differs": -9.07,
        "single_of_more": -3.34,
        "two_swapped": -1.58,
        "two_swapped_common": -7.79,
        "common_and_more": -2.22,
        "clan_left_out": -1.85,
        "clan_differs": -3.69,
        "missing_one_left": -1.24,
        "bias": 4.64,
    },
    "organisation": {
        "worst": -1.1,
        "worst_over_half": -0.4,
        "worst_over_one": 0.82,
        "two_names": -2.01,
        "known_apart": -1.89,
        "torn": -0.85,
        "weak": -1.72,
        "cost": -0.34,
        "one": -1.26,
        "conflict": -8.46,
        "more_conflict": -1.26,
        "missing": -0.95,
        "trade_shared": 1.47,
        "trade_differs": -8.11,
        "trade_left_out": 4.11,
        "trade_generic_differs": -8.46,
        "form_differs": -9.42,
        "places": -0.2,
        "bias": 4.32,
    },
}
