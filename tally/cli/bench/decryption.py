"""Figures of decryption: one scrutineer's share with its proof, and checking it."""

from tally.cli.bench.figure import Figure, info, milliseconds
from tally.cli.bench.sixty import RNG, SESSION, sixty_rows
from voting_core.dleq import ShareStatement, verify_share
from voting_core.group import base_mul
from voting_core.prove.share import make_shares
from voting_core.rng import random_scalar
from voting_core.secret import Secret

COUNTERS = 120


def decrypt() -> list[Figure]:
    """A decryption share of the 120 counters of 60 rows: making it and verifying it."""
    secret = random_scalar(RNG)
    bases = tuple(base_mul(random_scalar(RNG)) for _ in range(COUNTERS))
    statement = ShareStatement(SESSION, sixty_rows().hash, RNG.bytes(32), 1, base_mul(secret), bases)
    shares, proof = make_shares(statement, Secret(secret), RNG)
    return [
        info("share_60_rows", milliseconds(lambda: make_shares(statement, Secret(secret), RNG), 5), "ms"),
        info("verify_share_60_rows", milliseconds(lambda: verify_share(statement, shares, proof), 5), "ms"),
    ]
