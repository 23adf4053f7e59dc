"""How often the rules of exam fraud alarm on honest sittings, and how many planted frauds they find. One command, no database.

    python bench/exam_anomalies.py [--sittings 2000] [--seed 7]

Honest sittings are drawn with what makes rules err: families that share a phone, hostels that share an address, photos before
one background, sittings whose classes are better or worse than those before, quick people. Then one fraud is planted in each
sitting of a second set. Whole numbers and one seed: the same answer comes every time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections import Counter
from dataclasses import replace

from rahdari.base.reference import shipped_book
from rahdari.domain.exams.rules.anomalies import RULES, Hit, Limits, Rate, Traced, hits_in, limits_on

DAY, EXAM = dt.date(2026, 11, 25), "SSW1_SKILL"
PEOPLE, HISTORY = (20, 60), (80, 400)
FAMILY_PHONE, HOSTEL = 0.01, 0.05  # of people: share the phone of another; live in a house of the sitting's region
SPREAD_OF_CLASSES = 0.04  # how far the chance to pass of one class lies from that of the place


def face(chance: random.Random) -> int:
    """A photo's hash: photos before one background agree in some bits."""
    background = 0x0F0F_3C3C_FF00_00FF
    return background ^ sum(1 << bit for bit in range(64) if chance.random() < 0.3)


def honest(chance: random.Random) -> tuple[list[Traced], Rate]:
    """A sitting without fraud."""
    people = chance.randint(*PEOPLE)
    houses = [f"house-{one}" for one in range(max(1, people // 12))]
    speed = chance.randint(2400, 3600)
    traced: list[Traced] = []
    for one in range(people):
        marks = {mark: f"{mark}-{one}" for mark in ("phone", "identity", "address", "device", "account")}
        if traced and chance.random() < FAMILY_PHONE:
            marks["phone"] = chance.choice(traced).marks["phone"]
        if chance.random() < HOSTEL:
            marks["address"] = chance.choice(houses)
        seconds = max(600, int(chance.gauss(speed, speed * 0.12)))
        traced.append(Traced(f"PK-{one:03}", marks, face(chance), seconds))
    place = chance.uniform(0.25, 0.6)
    here = min(0.95, max(0.05, chance.gauss(place, SPREAD_OF_CLASSES)))
    before = chance.randint(*HISTORY)
    rate = Rate(
        sum(chance.random() < here for _ in range(people)), people, sum(chance.random() < place for _ in range(before)), before
    )
    return traced, rate


def planted(rule: str, chance: random.Random) -> tuple[list[Traced], Rate]:
    """A sitting with one fraud."""
    traced, rate = honest(chance)
    some = chance.sample(range(len(traced)), 3)
    if rule.startswith("shared_"):
        mark, group = rule.removeprefix("shared_"), some if rule != "shared_address" else chance.sample(range(len(traced)), 6)
        for one in group:
            traced[one] = replace(traced[one], marks=traced[one].marks | {mark: "the same"})
    elif rule == "one_face":
        for one in some[1:]:  # another photo of the same face: some bits differ
            bits = sum(1 << bit for bit in chance.sample(range(64), chance.randint(0, 8)))
            traced[one] = replace(traced[one], photo=(traced[some[0]].photo or 0) ^ bits)
    elif rule == "answers_too_fast":
        for one in some[:2]:
            traced[one] = replace(traced[one], seconds=chance.randint(300, 1100))
    else:
        leaked = chance.uniform(0.9, 1) if rule == "pass_rate_high" else chance.uniform(0, 0.1)
        rate = replace(rate, passed=round(rate.sat * leaked))
    return traced, rate


def alarms(sittings: list[tuple[list[Traced], Rate]], limits: Limits) -> list[list[Hit]]:
    return [hits_in(traced, rate, limits) for traced, rate in sittings]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--sittings", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=7)
    told = asked.parse_args()
    chance, limits = random.Random(told.seed), limits_on(shipped_book(), DAY, EXAM)  # a seed, so that it can be repeated
    clean = [honest(chance) for _ in range(told.sittings)]
    begin = time.perf_counter()
    found = alarms(clean, limits)
    each = (time.perf_counter() - begin) / len(clean)
    false = Counter(rule for hits in found for rule in {hit.rule for hit in hits})
    any_alarm = sum(bool(hits) for hits in found)
    print(f"{len(clean)} honest sittings of {PEOPLE[0]} to {PEOPLE[1]} people, {each * 1000:.1f} ms each")
    print(f"{'rule':18} {'false alarms':>14} {'planted':>8} {'found':>7}")
    for rule in RULES:
        many = max(100, told.sittings // 10)
        frauds = [planted(rule, chance) for _ in range(many)]
        right = sum(any(hit.rule == rule for hit in hits) for hits in alarms(frauds, limits))
        print(f"{rule:18} {false[rule]:6} {false[rule] / len(clean):6.2%} {many:9} {right / many:7.1%}")
    print(f"any rule           {any_alarm:6} {any_alarm / len(clean):6.2%}")


if __name__ == "__main__":
    main()
