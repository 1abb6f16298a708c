"""Figures of the compiled backend: a ballot's argument in a large batch, beside the floor.

The floor is what no verifier of these ballots can do without: decoding every ciphertext once and adding it up. Both are
processor time of one thread, so that what else the machine does meanwhile counts as little as possible.
"""

import time
from collections.abc import Callable, Sequence

from ballots.sealed_ballot import SealedBallot, statement
from tally.cli.bench.figure import Figure, at_most, info, skipped
from tally.cli.bench.sixty import random_key, seal_one, sixty_rows
from voting_core.argument.batch import verify_batch
from voting_core.elgamal import Ciphertext
from voting_core.fast import fast_group
from voting_core.public import PublicGroup

BATCH = 500
DIFFERENT = 100
"""So many ballots are made; the batch has each of them five times, which costs the verifier the same."""

LIMIT_MS = 4.5
LIMIT_RATIO = 5
_RUNS = 3


def _milliseconds_each(work: Callable[[], object]) -> float:
    """The least processor time of some runs, for each ballot: everything above it is the machine's."""
    spent = []
    for _ in range(_RUNS):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000 / BATCH)
    return min(spent)


def add_all(ballots: Sequence[SealedBallot], group: PublicGroup) -> Sequence[Ciphertext]:
    """Decode the ciphertexts of ballots of 60 rows, and add them up."""
    total: Sequence[Ciphertext] = ()
    for ballot in ballots:
        run = group.decode_ciphertexts(ballot.ciphertexts_bytes, len(ballot.ciphertexts_bytes) // 64, "ballot")
        total = group.add(total, run) if total else run
    return total


def fast() -> list[Figure]:
    """A batch of 500 ballots of 60 rows: parsing of points included."""
    name = "verify_batch_500_60_rows_fast"
    group = fast_group()
    if group is None:
        return [skipped(name, "ms", "plenum[fast] is not installed")]
    contest, key = sixty_rows(), random_key()
    made = [seal_one(contest, key) for _ in range(DIFFERENT)]
    ballots = made * (BATCH // DIFFERENT)

    def verify() -> None:
        verify_batch([statement(ballot, contest, key, str(i), group) for i, ballot in enumerate(ballots)], group)

    verify()
    floor = _milliseconds_each(lambda: add_all(ballots, group))
    value = _milliseconds_each(verify)
    return [
        at_most(name, value, "ms", LIMIT_MS, f"{group.name}, processor time, one thread"),
        info("floor_60_rows_fast", floor, "ms", "decode and add every ciphertext once"),
        at_most("verify_against_floor", value / floor, "times", LIMIT_RATIO),
    ]
