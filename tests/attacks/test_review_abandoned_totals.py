"""Reading a contest that was broken off, from what its scrutineers' laptops still hold (SPEC §9.2, §9.4).

Between its commitment and its share a station keeps the share in its memory. A contest that is abandoned then is never
decrypted; but k memories decrypt its totals, also after all keys are destroyed, and memories are under no passphrase.
"""

from itertools import islice

from tally.entries.contests import ContestAbandoned
from tally.replay import expected
from tally.state import Status
from tally.trustee.memory import TrusteeMemory, forget_abandoned
from tests.attacks.support.sessions import refused
from tests.tally.trustee.hall import Hall, hall
from voting_core.group import BASE, IDENTITY, Point, decode_points, multi_mul
from voting_core.polynomial import lagrange_at_zero


def broken_off() -> Hall:
    """All scrutineers have committed to their shares; then the hall is left."""
    session = hall("share_committed").fork()
    trustees = [session.trustees[index].signing for index in (1, 2, 3)]
    session.append(session.entry(ContestAbandoned("motion", "emergency"), *session.officials, *trustees))
    assert session.state.contest("motion").status is Status.ABANDONED
    return session


def totals(session: Hall, memories: dict[int, TrusteeMemory]) -> list[int]:
    """What thieves of these memories read, without any key."""
    (cell,) = session.state.contest("motion").closing.cells  # type: ignore[union-attr]  # it was closed
    shares = {
        index: decode_points(memory.shares["motion"].shares, len(cell.ciphertexts), "a stolen memory")
        for index, memory in memories.items()
        if "motion" in memory.shares
    }
    if len(shares) < session.state.facts.threshold:
        return []
    weights = lagrange_at_zero(tuple(shares))
    found = []
    for number, ciphertext in enumerate(cell.ciphertexts):
        mask = multi_mul([weights[index] for index in shares], [shares[index][number] for index in shares])
        found.append(_logarithm(ciphertext.data - mask, cell.ballots))
    return found


def _logarithm(point: Point, most: int) -> int:
    power = IDENTITY
    for number in range(most + 1):
        if power == point:
            return number
        power = power + BASE
    raise ValueError("no small number")


def test_memories_that_keep_everything_decrypt_what_was_never_to_be_decrypted() -> None:
    session = broken_off()
    (counted,) = expected.counted_body(hall("shared").state, "motion").cells
    stolen = dict(islice(session.memories.items(), session.state.facts.threshold))
    assert totals(session, stolen) == [number for row in counted.counts for number in row[:-1]]


def test_a_station_forgets_the_shares_of_a_contest_that_was_broken_off() -> None:
    session = broken_off()
    kept = {index: forget_abandoned(memory, session.state) for index, memory in session.memories.items()}
    assert totals(session, kept) == []
    for index, memory in kept.items():
        # What it has signed and seen it never forgets.
        assert memory.signed_roots == session.memories[index].signed_roots
        assert memory.witnessed_root == session.memories[index].witnessed_root
    # And nobody can be asked for them again.
    refused(session, session.entry(session.memories[1].shares["motion"], session.trustees[1].signing), "V4.D")
