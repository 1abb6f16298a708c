from dataclasses import replace

import pytest

from tally.entries.counting import TallyCommitted, TallyShared
from tally.entries.envelope import decode_entry
from tally.replay.expected import counted_body
from tally.trustee.decrypt import commit_shares, destroy, show_shares, sign_report, sign_verified
from tally.trustee.memory import new_memory
from tests.support.seeded_rng import SeededRng
from tests.tally.trustee.hall import TIME, Hall, hall, other_log, without_share
from voting_core.errors import FatalError, StateError, VerificationError

RNG = SeededRng("decrypt")


def test_shares_of_any_threshold_decrypt_to_the_same_counts() -> None:
    here = hall("shared")
    counts = counted_body(here.state, "motion").cells[0].counts
    assert counts == ((2, 2, 2),)
    for index in (1, 2, 3):
        contest = here.contest()
        fewer = replace(contest, shares=contest.shares.delete(index))
        state = replace(here.state, contests=here.state.contests.set("motion", fewer))
        assert counted_body(state, "motion").cells[0].counts == counts


def test_the_root_is_in_the_memory_that_must_be_stored_first() -> None:
    here = hall("reported")
    closing = here.contest().closing
    assert closing is not None
    _, remembered = sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)
    assert remembered.signed_roots["motion"] == closing.root


def test_a_second_root_is_never_signed() -> None:
    here, fork = hall("reported"), other_log("reported")
    assert here.contest().closing != fork.contest().closing
    _, remembered = sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)
    with pytest.raises(StateError, match="never is"):
        sign_verified(here.secrets[1], remembered, fork.state, "motion", TIME)


def test_the_other_root_would_be_signed_without_the_memory() -> None:
    # The weak variant: a station that forgets signs both, and the service can subtract one total from the other.
    here, fork = hall("reported"), other_log("reported")
    sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)
    sign_verified(here.secrets[1], new_memory(here.secrets[1]), fork.state, "motion", TIME)


def test_a_station_that_witnessed_one_log_signs_no_root_of_another() -> None:
    here, fork = hall("reported"), other_log("reported")
    witnessed = replace(
        here.memories[1], witnessed_size=here.state.size - 2, witnessed_root=here.state.root_at(here.state.size - 2)
    )
    sign_verified(here.secrets[1], witnessed, here.state, "motion", TIME)
    with pytest.raises(FatalError, match="does not continue"):
        sign_verified(here.secrets[1], witnessed, fork.state, "motion", TIME)


def test_the_same_root_is_signed_again_after_a_crash_before_sending() -> None:
    here = hall("reported")
    entry, remembered = sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)
    assert sign_verified(here.secrets[1], remembered, here.state, "motion", TIME) == (entry, remembered)


def test_with_a_restored_backup_the_log_says_what_was_signed() -> None:
    here = hall("verified")
    with pytest.raises(VerificationError, match=r"V9\.C"):
        sign_verified(here.secrets[1], new_memory(here.secrets[1]), here.state, "motion", TIME)
    # The root in the log is not enough to decrypt: the memory has to be recovered, or the trustee stays away.
    with pytest.raises(StateError, match="has not signed"):
        commit_shares(here.secrets[1], new_memory(here.secrets[1]), here.state, "motion", RNG, TIME)


def test_an_open_contest_is_not_verified() -> None:
    here = hall("voted")
    with pytest.raises(StateError, match="not closed"):
        sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)


def test_kiosks_that_have_not_reported() -> None:
    here = hall("closed")
    with pytest.raises(VerificationError, match=r"V9\.B"):
        sign_verified(here.secrets[1], here.memories[1], here.state, "motion", TIME)


def test_nothing_is_decrypted_before_a_quorum_has_verified() -> None:
    here = hall("reported")
    here.verify(1)
    here.verify(2)
    with pytest.raises(VerificationError, match=r"V9\.D"):
        commit_shares(here.secrets[1], here.memories[1], here.state, "motion", RNG, TIME)


