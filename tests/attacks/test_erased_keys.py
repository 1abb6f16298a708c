"""Keys that were not erased (SPEC §6.6, §6.8, §9.9).

The sealed shares of the ceremony stay in the public record for ever. A station that keeps its sealing key after the
ceremony has kept its share as well, and destroying the share destroys nothing: whoever finds k old key files opens any
ballot of the record, years later.
"""

from dataclasses import replace
from functools import cache

import pytest

from tally.entries.envelope import decode_entry
from tally.replay.transcripts import share_info
from tally.state import State
from tally.trustee.dealing import finish
from tally.trustee.decrypt import destroy
from tally.trustee.keys import DealSecrets, TrusteeSecrets
from tests.tally.trustee.hall import TIME, Hall, hall
from voting_core.elgamal import decode_ciphertexts
from voting_core.errors import StateError
from voting_core.group import Q, base_mul, decode_scalar
from voting_core.polynomial import lagrange_at_zero
from voting_core.sealing import open_box

FOUND = (1, 2)
"""The trustees whose old key files are found; two suffice."""


@cache
def ended() -> Hall:
    return hall("shared").run("sealed")


@cache
def before_the_end() -> Hall:
    """The same session at the moment when all have confirmed, before the stations erased anything."""
    return hall("revealed")


def weak_key_file(index: int) -> TrusteeSecrets:
    """What a station keeps that writes its share beside the deal, and in the end removes the share."""
    return replace(before_the_end().secrets[index], share=None)


def share_from_record(deal: DealSecrets, state: State, me: int) -> int:
    """The private share again, from a sealing key and the public record alone."""
    total = 0
    for dealer, shown in state.ceremony.revealed.items():
        if dealer == me:
            coefficients = deal.polynomial.reveal()
            total += sum(coefficient * me**power for power, coefficient in enumerate(coefficients))
        else:
            box = open_box(deal.sealing.reveal(), share_info(state, dealer, me), shown.boxes[me])
            total += decode_scalar(box, "share")
    return total % Q


def first_ballot(session: Hall) -> bytes:
    """The ciphertexts of the first ballot that was cast."""
    raw = next(raw for raw in session.entries if raw.endswith(b'"type":"ballot.cast"}'))
    body = decode_entry(raw).body
    return body.ballot.ciphertexts_bytes  # type: ignore[attr-defined]


def test_old_sealing_keys_open_the_ballots_of_a_sealed_record() -> None:
    session = ended()
    weights = lagrange_at_zero(FOUND)
    secret = 0
    for index in FOUND:
        deal = weak_key_file(index).deal
        assert deal is not None
        secret += weights[index] * share_from_record(deal, session.state, index)
    assert base_mul(secret) == session.state.joint_key
    marks = [
        ciphertext.data - ciphertext.pad * secret
        for ciphertext in decode_ciphertexts(first_ballot(session), 2, "ballot")
    ]
    assert marks == [base_mul(int(mark == session.votes(session.contest().contest, 0)[0])) for mark in range(2)]


def test_nothing_that_opens_a_box_is_left_once_all_have_confirmed() -> None:
    """The product's key files: what was there before the last confirmation, and what is there after it."""
    for index, secrets in hall("keyed").secrets.items():
        deal = before_the_end().secrets[index].deal
        assert deal is not None
        kept = secrets.to_bytes().reveal()
        assert secrets.deal is None
        for erased in (deal.sealing.reveal(), *(part.to_bytes(32, "little") for part in deal.polynomial.reveal())):
            assert erased.hex().encode() not in kept
        with pytest.raises(StateError, match="no deal of attempt"):
            finish(replace(secrets, share=None), ended().state)


def test_nothing_that_decrypts_is_left_once_the_key_is_destroyed() -> None:
    session = hall("shared").run("published")
    for index, secrets in session.secrets.items():
        share = secrets.share
        assert share is not None
        entry, left = destroy(secrets, session.state, TIME)
        session.append(entry)
        assert (left.share, left.deal) == (None, None)
        assert share.reveal().to_bytes(32, "little").hex().encode() not in left.to_bytes().reveal()
        assert base_mul(share.reveal()) == session.state.public_shares[index]
