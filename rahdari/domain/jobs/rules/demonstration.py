"""The invented vacancies of the demonstration: many kinds of work in many places, so that there is something to find. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One invented demand and its vacancy; `pay` in yen a month, `days` until it closes."""

    employer: str
    field: str
    duty: str
    prefecture: str
    municipality: str
    pay: int
    places: int
    days: int
    tests: tuple[str, ...] = ("SSW1_SKILL", "JFT_BASIC")


EXAMPLES = (
    Example("Komorebi Home", "NURSING_CARE", "", "11", "111007", 204_000, 10, 40, ("NURSING_CARE_SKILL", "JFT_BASIC")),
    Example("Hoshizora Kensetsu", "CONSTRUCTION", "CIVIL", "01", "011002", 236_000, 8, 60),
    Example("Aozora Nouen", "AGRICULTURE", "CROP", "20", "202011", 188_000, 15, 80),
    Example("Kazemori Foods", "FOOD_MFG", "", "12", "121002", 191_000, 40, 30),
    Example("Tsukishiro Hotel", "ACCOMMODATION", "", "26", "261009", 201_000, 9, 25),
    Example("Soramachi Truck", "AUTO_TRANSPORT", "TRUCK", "14", "141003", 262_000, 20, 38),
    Example("Yukimura Motors", "AUTO_REPAIR", "", "22", "221007", 221_000, 7, 44),
    Example("Shiosai Zosen", "SHIPBUILDING", "", "34", "342025", 233_000, 14, 52),
    Example("Hotaru Clean", "BUILDING_CLEANING", "", "13", "131032", 184_000, 16, 28),
    Example("Umi no Sachi", "FISHERY", "AQUACULTURE", "38", "382035", 186_000, 6, 58),
)
