"""The report of a run: what each database holds, and whether both say the same. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def report_of(run: Mapping[str, Any], counted: Mapping[str, Mapping[str, Any]], journals: Mapping[str, Any]) -> dict[str, Any]:
    """Joins what both nodes counted; `differences` names every figure on which they do not agree."""
    pk, jp = counted["pk"], counted["jp"]
    acts = sum(one["acts"] for one in counted.values())
    return {
        "scenario": run["scenario"],
        "seed": run["seed"],
        "part": run["part"],
        "begins_on": run["begins_on"],
        "days": run["days_done"],
        "people": pk["own"]["people"] + pk["own"]["people_without_case"],
        "people_without_case": pk["own"]["people_without_case"],
        "departed_from": pk["own"]["airports"],
        "people_by_station": pk["own"]["people_by_station"],
        "cases_by_state": pk["own"]["cases_by_state"],
        "agreements": pk["own"]["agreements"],
        "shared": pk["shared"],
        "median_days": {node: one["own"]["median_days"] for node, one in counted.items()},
        "refusals": {
            node: {f"{verb}: {code}": number for verb, code, number in one["refusals"]} for node, one in counted.items()
        },
        "statements": {node: one["own"]["statements"] for node, one in counted.items()},
        "actions": {node: one["own"]["verbs"] for node, one in counted.items()},
        "agree": {
            "differences": differences(pk["shared"], jp["shared"]),
            "people_conserved": sum(pk["own"]["people_by_station"].values()) == pk["own"]["people"],
            "journals": journals,
            "audit_faults": {node: one["own"]["audit_faults"] for node, one in counted.items()},
        },
        "cost_of_the_run": {
            "seconds": round(run["seconds"], 1),
            "acts": acts,
            "milliseconds_an_act": round(1000 * run["seconds"] / acts, 2) if acts else None,
            "memory_mb": {node: one["memory_mb"] for node, one in counted.items()},
            "cpu_seconds": {node: one["cpu_seconds"] for node, one in counted.items()},
            "database_mb": {node: one["own"]["database_mb"] for node, one in counted.items()},
            "seconds_by_part": {node: one["seconds"] for node, one in counted.items()},
        },
    }


def as_both_know(departures: Mapping[str, int]) -> dict[str, int]:
    """Departures by state as the accepting side can know them: an application for registration does not cross."""
    found = dict(departures)
    applied = found.pop("registration_applied", 0)
    return found | ({"visa_issued": found.get("visa_issued", 0) + applied} if applied else {})


def differences(here: Mapping[str, Any], there: Mapping[str, Any], path: str = "") -> list[str]:
    """Each figure that is not the same on both nodes, with both values."""
    found = []
    for name in sorted({*here, *there}):
        one, other, place = here.get(name), there.get(name), f"{path}{name}"
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            found += differences(one, other, f"{place}.")
        elif one != other:
            found.append(f"{place}: pk {one}, jp {other}")
    return found


def is_whole(report: Mapping[str, Any]) -> bool:
    """Whether both nodes agree in every figure, both journals are whole and equal, and nobody was lost."""
    agree = report["agree"]
    journals = all(one["status"] == 0 for one in agree["journals"]["verified"].values())
    return not agree["differences"] and agree["people_conserved"] and journals and not any(agree["audit_faults"].values())
