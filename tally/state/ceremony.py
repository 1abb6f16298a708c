"""The key ceremony as far as it has come, and the joint key that comes out of it (SPEC §6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from immutables import Map

from voting_core.group import Point


@dataclass(frozen=True, slots=True)
class Dealing:
    """What a dealer has committed to in the running attempt; `leaf` is the leaf hash of its `dkg.committed`."""

    commitment: bytes
    sealing_key: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Reveal:
    """What a dealer has revealed: its k commitments, a box for each other trustee, and the leaf hash of the entry."""

    commitments: tuple[Point, ...]
    boxes: Map[int, bytes]
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an attempt is over, and by whose fault.

    `reason` is `committed`, `revealed` or `confirmed` for a message that did not come, `share` for a bad share,
    `complaint` for a complaint about a good one.
    """

    attempt: int
    trustee: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """The running attempt, by index of trustee, and the faults of the attempts before it.

    `dealt` holds the encodings of all commitments of all attempts, with the dealer: none may come twice.
    """

    attempt: int = 1
    committed: Map[int, Dealing] = field(default_factory=Map)
    revealed: Map[int, Reveal] = field(default_factory=Map)
    confirmed: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()
    dealt: Map[bytes, int] = field(default_factory=Map)

    def failed(self, fault: Fault) -> Ceremony:
        """Give the beginning of the next attempt after a fault."""
        return Ceremony(attempt=self.attempt + 1, faults=(*self.faults, fault), dealt=self.dealt)


@dataclass(frozen=True, slots=True)
class JointKey:
    """The key K that all n have confirmed, and the public share Y_l of each trustee (SPEC §6.6).

    `size` is that of the log through the last confirmation, from which `fingerprint` is made (SPEC §6.7).
    """

    point: Point
    public_shares: Map[int, Point]
    size: int
    fingerprint: bytes
