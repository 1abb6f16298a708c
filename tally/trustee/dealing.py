"""A trustee in the key ceremony: commit, reveal, confirm or complain, and keep the share (SPEC §6).

Every function takes the secrets and the replayed log and gives new secrets with a signed entry. The caller stores the
secrets durably, then sends the entry: a deal that was sent and forgotten ends the attempt.
"""

from __future__ import annotations

from dataclasses import replace

from tally.entries.ceremony import DkgCommitted, DkgComplained, DkgConfirmed, DkgRevealed, SealedShare
from tally.replay.transcripts import ceremony_transcript, deal_commitment, share_info
from tally.state import State
from tally.trustee.keys import DealSecrets, TrusteeSecrets
from tally.trustee.signing import sign_entry
from voting_core.errors import EncodingError, SealedError, StateError
from voting_core.group import base_mul, decode_scalar, encode_scalar
from voting_core.polynomial import is_good_share
from voting_core.prove.dealing import commit as commit_points
from voting_core.prove.dealing import constant_term, new_polynomial, private_share, share_for
from voting_core.prove.schnorr import prove_deal
from voting_core.rng import Rng
from voting_core.schnorr import DealStatement
from voting_core.sealing import generate_sealing_secret, open_box, public_of, seal
from voting_core.secret import Secret


def commit(secrets: TrusteeSecrets, state: State, rng: Rng, time: int) -> tuple[bytes, TrusteeSecrets]:
    """Deal for the running attempt and sign `dkg.committed` (SPEC §6.2).

    A deal that was made for this attempt is used again, so that a station that stopped half-way commits to the same.

    Raises:
        StateError, VerificationError: as :func:`tally.trustee.signing.sign_entry`.
    """
    attempt = state.ceremony.attempt
    if secrets.deal is not None and secrets.deal.attempt == attempt:
        deal = secrets.deal
    else:
        deal = _new_deal(secrets, state, rng)
    body = DkgCommitted(
        attempt=attempt,
        commitment=deal_commitment(state, secrets.index, deal.commitments, deal.proof),
        sealing_key=public_of(deal.sealing.reveal()),
    )
    return sign_entry(secrets, state, body, time), replace(secrets, deal=deal)


def reveal(secrets: TrusteeSecrets, state: State, time: int) -> bytes:
    """Open the commitment and seal a share to each other trustee: `dkg.revealed` (SPEC §6.4).

    Raises:
        StateError: there is no deal of this attempt in the key file.
        VerificationError: not all have committed, or another deal was committed to.
    """
    deal = _deal_of(secrets, state)
    shares = []
    for receiver in sorted(state.ceremony.committed):
        if receiver != secrets.index:
            share = share_for(deal.polynomial, receiver)
            box = seal(
                state.ceremony.committed[receiver].sealing_key,
                share_info(state, secrets.index, receiver),
                encode_scalar(share.reveal()),
            )
            shares.append(SealedShare(receiver, box))
    body = DkgRevealed(attempt=deal.attempt, commitments=deal.commitments, proof=deal.proof, shares=tuple(shares))
    return sign_entry(secrets, state, body, time)


def confirm_or_complain(secrets: TrusteeSecrets, state: State, time: int) -> bytes:
    """Check the shares of all dealers; sign `dkg.confirmed`, or `dkg.complained` about the first bad one (SPEC §6.5).

    Raises:
        StateError: there is no deal of this attempt, or not all have revealed.
        VerificationError: the trustee has confirmed already.
    """
    deal = _deal_of(secrets, state)
    transcript = ceremony_transcript(state)
    _check_own_reveal(secrets, deal, state)
    bad = [dealer for dealer in sorted(state.ceremony.revealed) if _share_from(secrets, deal, state, dealer) is None]
    if bad and secrets.index not in state.ceremony.confirmed:
        complaint = DkgComplained(attempt=deal.attempt, dealer=bad[0], sealing_secret=deal.sealing.reveal())
        return sign_entry(secrets, state, complaint, time)
    return sign_entry(secrets, state, DkgConfirmed(deal.attempt, transcript), time)


def finish(secrets: TrusteeSecrets, state: State) -> TrusteeSecrets:
    """Keep the private share and erase sealing key and polynomial, once all have confirmed (SPEC §6.6).

    Raises:
        StateError: the ceremony is not over, or the key file does not hold the deal that was confirmed.
    """
    if state.key is None:
        raise StateError("not all trustees have confirmed the key yet")
    if secrets.share is not None and secrets.deal is None:
        return secrets
    deal = _deal_of(secrets, state)
    shares = [_share_from(secrets, deal, state, dealer) for dealer in sorted(state.ceremony.revealed)]
    good = [share for share in shares if share is not None]
    share = private_share(good)
    if len(good) != len(shares) or base_mul(share.reveal()) != state.key.public_shares[secrets.index]:
        raise StateError("this key file does not give the share that the ceremony confirmed")
    return replace(secrets, deal=None, share=share)


def _new_deal(secrets: TrusteeSecrets, state: State, rng: Rng) -> DealSecrets:
    polynomial = new_polynomial(state.facts.threshold, rng)
    points = commit_points(polynomial)
    statement = DealStatement(state.session_id, state.ceremony.attempt, state.roster_hash, secrets.index, points)
    proof = prove_deal(statement, constant_term(polynomial), rng)
    return DealSecrets(
        attempt=state.ceremony.attempt,
        sealing=generate_sealing_secret(rng),
        polynomial=polynomial,
        commitments=b"".join(point.encode() for point in points),
        proof=proof.encode(),
    )


def _deal_of(secrets: TrusteeSecrets, state: State) -> DealSecrets:
    if secrets.deal is None or secrets.deal.attempt != state.ceremony.attempt:
        raise StateError(f"this key file holds no deal of attempt {state.ceremony.attempt}")
    return secrets.deal


def _check_own_reveal(secrets: TrusteeSecrets, deal: DealSecrets, state: State) -> None:
    revealed = state.ceremony.revealed[secrets.index].commitments
    if b"".join(point.encode() for point in revealed) != deal.commitments:
        raise StateError("the log holds another deal of this trustee than the key file")


def _share_from(secrets: TrusteeSecrets, deal: DealSecrets, state: State, dealer: int) -> Secret[int] | None:
    """The share that a dealer gave to this trustee, None where it is not good (SPEC §6.4)."""
    if dealer == secrets.index:
        return share_for(deal.polynomial, dealer)
    reveal = state.ceremony.revealed[dealer]
    info = share_info(state, dealer, secrets.index)
    try:
        share = decode_scalar(open_box(deal.sealing.reveal(), info, reveal.boxes[secrets.index]), "share")
    except (SealedError, EncodingError):
        return None
    return Secret(share) if is_good_share(reveal.commitments, secrets.index, share) else None
