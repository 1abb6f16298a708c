"""The measured contest: 60 rows, three marks, at most 33 approvals; ballots for it under a fresh key."""

from ballots.contest import Contest, parse_contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.sealed_ballot import SealedBallot
from tally.cli.system import SystemRng
from voting_core.codec import JsonValue
from voting_core.group import Point, base_mul
from voting_core.rng import random_scalar

ROWS = 60
SEATS = 33
RNG = SystemRng()
SESSION = RNG.bytes(32)


def sixty_rows(rules_hash: bytes = bytes(32)) -> Contest:
    """The contest object of the benchmark."""
    return rows_of(ROWS, SEATS, rules_hash)


def rows_of(number: int, seats: int, rules_hash: bytes = bytes(32), slot: int = 0) -> Contest:
    """An election of so many rows and seats."""
    rows: list[JsonValue] = [{"details": [], "id": f"{a:04d}", "name": f"候选人{a:02d}"} for a in range(number)]
    return parse_contest(
        {
            "blank": "abstain",
            "body": "committee_member",
            "capture": "kiosk",
            "cells": [{"classes": ["delegate"], "id": "all", "merge_into": ""}],
            "classes": ["delegate"],
            "id": f"rows-{number}-{slot}",
            "kind": "election",
            "limits": [{"at": "most", "count": seats, "mark": "approve"}],
            "marks": ["approve", "disapprove", "abstain"],
            "minimum": 5,
            "purpose": "",
            "rows": rows,
            "rules": {"hash": rules_hash.hex(), "id": "election_local_2020"},
            "seats": seats,
            "slot": slot,
            "stage": "formal",
            "title": {"en": f"{number} rows", "zh": f"{number} 人"},
            "waiver": False,
            "follows": "",
            "order": [f"{a:04d}" for a in range(number)],
            "write_ins": {"decision": "—", "way": "waived"},
        }
    )


def random_marks(rows: int = ROWS, seats: int = SEATS) -> tuple[int, ...]:
    """Marks with exactly `seats` approvals on random rows, the others disapproved or abstained."""
    order = sorted(range(rows), key=lambda _: RNG.bytes(8))
    approved = set(order[:seats])
    return tuple(0 if row in approved else 1 + RNG.bytes(1)[0] % 2 for row in range(rows))


def random_key() -> Point:
    """A joint key for measuring."""
    return base_mul(random_scalar(RNG))


def seal_one(contest: Contest, key: Point) -> SealedBallot:
    """One ballot of a credential of its own."""
    return seal_ballot(contest, SESSION, key, RNG.bytes(32), random_marks(), new_seed(RNG))
