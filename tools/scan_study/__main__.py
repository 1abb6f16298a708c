"""`python -m tools.scan_study [--scans N]`: the figures beside their limits; exit 1 when one is broken."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Final

from tools.scan_study.study import Seen, read_spoiled

SCANS: Final = 10_000
MOST_WRONG: Final = 0
UNREAD_IN: Final = 500
"""At most one page in so many may be unreadable; the scrutineers read it by its words."""

_EVERY: Final = 500
_CHUNK: Final = 20


def main() -> None:
    """Run the study on all cores."""
    parser = argparse.ArgumentParser(prog="python -m tools.scan_study", description=__doc__)
    parser.add_argument("--scans", type=int, default=SCANS)
    parser.add_argument("--corner", action="store_true", help="the corner with the code alone, ten times quicker")
    options = parser.parse_args()
    seen = Seen()
    # Neighbours share a page's shape and number only every few scans, so each process draws the pages it meets.
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        work = pool.map(partial(read_spoiled, corner=options.corner), range(options.scans), chunksize=_CHUNK)
        for number, one in enumerate(work, 1):
            seen = seen.plus(one)
            if number % _EVERY == 0:
                sys.stdout.write(f"{number}: {seen.right} right, {seen.wrong} wrong, {seen.unread} unreadable\n")
                sys.stdout.flush()
    most = options.scans // UNREAD_IN
    sys.stdout.write(f"wrong readings: {seen.wrong}, limit {MOST_WRONG}\n")
    sys.stdout.write(f"unreadable: {seen.unread}, limit {most} (1 in {UNREAD_IN})\n")
    sys.exit(0 if seen.wrong <= MOST_WRONG and seen.unread <= most else 1)


if __name__ == "__main__":
    main()
