"""Several people on their way to one flight.

story, second = ready(2)              two people of one demand, cleared, on Pakistan's node alone
third = one_more(story, 2)            a story of another person of the same demand, from the application on
"""

from __future__ import annotations

import datetime as dt

from tests.make.thread import AIRPORT, FLIGHT, HANEDA, STEPS, Story, alone, at

LEAVES = at("departed")
LANDS = LEAVES + dt.timedelta(hours=14)
FLIGHT_TOLD = {"flight": FLIGHT, "leaves_from": AIRPORT, "airport": HANEDA, "leaves_at": LEAVES, "eta": LANDS}


def one_more(story: Story, nth: int = 1) -> Story:
    """The `nth` person more for the vacancy of a story; nothing of the person is done yet."""
    known = {key: who for key, who in story.people.items() if key != "worker"}
    done = list(STEPS[: STEPS.index("application_filed")])
    return Story(
        corridor=story.corridor, done=done, people=known, demand_id=story.demand_id, vacancy_id=story.vacancy_id, nth=nth
    )


def ready(number: int) -> list[Story]:
    """People of one demand who are cleared, on Pakistan's node alone."""
    first = alone().go("registered")
    return [first, *(one_more(first, nth).go("registered") for nth in range(1, number))]
