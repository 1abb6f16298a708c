"""The aggregates of a contest: running products by class, merged into cells at closing (SPEC §9.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from immutables import Map

from ballots.contest import Contest
from tally.state.contest import BoxSum, CellSum
from voting_core.codec import canonical
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.group import Point
from voting_core.params import Tag
from voting_core.public import SODIUM, PublicGroup


def add_ballot(
    sums: Map[str, BoxSum], class_id: str, ciphertexts: Sequence[Ciphertext], group: PublicGroup = SODIUM
) -> Map[str, BoxSum]:
    """Add the ciphertexts of a cast ballot to the product of its class."""
    box = sums.get(class_id)
    if box is None:
        return sums.set(class_id, BoxSum(1, ciphertexts))
    return sums.set(class_id, BoxSum(box.ballots + 1, group.add(box.ciphertexts, ciphertexts)))


def merge_cells(contest: Contest, sums: Mapping[str, BoxSum]) -> tuple[CellSum, ...]:
    """Give the cells that are left after small ones are merged, in the order of the contest.

    The last cell may still be below the minimum: :func:`check_minimum`.
    """
    waiting = {cell.id: _sum_boxes(sums[name] for name in cell.classes if name in sums) for cell in contest.cells}
    left = []
    for cell in contest.cells:
        box = waiting[cell.id]
        if cell.merge_into and 0 < box.ballots < contest.minimum:
            waiting[cell.merge_into] = _sum_boxes((waiting[cell.merge_into], box))
        else:
            left.append(CellSum(cell.id, box.ballots, tuple(box.ciphertexts)))
    return tuple(left)


def check_minimum(contest: Contest, cells: Sequence[CellSum]) -> None:
    """Refuse to decrypt a contest with a cell that is too small to hide its voters.

    Raises:
        VerificationError: V10.A, naming the cell.
    """
    for cell in cells:
        if 0 < cell.ballots < contest.minimum:
            found = f"{contest.id}: the cell {cell.cell} has {cell.ballots} ballots"
            message = f"{found}; a cell below {contest.minimum} is not decrypted"
            raise VerificationError("V10.A", message, (contest.id,))


def aggregates_digest(contest: Contest, cells: Sequence[CellSum]) -> bytes:
    """Give the digest that trustees sign in record.verified (SPEC §9.2)."""
    sizes = canonical([{"ballots": cell.ballots, "cell": cell.cell} for cell in cells])
    points = b"".join(encode_ciphertexts(cell.ciphertexts) for cell in cells)
    return digest(Tag.AGGREGATES, contest.hash, sizes, points)


def share_bases(cells: Sequence[CellSum]) -> tuple[Point, ...]:
    """Give all A_j that trustees raise to their shares, in order; none for a contest without ballots (SPEC §9.5)."""
    return tuple(ciphertext.pad for cell in cells for ciphertext in cell.ciphertexts)


def _sum_boxes(boxes: Iterable[BoxSum]) -> BoxSum:
    total = BoxSum(0, ())
    for box in boxes:
        if total.ballots and box.ballots:
            total = BoxSum(total.ballots + box.ballots, SODIUM.add(total.ciphertexts, box.ciphertexts))
        elif box.ballots:
            total = box
    return total
