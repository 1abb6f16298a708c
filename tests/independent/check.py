"""`python -m tests.independent.check [RECORD [FINGERPRINT]]`: checks the vectors, or verifies a record.

Exit code 0: everything held; 1: something did not; 2: the arguments are not understood.
"""

import sys
from pathlib import Path

from .errors import Refused
from .record import verify_record
from .vectors import FOLDER, check_file


def check_vectors() -> int:
    """All files of the vector folder."""
    problems: list[str] = []
    total = 0
    for path in sorted(FOLDER.glob("*.json")):
        count, found = check_file(path)
        print(f"{path.name:20} {count:4} cases  {'ok' if not found else f'{len(found)} problems'}")
        problems += found
        total += count
    for problem in problems:
        print(problem)
    if not total:
        print(f"There is no vector in {FOLDER}.")
    return 1 if problems or not total else 0


def check_record(path: Path, fingerprint: str | None) -> int:
    """One record file."""
    try:
        session = verify_record(path.read_bytes(), fingerprint)
    except Refused as error:
        print(f"refused: {error}")
        return 1
    counted = sum(vote.counted for vote in session.votes.values())
    print(f"{len(session.tree.roots) - 1} entries, {len(session.ids_seen)} ballots, {counted} contests counted")
    print(f"fingerprint {session.fingerprint()}{'' if fingerprint else ' (not compared: unanchored)'}")
    return 0


def main(arguments: list[str]) -> int:
    if not arguments:
        return check_vectors()
    if len(arguments) > 2:
        print(__doc__)
        return 2
    return check_record(Path(arguments[0]), arguments[1] if len(arguments) == 2 else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
