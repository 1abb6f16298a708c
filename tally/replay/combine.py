"""From shares to counts (SPEC §9.6).

Finding counts takes discrete logarithms, by a table of g^0 … g^ballots; checking counts does not. Whoever makes
`tally.counted` uses :func:`counted_cells`, replay uses :func:`check_cells`, and both decrypt by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence

from ballots.contest import Contest
from tally.entries.counting import CountedCell
from tally.replay.checks import refuse, trustee_name
from tally.state import CellSum, Closing, ContestState, State
from voting_core.group import BASE, IDENTITY, Point, base_mul, multi_mul
from voting_core.polynomial import lagrange_at_zero


def decrypt_cells(state: State, contest: ContestState, closing: Closing) -> tuple[tuple[Point, ...], ...]:
    """Give g^{p_j} of every counter of every cell, in order; nothing for cells without ballots.

    Raises:
        VerificationError: V10.C, fewer than k good shares; V10.D, the k lowest and the k highest trustees decrypt to
            different points.
    """
    threshold = state.facts.threshold
    good = tuple(contest.good_shares)
    if len(good) < threshold and any(cell.ballots for cell in closing.cells):
        bad = [trustee_name(state, index) for index in contest.bad_shares]
        dropped = f"; the shares of {', '.join(bad)} are not used, their proofs do not hold" if bad else ""
        message = f"{contest.id}: {threshold} good shares are needed, {len(good)} in the log{dropped}"
        refuse("V10.C", f"{message}; ask more scrutineers for theirs", *bad)
    lowest = _decrypt(contest, closing.cells, good[:threshold])
    if len(good) > threshold and _decrypt(contest, closing.cells, good[-threshold:]) != lowest:
        message = f"{contest.id}: the trustees {good[:threshold]} and {good[-threshold:]} decrypt to different counts"
        refuse("V10.D", message, *(trustee_name(state, index) for index in good))
    return lowest


def _decrypt(
    contest: ContestState, cells: Sequence[CellSum], indices: tuple[int, ...]
) -> tuple[tuple[Point, ...], ...]:
    """Give B_j / ∏ D_{i,j}^{ℓ_i} for these trustees."""
    if not indices:
        return tuple(() for _ in cells)
    coefficients = lagrange_at_zero(indices)
    weights = tuple(coefficients[index] for index in indices)
    shares = [contest.shares[index].points for index in indices]
    result = []
    start = 0
    for cell in cells:
        points = []
        for offset, ciphertext in enumerate(cell.ciphertexts):
            masks = (share[start + offset] for share in shares)
            points.append(ciphertext.data - multi_mul(weights, masks))
        start += len(cell.ciphertexts)
        result.append(tuple(points))
    return tuple(result)


def counted_cells(state: State, contest_id: str) -> tuple[CountedCell, ...]:
    """Find the counts of a closed contest from the shares in the log.

    Raises:
        VerificationError: V10.C or V10.D, as :func:`decrypt_cells`; V10.D also when a counter holds no number of
            0..ballots.
        StateError: there is no such contest.
    """
    contest = state.contest(contest_id)
    if contest.closing is None:
        refuse("V4.D", f"{contest_id} is not closed")
    points = decrypt_cells(state, contest, contest.closing)
    most = max(cell.ballots for cell in contest.closing.cells)
    table: dict[Point, int] = {}
    power = IDENTITY
    for exponent in range(most + 1):
        table[power] = exponent
        power = power + BASE
    cells = zip(contest.closing.cells, points, strict=True)
    return tuple(_count_cell(contest.contest, cell, decrypted, table) for cell, decrypted in cells)


def _count_cell(contest: Contest, cell: CellSum, points: tuple[Point, ...], table: dict[Point, int]) -> CountedCell:
    found = []
    for number, point in enumerate(points or (IDENTITY,) * contest.counters):
        count = table.get(point, cell.ballots + 1)
        if count > cell.ballots:
            message = f"{contest.id}, cell {cell.cell}: counter {number} decrypts to no number of 0..{cell.ballots}"
            refuse("V10.D", message, contest.id)
        found.append(count)
    width = len(contest.marks) - 1
    rows = [tuple(found[start : start + width]) for start in range(0, len(found), width)]
    return CountedCell(cell.cell, cell.ballots, tuple((*row, cell.ballots - sum(row)) for row in rows))


def check_cells(state: State, contest: ContestState, closing: Closing, cells: Sequence[CountedCell]) -> None:
    """Check counts against the shares in the log.

    Raises:
        VerificationError: V10.C or V10.D.
    """
    points = decrypt_cells(state, contest, closing)
    stated = [(cell.cell, cell.ballots) for cell in cells]
    left = [(cell.cell, cell.ballots) for cell in closing.cells]
    if stated != left:
        refuse("V10.D", f"{contest.id} is counted in the cells {stated}; the cells are {left}", contest.id)
    for cell, decrypted in zip(cells, points, strict=True):
        _check_cell(contest.contest, cell, decrypted)


def _check_cell(contest: Contest, cell: CountedCell, points: tuple[Point, ...]) -> None:
    where = f"{contest.id}, cell {cell.cell}"
    if [len(row) for row in cell.counts] != [len(contest.marks)] * len(contest.rows):
        refuse("V10.D", f"{where}: the counts are not one number for each row and mark", contest.id)
    for row, counts in zip(contest.rows, cell.counts, strict=True):
        if sum(counts) != cell.ballots:
            refuse("V10.D", f"{where}, row {row.id}: {sum(counts)} marks on {cell.ballots} ballots", contest.id)
    counters = [count for row in cell.counts for count in row[:-1]]
    for number, (count, point) in enumerate(zip(counters, points, strict=True) if points else ()):
        if base_mul(count) != point:
            at, mark = divmod(number, len(contest.marks) - 1)
            named = f"row {contest.rows[at].id}, mark {contest.marks[mark]}"
            refuse("V10.D", f"{where}, {named}: {count} is not what the counter decrypts to", contest.id)