def test_whoever_has_not_verified_does_not_decrypt() -> None:
    here = hall("verified")
    with pytest.raises(StateError, match="has not signed the closed root"):
        commit_shares(here.secrets[4], here.memories[4], here.state, "motion", RNG, TIME)


def test_a_cell_below_the_minimum_is_not_decrypted() -> None:
    small = Hall("small", trustees=3, threshold=2, cards=replace(hall("created").cards, drawn=4)).run("verified")
    with pytest.raises(VerificationError, match=r"V10\.A"):
        small.commit_shares(1)


def test_shares_are_made_once() -> None:
    here = hall("verified")
    _, remembered = commit_shares(here.secrets[1], here.memories[1], here.state, "motion", SeededRng("a"), TIME)
    again, same = commit_shares(here.secrets[1], remembered, here.state, "motion", SeededRng("b"), TIME)
    assert same == remembered
    body = decode_entry(again).body
    closing = here.contest().closing
    assert isinstance(body, TallyCommitted)
    assert closing is not None
    assert body.commitment == remembered.shares["motion"].commitment(closing.root)


def test_what_is_shown_is_what_was_committed_to() -> None:
    here = hall("share_committed")
    body = decode_entry(show_shares(here.secrets[1], here.memories[1], here.state, "motion", TIME)).body
    assert body == here.memories[1].shares["motion"]
    assert isinstance(body, TallyShared)


def test_no_share_is_shown_before_enough_have_committed() -> None:
    here = hall("verified")
    here.commit_shares(1)
    with pytest.raises(VerificationError, match=r"V10\.B"):
        show_shares(here.secrets[1], here.memories[1], here.state, "motion", TIME)
    here.commit_shares(2)
    show_shares(here.secrets[1], here.memories[1], here.state, "motion", TIME)


def test_a_share_that_was_not_made_or_forgotten_is_not_made_up() -> None:
    here = hall("share_committed")
    with pytest.raises(StateError, match="has made no shares"):
        show_shares(here.secrets[4], here.memories[4], here.state, "motion", TIME)
    forgotten = replace(here.memories[1], shares=here.memories[1].shares.delete("motion"))
    with pytest.raises(StateError, match="has made no shares"):
        show_shares(here.secrets[1], forgotten, here.state, "motion", TIME)
    with pytest.raises(VerificationError, match=r"V10\.B"):
        commit_shares(here.secrets[1], forgotten, here.state, "motion", RNG, TIME)


def test_a_key_file_without_a_share_decrypts_nothing() -> None:
    here = hall("verified")
    with pytest.raises(StateError, match="holds no share"):
        commit_shares(without_share(here.secrets[1]), here.memories[1], here.state, "motion", RNG, TIME)


def test_the_report_of_an_undecided_contest_is_not_signed() -> None:
    here = hall("shared")
    with pytest.raises(StateError, match="not declared"):
        sign_report(here.secrets[1], here.state, "motion", TIME)


def test_a_key_is_not_destroyed_while_a_contest_needs_it() -> None:
    here = hall("shared")
    with pytest.raises(VerificationError, match=r"V4\.D"):
        destroy(here.secrets[1], here.state, TIME)


def test_a_destroyed_key_is_gone() -> None:
    here = hall("shared")
    here.stage_counted()
    entry, left = destroy(here.secrets[1], here.state, TIME)
    here.append(entry)
    assert here.state.destroyed_keys == {1}
    assert (left.share, left.deal) == (None, None)
    secret = here.secrets[1].share
    assert secret is not None
    assert secret.reveal().to_bytes(32, "little").hex() not in left.to_bytes().reveal().decode()
    with pytest.raises(VerificationError, match=r"V4\.D"):
        destroy(left, here.state, TIME)


def test_reports_are_signed_over_what_was_declared() -> None:
    here = hall("shared").run("signed")
    assert here.contest().signers == {1, 2}
