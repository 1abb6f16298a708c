"""Who must sign what (SPEC §8.4, the column "signed by"): V4.B.

Every function takes the state, the entry and its body, and raises when the keys that signed are not exactly those that
the type asks for. Whether the signatures verify (V4.A) is checked after.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

from tally.entries.ceremony import TrusteeJoined
from tally.entries.closing import KioskReported
from tally.entries.contests import ContestDefined, KioskRegistered
from tally.entries.credentials import CredentialVoided
from tally.entries.envelope import Entry
from tally.entries.reading import Body
from tally.entries.session import KeyDestroyed, OfficialAdmitted, SessionCreated
from tally.replay.checks import refuse, short, trustee_name
from tally.state import State


def named_officials(state: State, entry: Entry, body: SessionCreated) -> None:
    """The two officials whom session.created names, and nobody else."""
    del state
    if set(entry.signers) != set(body.officials):
        _refuse(entry, "exactly the two officials that it names")


def official(state: State, entry: Entry, body: Body) -> None:
    """One official alone."""
    del body
    _author(state.officials, entry, "an official")
    _alone(entry, "an official alone")


def two_officials(state: State, entry: Entry, body: Body) -> None:
    """An author who is an official, and exactly one further official."""
    del body
    _author(state.officials, entry, "an official")
    _one_more(state.officials, entry.signers[1:], entry, "two officials")


def two_officials_and_the_new(state: State, entry: Entry, body: OfficialAdmitted) -> None:
    """Two officials, and the key of the one who is admitted."""
    _two_officials_and(body.official, state, entry, "two officials and the new one")


def two_officials_and_the_kiosk(state: State, entry: Entry, body: KioskRegistered) -> None:
    """Two officials, and the key of the kiosk."""
    _two_officials_and(body.kiosk, state, entry, "two officials and the kiosk")


def the_new_trustee(state: State, entry: Entry, body: TrusteeJoined) -> None:
    """The signing key of the new trustee as author, and two officials."""
    _author((body.signing_key,), entry, "the signing key that it introduces")
    others = entry.signers[1:]
    if len(others) != 2 or not set(others) <= set(state.officials):
        _refuse(entry, "the new trustee and two officials")


def trustee(state: State, entry: Entry, body: Body) -> None:
    """One trustee alone."""
    del body
    _author(_trustee_keys(state), entry, "a trustee")
    _alone(entry, "a trustee alone")


def the_named_trustee(state: State, entry: Entry, body: KeyDestroyed) -> None:
    """The trustee whose index the body names."""
    trustee(state, entry, body)
    if state.trustee_index(entry.author) != body.trustee:
        _refuse(entry, trustee_name(state, body.trustee))


def two_trustees(state: State, entry: Entry, body: Body) -> None:
    """An author who is a trustee, and exactly one further trustee."""
    del body
    keys = _trustee_keys(state)
    _author(keys, entry, "a trustee")
    _one_more(keys, entry.signers[1:], entry, "two trustees")


def quorum_of_trustees(state: State, entry: Entry, body: Body) -> None:
    """An author who is a trustee, and at least Q - 1 further trustees."""
    del body
    keys = _trustee_keys(state)
    _author(keys, entry, "a trustee")
    if not set(entry.signers) <= keys or len(entry.signers) < state.quorum:
        _refuse(entry, f"at least {state.quorum} trustees")


def definers(state: State, entry: Entry, body: ContestDefined) -> None:
    """Two officials; where the contest has a waiver, at least Q trustees besides."""
    if body.contest.get("waiver") is not True:
        two_officials(state, entry, body)
        return
    _officials_and_quorum(state, entry, f"two officials and, because of the waiver, at least {state.quorum} trustees")


def two_officials_and_quorum(state: State, entry: Entry, body: Body) -> None:
    """An author who is an official, exactly one further official, and at least Q trustees."""
    del body
    _officials_and_quorum(state, entry, f"two officials and at least {state.quorum} trustees")


def official_and_credential(state: State, entry: Entry, body: CredentialVoided) -> None:
    """An official as author, and the credential that is voided."""
    _author(state.officials, entry, "an official")
    if entry.signers[1:] != (body.credential,):
        _refuse(entry, "an official and the credential itself")


def kiosk(state: State, entry: Entry, body: KioskReported) -> None:
    """One registered kiosk alone."""
    del body
    _author(state.kiosks, entry, "a registered kiosk")
    _alone(entry, "the kiosk alone")


def credential_and_box(state: State, entry: Entry, credential: bytes) -> None:
    """The credential of a ballot as author (V4.B), and the ballot-box key (V8.K)."""
    if state.box_key is None or state.box_key not in entry.signers:
        refuse("V8.K", f"{entry.type.value} is not signed by the ballot-box key of the registered kiosks")
    if entry.author != credential or len(entry.signers) != 2:
        _refuse(entry, "the credential of the ballot and the ballot-box key")


def box(state: State, entry: Entry, body: Body) -> None:
    """The ballot-box key alone: V8.K."""
    del body
    if state.box_key is None or entry.signers != (state.box_key,):
        refuse("V8.K", f"{entry.type.value} is not signed by the ballot-box key of the registered kiosks alone")


def _trustee_keys(state: State) -> frozenset[bytes]:
    return frozenset(trustee.signing_key for trustee in state.trustees.values())


def _author(keys: Collection[bytes], entry: Entry, wanted: str) -> None:
    if entry.author not in keys:
        message = f"{entry.type.value} has the author {short(entry.author)}, who is not {wanted}"
        refuse("V4.B", message, entry.author.hex())


def _alone(entry: Entry, wanted: str) -> None:
    if len(entry.signers) != 1:
        _refuse(entry, wanted)


def _two_officials_and(key: bytes, state: State, entry: Entry, wanted: str) -> None:
    _author(state.officials, entry, "an official")
    if key not in entry.signers[1:]:
        _refuse(entry, wanted)
    _one_more(state.officials, tuple(other for other in entry.signers[1:] if other != key), entry, wanted)


def _officials_and_quorum(state: State, entry: Entry, wanted: str) -> None:
    _author(state.officials, entry, "an official")
    keys = _trustee_keys(state)
    _one_more(state.officials, tuple(key for key in entry.signers[1:] if key not in keys), entry, wanted)
    if len(entry.signers) - 2 < state.quorum:
        _refuse(entry, wanted)


def _one_more(keys: Collection[bytes], others: tuple[bytes, ...], entry: Entry, wanted: str) -> None:
    if len(others) != 1 or others[0] not in keys:
        _refuse(entry, wanted)


def _refuse(entry: Entry, wanted: str) -> NoReturn:
    signers = ", ".join(short(key) for key in entry.signers)
    refuse("V4.B", f"{entry.type.value} must be signed by {wanted}; it is signed by {signers}", entry.author.hex())
