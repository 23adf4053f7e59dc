"""Read by every Python that has this folder in PYTHONPATH: the clock of the process is so many seconds ahead (or behind).

Only tests put it there; nothing of the program knows of it. The seconds stand in the file that OTHER_CLOCK names, which is
read when a process starts. The database server keeps the machine's clock; the program writes no time of its own from there.
"""

import datetime
import os
import pathlib

import time_machine

place = os.environ.get("OTHER_CLOCK", "")
ahead = int(pathlib.Path(place).read_text()) if place and pathlib.Path(place).is_file() else 0
if ahead:
    there = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=ahead)
    time_machine.travel(there, tick=True).start()
