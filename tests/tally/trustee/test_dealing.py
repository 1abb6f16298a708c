from dataclasses import replace

import pytest

from tally.entries.ceremony import DkgComplained, DkgFaulted, DkgRevealed, SealedShare
from tally.entries.envelope import decode_entry
from tally.replay.transcripts import share_info
from tally.trustee.dealing import commit, confirm_or_complain, finish, reveal
from tests.support.seeded_rng import SeededRng
from tests.tally.trustee.hall import TIME, Hall, hall
from voting_core.errors import StateError, VerificationError
from voting_core.group import Q, base_mul, encode_scalar, multi_mul
from voting_core.polynomial import lagrange_at_zero
from voting_core.prove.dealing import share_for
from voting_core.sealing import seal


def test_any_threshold_of_the_shares_gives_the_joint_key() -> None:
    here = hall("keyed")
    assert here.state.key is not None
    for chosen in ((1, 2), (1, 4), (3, 2)):
        weights = lagrange_at_zero(chosen)
        shares = [base_mul(here.secrets[index].share.reveal()) for index in chosen]  # type: ignore[union-attr]
        assert multi_mul([weights[index] for index in chosen], shares) == here.state.key.point
    for index, secrets in here.secrets.items():
        assert secrets.deal is None
        assert secrets.share is not None
        assert base_mul(secrets.share.reveal()) == here.state.public_shares[index]


def test_deals_are_drawn_from_the_source_that_is_given() -> None:
    here = hall("joined")
    _, first = commit(here.secrets[1], here.state, SeededRng("a"), TIME)
    _, second = commit(here.secrets[1], here.state, SeededRng("b"), TIME)
    assert first.deal is not None
    assert second.deal is not None
    assert first.deal.commitments != second.deal.commitments
    assert first.deal.sealing.reveal() != second.deal.sealing.reveal()


def test_a_station_that_stopped_half_way_commits_to_the_same() -> None:
    here = hall("joined")
    entry, stored = commit(here.secrets[1], here.state, SeededRng("a"), TIME)
    again, unchanged = commit(stored, here.state, SeededRng("b"), TIME)
    assert again == entry
    assert unchanged.to_bytes().reveal() == stored.to_bytes().reveal()


def test_committing_twice_in_an_attempt_is_refused() -> None:
    here = hall("joined")
    here.commit(1)
    with pytest.raises(VerificationError, match=r"V4\.D"):
        commit(here.secrets[1], here.state, SeededRng("x"), TIME)


def test_reveal_comes_after_all_commitments_and_needs_the_deal() -> None:
    here = hall("joined")
    with pytest.raises(StateError, match="no deal of attempt 1"):
        reveal(here.secrets[1], here.state, TIME)
    here.commit(1)
    with pytest.raises(VerificationError, match=r"V4\.D"):
        reveal(here.secrets[1], here.state, TIME)


def test_a_restored_key_file_with_another_deal_reveals_nothing() -> None:
    here = hall("committed")
    _, other = commit(replace(here.secrets[1], deal=None), hall("joined").state, SeededRng("other"), TIME)
    with pytest.raises(VerificationError, match=r"V5\.B"):
        reveal(other, here.state, TIME)


def test_confirmation_needs_all_reveals() -> None:
    here = hall("committed")
    for index in (1, 2, 3):
        here.append(reveal(here.secrets[index], here.state, TIME))
    with pytest.raises(StateError, match="3 of 4"):
        confirm_or_complain(here.secrets[1], here.state, TIME)


def test_a_key_file_with_another_deal_than_the_log_neither_confirms_nor_complains() -> None:
    here = hall("revealed")
    _, other = commit(replace(here.secrets[1], deal=None), hall("joined").state, SeededRng("other"), TIME)
    with pytest.raises(StateError, match="another deal"):
        confirm_or_complain(other, here.state, TIME)


