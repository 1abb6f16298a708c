"""A trustee after closing: verify, commit, share, sign the report, destroy the key (SPEC §9.3 to §9.5, §9.8, §9.9).

* A trustee signs one root per contest, ever. The memory says which, and is stored before the signature is sent.
* A share is made once and kept, so that what is shown is what was committed to, also after the station has restarted.
* The log that is passed in is one that this trustee has replayed itself, from the first entry.
"""

from __future__ import annotations

from dataclasses import replace

from tally.entries.counting import TallyCommitted, TallyShared
from tally.entries.outcome import ReportSigned
from tally.entries.session import KeyDestroyed
from tally.replay.expected import record_verified_body, report_digest, share_statement
from tally.state import State
from tally.trustee.keys import TrusteeSecrets
from tally.trustee.memory import TrusteeMemory, check_memory, recover
from tally.trustee.signing import sign_entry
from voting_core.errors import StateError
from voting_core.prove.share import make_shares
from voting_core.rng import Rng
from voting_core.secret import Secret


def sign_verified(
    secrets: TrusteeSecrets, memory: TrusteeMemory, state: State, contest: str, time: int
) -> tuple[bytes, TrusteeMemory]:
    """Sign `record.verified` for the closed root of a contest; gives the entry and the memory to be stored before it.

    Raises:
        StateError: another root of this contest was signed before, or the contest is not closed.
        FatalError: the log contradicts what this trustee has witnessed or signed.
        VerificationError: the log does not accept the entry.
    """
    check_memory(memory, secrets, state)
    body = record_verified_body(state, contest)
    remembered = recover(memory, state).with_signed_root(contest, body.root)
    return sign_entry(secrets, state, body, time), remembered


def commit_shares(
    secrets: TrusteeSecrets, memory: TrusteeMemory, state: State, contest: str, rng: Rng, time: int
) -> tuple[bytes, TrusteeMemory]:
    """Decrypt the aggregates of a contest, and sign the commitment to the shares: `tally.committed` (SPEC §9.4).

    Raises:
        StateError: this trustee has not signed the closed root, or has no share of the key.
        FatalError: the log contradicts what this trustee has witnessed or signed.
        VerificationError: the log does not accept the entry: too few have verified, or a cell is too small.
    """
    check_memory(memory, secrets, state)
    closed = record_verified_body(state, contest)
    if memory.signed_roots.get(contest) != closed.root:
        raise StateError(f"this trustee has not signed the closed root of {contest}; it decrypts nothing else")
    shares = memory.shares.get(contest) or _make_shares(secrets, state, contest, rng)
    entry = sign_entry(secrets, state, TallyCommitted(contest, shares.commitment(closed.root)), time)
    return entry, memory.with_shares(shares)


def show_shares(secrets: TrusteeSecrets, memory: TrusteeMemory, state: State, contest: str, time: int) -> bytes:
    """Sign `tally.shared` with the shares that were committed to (SPEC §9.5).

    Raises:
        StateError: nothing was committed to.
        FatalError: the log contradicts what this trustee has witnessed or signed.
        VerificationError: the log does not accept the entry: fewer than k have committed.
    """
    check_memory(memory, secrets, state)
    shares = memory.shares.get(contest)
    if shares is None:
        raise StateError(f"this trustee has made no shares of {contest}")
    return sign_entry(secrets, state, shares, time)


def sign_report(secrets: TrusteeSecrets, state: State, contest: str, time: int) -> bytes:
    """Sign the report of a decided contest: `report.signed` (SPEC §9.8).

    Raises:
        StateError: the outcome is not declared.
        VerificationError: the log does not accept the entry.
    """
    return sign_entry(secrets, state, ReportSigned(contest, report_digest(state, contest)), time)


def destroy(secrets: TrusteeSecrets, state: State, time: int) -> tuple[bytes, TrusteeSecrets]:
    """Sign `key.destroyed` and give the secrets without the share and the deal (SPEC §9.9).

    The caller overwrites and deletes the key file before it sends the entry.

    Raises:
        VerificationError: a contest still needs the key, or it is destroyed already.
    """
    entry = sign_entry(secrets, state, KeyDestroyed(secrets.index), time)
    return entry, replace(secrets, share=None, deal=None)


def _make_shares(secrets: TrusteeSecrets, state: State, contest: str, rng: Rng) -> TallyShared:
    private = _private_share(secrets)
    points, proof = make_shares(share_statement(state, contest, secrets.index), private, rng)
    return TallyShared(contest=contest, shares=b"".join(point.encode() for point in points), proof=proof.encode())


def _private_share(secrets: TrusteeSecrets) -> Secret[int]:
    if secrets.share is None:
        raise StateError("this key file holds no share: the ceremony is not finished, or the key is destroyed")
    return secrets.share
