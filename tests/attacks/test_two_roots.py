"""Two logs that differ by one ballot: why Q trustees must sign the same root, and each signs once (SPEC §9.3, §9.10).

Whoever gets both logs decrypted subtracts the totals and reads the victim's ballot. The weak variant asks for k
signatures; the weak trustee forgets what it has signed.
"""

from itertools import combinations
from types import SimpleNamespace

import pytest

from tally.replay import expected
from tally.state import State
from tally.trustee.decrypt import commit_shares, sign_verified
from tally.trustee.memory import TrusteeMemory, new_memory
from tests.attacks.support.sessions import refused, take, without
from tests.attacks.support.two_logs import MARK, QUORUM, THRESHOLD, count, key_file, sign, two_logs
from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, FatalError, StateError

TIME = 1_790_000_900
VICTIMS_BALLOT = tuple(int(mark == MARK) for mark in range(3))


def difference(one: tuple[int, ...], two: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(left - right for left, right in zip(one, two, strict=True))


def test_k_signatures_let_one_corrupt_trustee_and_the_service_read_a_ballot(monkeypatch: pytest.MonkeyPatch) -> None:
    logs = two_logs()
    without(monkeypatch, State, "quorum", property(lambda state: state.facts.threshold))
    # Trustees 2 and 3 are honest. Each signs once, and each sees a log in perfect order.
    sign(logs.a, 1, 2)
    sign(logs.b, 1, 3)
    assert difference(count(logs.a, 1, 2), count(logs.b, 1, 3)) == VICTIMS_BALLOT


def test_q_signatures_cannot_be_had_for_both() -> None:
    logs = two_logs()
    sign(logs.a, 1, 2)
    sign(logs.b, 1, 3)
    for session, index in ((logs.a, 2), (logs.b, 3)):
        party = session.trustees[index]
        early = session.entry(party.share_committed(session.state, session.shared(index)), party.signing)
        assert "3 are needed" in str(refused(session, early, "V9.D"))
        # Skipping the commitment does not help, nor does counting at once.
        refused(session, session.entry(session.shared(index), party.signing), "V10.B")
        counted = counted_of_another_run()
        refused(session, session.entry(counted, session.officials[0]), "V9.D")
    # The last honest trustee can help one of the logs only.
    sign(logs.a, 4)
    assert len(logs.a.contest().verified) == QUORUM
    count(logs.a, 1, 2)


def counted_of_another_run() -> expected.TallyCounted:
    """Counts that would be right for log A, had it been verified."""
    session = two_logs().a
    sign(session, 1, 2, 4)
    count(session, 1, 2)
    return expected.TallyCounted("motion", session.contest().cells)


def test_a_trustee_that_is_not_honest_signs_twice_in_one_log_for_nothing() -> None:
    """Q counts trustees, not signatures."""
    session = two_logs().a
    sign(session, 1, 2)
    again = session.entry(expected.record_verified_body(session.state, "motion"), session.trustees[1].signing)
    refused(session, again, "V9.C")


def test_any_two_quorums_share_k_trustees() -> None:
    """The least overlap of two sets of Q out of n, for all sizes of a session; k - 1 would be too few."""
    for trustees in range(2, 16):
        for threshold in range(2, trustees + 1):
            state = SimpleNamespace(facts=SimpleNamespace(trustees=trustees, threshold=threshold))
            quorum = State.quorum.fget(state)  # type: ignore[attr-defined]  # the property's own function
            assert threshold <= quorum <= trustees
            assert 2 * quorum - trustees >= threshold
            # A quorum of one less would not do.
            assert 2 * (quorum - 1) - trustees < threshold
    sets = list(combinations(range(4), QUORUM))
    assert min(len({*one} & {*two}) for one in sets for two in sets) == THRESHOLD


def signed(memory: TrusteeMemory, session: object, index: int = 4) -> tuple[bytes, TrusteeMemory]:
    return sign_verified(key_file(session, index), memory, session.state, "motion", TIME)  # type: ignore[attr-defined,arg-type]


def test_a_trustee_that_forgets_completes_the_plot_and_one_that_remembers_does_not() -> None:
    """Trustee 4 signs log A, its laptop is set back to yesterday's backup, and the service shows it log B."""
    logs = two_logs()
    sign(logs.a, 1, 2)
    sign(logs.b, 1, 3)
    fresh = new_memory(key_file(logs.a, 4))
    first, memory = signed(fresh, logs.a)
    logs.a.append(first)
    totals = count(logs.a, 1, 2)

    # The weak station keeps its memory in the backup of the key file: after a restore nothing is known.
    second, _ = signed(fresh, logs.b)
    weak = logs.b.fork()
    weak.append(second)
    assert difference(totals, count(weak, 1, 3)) == VICTIMS_BALLOT

    # The memory is in a place of its own, that no backup brings back.
    with pytest.raises(StateError, match=r"a second one, .*, never is"):
        signed(memory, logs.b)
    with pytest.raises(StateError, match="decrypts nothing else"):
        commit_shares(key_file(logs.b, 4), memory, logs.b.state, "motion", SeededRng("shares"), TIME)


def test_the_memory_survives_being_written_and_never_begins_again_when_damaged() -> None:
    logs = two_logs()
    _, memory = signed(new_memory(key_file(logs.a, 4)), logs.a)
    stored = memory.to_bytes()
    with pytest.raises(StateError):
        signed(TrusteeMemory.from_bytes(stored), logs.b)
    for damaged in (b"", b"{}", stored[:-1], stored.replace(b"signed_roots", b"roots"), stored + b" "):
        with pytest.raises(EncodingError):
            TrusteeMemory.from_bytes(damaged)


def test_the_log_itself_reminds_a_restored_trustee() -> None:
    """Where the log holds the trustee's signature, an empty memory learns it from there."""
    logs = two_logs()
    first, _ = signed(new_memory(key_file(logs.a, 4)), logs.a)
    restored = new_memory(key_file(logs.a, 4)).with_signed_root("motion", logs.b.contest().closing.root)
    logs.a.state = take(logs.a.state, [first])
    with pytest.raises(FatalError, match="another root"):
        signed(restored, logs.a)


def test_a_trustee_decrypts_only_what_it_has_signed_itself() -> None:
    logs = two_logs()
    sign(logs.b, 1, 2, 3)
    with pytest.raises(StateError, match="has not signed"):
        commit_shares(
            key_file(logs.b, 4), new_memory(key_file(logs.b, 4)), logs.b.state, "motion", SeededRng("shares"), TIME
        )
