"""The key ceremony: join, commit, reveal, confirm (SPEC §6, §8.5 rule 2). Complaints and faults are in `faults`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from immutables import Map

from tally.entries.ceremony import DkgCommitted, DkgConfirmed, DkgRevealed, SealedShare, TrusteeJoined
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.reading import failing
from tally.replay import signers
from tally.replay.checks import author_index, refuse, short, trustee_name, with_key, with_name
from tally.replay.rule import Rule, rule
from tally.replay.transcripts import ceremony_transcript, deal_commitment, fingerprint, roster_hash
from tally.state import Ceremony, Dealing, JointKey, Reveal, State
from voting_core.group import IDENTITY, Point, decode_point
from voting_core.polynomial import joint_key, public_share
from voting_core.schnorr import DealProof, DealStatement, verify_deal_proof
from voting_core.sealing import check_sealing_key

BOX_BYTES: Final = 80
"""A sealed share: encapsulated key, 32-byte scalar, authentication tag (SPEC §6.4)."""


def _join(state: State, entry: Entry, body: TrusteeJoined) -> State:
    del entry
    trustees = state.facts.trustees
    if len(state.trustees) == trustees:
        refuse("V4.D", f"all {trustees} trustees have joined")
    if body.index > trustees:
        refuse("V5.A", f"the index {body.index} is not in 1..{trustees}")
    if body.index in state.trustees:
        refuse("V5.A", f"the index {body.index} is that of {trustee_name(state, body.index)} already")
    name = f"trustee {body.index}"
    state = with_key(state, body.signing_key, name)
    state = with_key(state, body.witness_key, f"the witness {body.index}")
    joined = state.trustees.set(body.index, body)
    roster = roster_hash(state.session_id, joined.values()) if len(joined) == trustees else b""
    return replace(state, trustees=joined, roster_hash=roster)


def running_attempt(state: State, entry: Entry, attempt: int) -> Ceremony:
    """Give the ceremony, which must be in this attempt (V4.D)."""
    facts = state.facts
    if state.key is not None:
        refuse("V4.D", f"{entry.type.value}: the key is confirmed, the ceremony is over")
    if len(state.trustees) != facts.trustees:
        refuse("V4.D", f"{entry.type.value}: {len(state.trustees)} of {facts.trustees} trustees have joined")
    ceremony = state.ceremony
    if attempt != ceremony.attempt:
        refuse("V4.D", f"{entry.type.value} is of attempt {attempt}, the ceremony is in attempt {ceremony.attempt}")
    return ceremony


def all_revealed(state: State, entry: Entry, ceremony: Ceremony) -> None:
    """Require that the reveals of all trustees are in the log (V4.D)."""
    if len(ceremony.revealed) != state.facts.trustees:
        count = len(ceremony.revealed)
        refuse("V4.D", f"{entry.type.value} comes after all reveals; {count} of {state.facts.trustees} are in the log")


def _commit(state: State, entry: Entry, body: DkgCommitted) -> State:
    ceremony = running_attempt(state, entry, body.attempt)
    index = author_index(state, entry.author)
    if index in ceremony.committed:
        refuse("V4.D", f"{trustee_name(state, index)} has committed in attempt {body.attempt} already")
    check_sealing_key(body.sealing_key, f"{trustee_name(state, index)}, sealing_key")
    state = with_name(state, body.sealing_key, f"trustee {index} for sealing")
    dealing = Dealing(body.commitment, body.sealing_key, entry.leaf)
    return replace(state, ceremony=replace(ceremony, committed=ceremony.committed.set(index, dealing)))


def _reveal(state: State, entry: Entry, body: DkgRevealed) -> State:
    ceremony = running_attempt(state, entry, body.attempt)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    if len(ceremony.committed) != state.facts.trustees:
        count = len(ceremony.committed)
        refuse("V4.D", f"reveals come after all commitments; {count} of {state.facts.trustees} are in the log")
    if index in ceremony.revealed:
        refuse("V4.D", f"{name} has revealed in attempt {body.attempt} already")
    committed = ceremony.committed[index].commitment
    opened = deal_commitment(state, index, body.commitments, body.proof)
    if opened != committed:
        refuse("V5.B", f"{name} committed to {short(committed)} and reveals {short(opened)}", name)
    commitments = _read_commitments(state, index, body.commitments)
    with failing("V2.D"):
        proof = DealProof.decode(body.proof, f"{name}, proof")
        statement = DealStatement(state.session_id, body.attempt, state.roster_hash, index, commitments)
        verify_deal_proof(statement, proof)
    reveal = Reveal(commitments, _read_boxes(state, index, body.shares), entry.leaf)
    dealt = ceremony.dealt.update({point.encode(): index for point in commitments})
    return replace(state, ceremony=replace(ceremony, revealed=ceremony.revealed.set(index, reveal), dealt=dealt))


def _read_commitments(state: State, index: int, run: bytes) -> tuple[Point, ...]:
    name, threshold = trustee_name(state, index), state.facts.threshold
    if len(run) != 32 * threshold:
        refuse("V5.C", f"{name} reveals {len(run)} bytes of commitments, {threshold} take {32 * threshold}", name)
    parts = [run[start : start + 32] for start in range(0, len(run), 32)]
    if len(set(parts)) != len(parts):
        refuse("V5.C", f"{name} reveals a commitment twice", name)
    for number, part in enumerate(parts):
        if part in state.ceremony.dealt:
            dealer = trustee_name(state, state.ceremony.dealt[part])
            refuse("V5.C", f"{name}: C_{number} is copied, {dealer} has revealed it before", name)
    with failing("V2.D"):
        return tuple(decode_point(part, f"{name}, C_{number}") for number, part in enumerate(parts))


def _read_boxes(state: State, index: int, shares: tuple[SealedShare, ...]) -> Map[int, bytes]:
    name = trustee_name(state, index)
    wanted = [other for other in sorted(state.trustees) if other != index]
    given = [share.to for share in shares]
    if given != wanted:
        refuse("V5.E", f"{name} seals shares to {given}; there must be one for each of {wanted}, in this order", name)
    for share in shares:
        if len(share.box) != BOX_BYTES:
            refuse("V5.E", f"{name}: the box for trustee {share.to} has {len(share.box)} bytes, not {BOX_BYTES}", name)
    return Map({share.to: share.box for share in shares})


def _confirm(state: State, entry: Entry, body: DkgConfirmed) -> State:
    ceremony = running_attempt(state, entry, body.attempt)
    all_revealed(state, entry, ceremony)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    if index in ceremony.confirmed:
        refuse("V4.D", f"{name} has confirmed in attempt {body.attempt} already")
    transcript = ceremony_transcript(state)
    if body.transcript != transcript:
        refuse("V5.G", f"{name} confirms {short(body.transcript)}; the ceremony is {short(transcript)}", name)
    ceremony = replace(ceremony, confirmed=ceremony.confirmed | {index})
    key = _joint_key(state, ceremony) if len(ceremony.confirmed) == state.facts.trustees else None
    return replace(state, ceremony=ceremony, key=key)


def _joint_key(state: State, ceremony: Ceremony) -> JointKey:
    dealers = [ceremony.revealed[index].commitments for index in sorted(ceremony.revealed)]
    point = joint_key(dealers)
    if point == IDENTITY:
        refuse("V5.H", "the joint key is the identity: the dealers' constant terms cancel")
    shares = {index: public_share(dealers, index) for index in sorted(state.trustees)}
    for index, share in shares.items():
        if share == IDENTITY:
            refuse("V5.H", f"the public share of {trustee_name(state, index)} is the identity")
    return JointKey(point, Map(shares), state.size, fingerprint(state.session_id, state.size, state.root))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.TRUSTEE_JOINED: rule(TrusteeJoined, signers.the_new_trustee, _join),
    EntryType.DKG_COMMITTED: rule(DkgCommitted, signers.trustee, _commit),
    EntryType.DKG_REVEALED: rule(DkgRevealed, signers.trustee, _reveal),
    EntryType.DKG_CONFIRMED: rule(DkgConfirmed, signers.trustee, _confirm),
}
"""The rules of these types."""
