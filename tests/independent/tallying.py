"""Aggregates, decryption shares and counts, SPEC §9."""

from dataclasses import dataclass
from typing import Any

from . import ristretto as r
from .canon import canonical
from .errors import require
from .framing import Transcript, digest, frames, hash_to_scalar, u64

Cipher = tuple[r.Point, r.Point]


@dataclass(frozen=True)
class Cell:
    """One cell that is left after merging (SPEC §9.2); without ballots it has no aggregate."""

    name: str
    ballots: int
    aggregate: tuple[Cipher, ...]


def add_ballot(total: list[Cipher], points: list[r.Point]) -> list[Cipher]:
    pairs = list(zip(points[::2], points[1::2], strict=True))
    if not total:
        return pairs
    return [(r.add(a, c), r.add(b, d)) for (a, b), (c, d) in zip(total, pairs, strict=True)]


def merge(contest: Any, by_class: dict[str, tuple[int, list[Cipher]]]) -> list[Cell]:
    """Cells from the sums of the classes: `by_class` maps a class to its ballots and aggregate."""
    sums: dict[str, tuple[int, list[Cipher]]] = {}
    for cell in contest["cells"]:
        number = 0
        total: list[Cipher] = []
        for name in cell["classes"]:
            extra, aggregate = by_class.get(name, (0, []))
            number, total = number + extra, _join(total, aggregate)
        sums[cell["id"]] = (number, total)
    left = []
    for cell in contest["cells"]:
        number, total = sums[cell["id"]]
        if 0 < number < contest["minimum"]:
            require(cell["merge_into"] != "", "V10.A", "the last cell is below the minimum")
            other, aggregate = sums[cell["merge_into"]]
            sums[cell["merge_into"]] = (other + number, _join(aggregate, total))
        else:
            left.append(cell["id"])
    return [Cell(name, sums[name][0], tuple(sums[name][1])) for name in left]


def _join(one: list[Cipher], two: list[Cipher]) -> list[Cipher]:
    if not one or not two:
        return one or two
    return [(r.add(a, c), r.add(b, d)) for (a, b), (c, d) in zip(one, two, strict=True)]


def aggregates_digest(contest_hash: bytes, cells: list[Cell]) -> bytes:
    listing = [{"ballots": cell.ballots, "cell": cell.name} for cell in cells]
    run = b"".join(r.encode(point) for cell in cells for pair in cell.aggregate for point in pair)
    return digest("AGGREGATES", contest_hash, canonical(listing), run)


def share_commitment(root: bytes, body: Any) -> bytes:
    return digest("SHARE_COMMITMENT", root, canonical(body))


@dataclass(frozen=True)
class ShareStatement:
    session: bytes
    contest_hash: bytes
    root: bytes
    trustee: int
    key: bytes
    bases: bytes

    def verify(self, shares: bytes, proof: bytes) -> list[r.Point]:
        """SPEC §9.5; gives the D_j."""
        require(len(proof) == 96 and len(shares) == len(self.bases), "V10.C", "the length of a share or its proof")
        points = r.decode_points(shares)
        t = Transcript("SHARE_PROOF")
        t.absorb("protocol", "plenum-v1")
        t.absorb("session", self.session)
        t.absorb("contest", self.contest_hash)
        t.absorb("root", self.root)
        t.absorb("trustee", u64(self.trustee))
        t.absorb("key", self.key)
        t.absorb("bases", self.bases)
        t.absorb("shares", shares)
        e = t.seed("weights")
        d = [hash_to_scalar(frames(e, u64(j)), "SHARE_WEIGHT") for j in range(1, len(points) + 1)]
        base, power = r.multi_multiply(d, r.decode_points(self.bases)), r.multi_multiply(d, points)
        t1, t2, z = r.decode_point(proof[:32]), r.decode_point(proof[32:64]), r.decode_scalar(proof[64:])
        t.absorb("T1", proof[:32])
        t.absorb("T2", proof[32:64])
        c = t.challenge("c")
        first = r.equal(r.multiply_fixed(z, r.G), r.add(t1, r.multiply(c, r.decode_point(self.key))))
        require(
            first and r.equal(r.multiply(z, base), r.add(t2, r.multiply(c, power))),
            "V10.C",
            f"the share of trustee {self.trustee}",
        )
        return points


def lagrange(indices: list[int]) -> dict[int, int]:
    """The coefficients at 0."""
    out = {}
    for i in indices:
        value = 1
        for j in indices:
            if j != i:
                value = value * j * pow(j - i, -1, r.Q) % r.Q
        out[i] = value
    return out


def decrypt(cells: list[Cell], shares: dict[int, list[r.Point]], chosen: list[int]) -> list[r.Point]:
    """g^{p_j} of all counters of all cells with ballots."""
    weights = lagrange(chosen)
    flat = [pair for cell in cells for pair in cell.aggregate]
    return [
        r.add(b, r.negate(r.multi_multiply([weights[i] for i in chosen], [shares[i][j] for i in chosen])))
        for j, (_, b) in enumerate(flat)
    ]


def check_counts(contest: Any, cells: list[Cell], counted: Any, shares: dict[int, list[r.Point]], k: int) -> None:
    """SPEC §9.6."""
    order = sorted(shares)
    if any(cell.ballots for cell in cells):
        require(len(shares) >= k, "V10.C", "fewer than k good shares")
    subsets = [order[:k]] if len(order) == k else [order[:k], order[-k:]]
    require(
        [(c["cell"], c["ballots"]) for c in counted] == [(c.name, c.ballots) for c in cells],
        "V10.D",
        "the cells counted",
    )
    numbers: list[int] = []
    width = len(contest["marks"])
    for cell, item in zip(cells, counted, strict=True):
        require(len(item["counts"]) == len(contest["rows"]), "V10.D", "rows of a cell")
        for row in item["counts"]:
            require(
                len(row) == width and sum(row) == cell.ballots and all(type(n) is int and n >= 0 for n in row),
                "V10.D",
                "counts of a row",
            )
            numbers += row[:-1] if cell.ballots else []
    for chosen in subsets if numbers else []:
        for number, point in zip(numbers, decrypt(cells, shares, chosen), strict=True):
            require(
                r.equal(r.multiply_fixed(number, r.G), point), "V10.D", "a count is not the logarithm of its counter"
            )
