"""Figures of one ballot: encrypt, verify alone, verify in a batch, size, aggregate."""

from ballots.sealed_ballot import statement
from tally.cli.bench.figure import Figure, at_most, info, milliseconds
from tally.cli.bench.sixty import RNG, random_key, seal_one, sixty_rows
from voting_core.argument.batch import verify_batch
from voting_core.argument.verify import verify_argument
from voting_core.elgamal import Ciphertext
from voting_core.group import base_mul
from voting_core.rng import random_scalar

ENCRYPT_MS = 30
ALONE_MS = 30
BATCH = 200
BATCH_MS = 18
BATCH_MULTIPLICATIONS = 340


def _multiplication_ms(times: int = 2000) -> float:
    point, scalar = base_mul(random_scalar(RNG)), random_scalar(RNG)
    return milliseconds(lambda: point * scalar, times)


def encrypt() -> list[Figure]:
    """Encrypt and prove one ballot, median of 40."""
    contest, key = sixty_rows(), random_key()
    seal_one(contest, key)  # the generators are derived once per process
    value = milliseconds(lambda: seal_one(contest, key), 40)
    return [
        at_most(
            "encrypt_and_prove_60_rows",
            value,
            "ms",
            ENCRYPT_MS,
            f"{value / _multiplication_ms():.0f} scalar multiplications",
        )
    ]


def alone() -> list[Figure]:
    """Verify one ballot by itself, median of 40, parsing of points included."""
    contest, key = sixty_rows(), random_key()
    ballot = seal_one(contest, key)
    value = milliseconds(lambda: verify_argument(statement(ballot, contest, key, "ballot")), 40)
    return [
        at_most(
            "verify_alone_60_rows", value, "ms", ALONE_MS, f"{value / _multiplication_ms():.0f} scalar multiplications"
        )
    ]


def batch() -> list[Figure]:
    """Verify 200 ballots in one batch, parsing of points included; per ballot."""
    contest, key = sixty_rows(), random_key()
    ballots = [seal_one(contest, key) for _ in range(BATCH)]
    before = _multiplication_ms()
    value = (
        milliseconds(lambda: verify_batch([statement(b, contest, key, str(i)) for i, b in enumerate(ballots)]), 3)
        / BATCH
    )
    multiplication = (before + _multiplication_ms()) / 2
    ratio = value / multiplication
    ok = value <= BATCH_MS or ratio <= BATCH_MULTIPLICATIONS
    figure = Figure(
        "verify_batch_200_60_rows",
        value,
        "ms",
        BATCH_MS,
        ok,
        note=f"or {BATCH_MULTIPLICATIONS} scalar multiplications: {ratio:.0f}",
    )
    return [figure, info("scalar_multiplication", multiplication * 1000, "us")]


def aggregate() -> list[Figure]:
    """Add one ballot's ciphertexts to the running aggregate."""
    contest, key = sixty_rows(), random_key()
    one = statement(seal_one(contest, key), contest, key, "a").ciphertexts
    two = statement(seal_one(contest, key), contest, key, "b").ciphertexts

    def add() -> list[Ciphertext]:
        return [a + b for a, b in zip(one, two, strict=True)]

    return [info("aggregate_60_rows", milliseconds(add, 40), "ms")]