def reveal_badly(here: Hall, dealer: int, victim: int, box: bytes) -> None:
    good = decode_entry(reveal(here.secrets[dealer], here.state, TIME)).body
    assert isinstance(good, DkgRevealed)
    shares = tuple(SealedShare(victim, box) if share.to == victim else share for share in good.shares)
    here.add(replace(good, shares=shares), here.secrets[dealer].signing)


def bad_box(here: Hall, dealer: int, victim: int, kind: str) -> bytes:
    deal = here.secrets[dealer].deal
    assert deal is not None
    share = share_for(deal.polynomial, victim).reveal()
    key, info = here.state.ceremony.committed[victim].sealing_key, share_info(here.state, dealer, victim)
    if kind == "wrong share":
        return seal(key, info, encode_scalar((share + 1) % Q))
    if kind == "share of another":
        return seal(key, info, encode_scalar(share_for(deal.polynomial, victim % 4 + 1).reveal()))
    if kind == "no scalar":
        return seal(key, info, b"\xff" * 32)
    if kind == "wrong info":
        return seal(key, share_info(here.state, victim, dealer), encode_scalar(share))
    return bytes(80)


@pytest.mark.parametrize("kind", ["wrong share", "share of another", "no scalar", "wrong info", "no box"])
def test_a_bad_share_is_complained_about_and_the_next_attempt_has_fresh_secrets(kind: str) -> None:
    here = hall("committed")
    reveal_badly(here, 2, 3, bad_box(here, 2, 3, kind))
    for index in (1, 3, 4):
        here.append(reveal(here.secrets[index], here.state, TIME))
    here.append(confirm_or_complain(here.secrets[1], here.state, TIME))
    complaint = confirm_or_complain(here.secrets[3], here.state, TIME)
    body = decode_entry(complaint).body
    assert isinstance(body, DkgComplained)
    assert body.dealer == 2
    here.append(complaint)
    assert [(fault.trustee, fault.reason) for fault in here.state.ceremony.faults] == [(2, "share")]
    with pytest.raises(StateError, match="no deal of attempt 2"):
        reveal(here.secrets[1], here.state, TIME)
    before = dict(here.secrets)
    here.stage_committed()
    for index, secrets in here.secrets.items():
        old, new = before[index].deal, secrets.deal
        assert old is not None
        assert new is not None
        assert old.sealing.reveal() != new.sealing.reveal()
        assert old.commitments != new.commitments
    here.stage_revealed()
    here.stage_keyed()
    assert here.state.key is not None


def test_nobody_complains_about_good_shares_or_after_confirming() -> None:
    here = hall("revealed")
    first = confirm_or_complain(here.secrets[1], here.state, TIME)
    here.append(first)
    with pytest.raises(VerificationError, match=r"V4\.D"):
        confirm_or_complain(here.secrets[1], here.state, TIME)


def test_after_a_fault_the_old_deal_is_of_no_use() -> None:
    here = hall("committed")
    here.append(reveal(here.secrets[1], here.state, TIME))
    here.add(DkgFaulted(attempt=1, missing="revealed", trustee=2), *here.officials)
    with pytest.raises(StateError, match="no deal of attempt 2"):
        reveal(here.secrets[2], here.state, TIME)


def test_the_share_is_kept_only_when_all_have_confirmed() -> None:
    here = hall("revealed")
    for index in (1, 2, 3):
        here.append(confirm_or_complain(here.secrets[index], here.state, TIME))
    with pytest.raises(StateError, match="not all trustees"):
        finish(here.secrets[1], here.state)


def test_keeping_the_share_twice_changes_nothing() -> None:
    here = hall("keyed")
    assert finish(here.secrets[1], here.state) is here.secrets[1]


def test_a_key_file_with_another_deal_gives_no_share() -> None:
    here = hall("keyed")
    _, other = commit(replace(here.secrets[1], share=None), hall("joined").state, SeededRng("other"), TIME)
    with pytest.raises(StateError, match="does not give the share"):
        finish(other, here.state)
    with pytest.raises(StateError, match="no deal"):
        finish(replace(here.secrets[1], share=None), here.state)
