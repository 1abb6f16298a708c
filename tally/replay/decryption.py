"""Committing to shares and showing them (SPEC §9.4, §9.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.aggregate import check_minimum, share_bases
from tally.entries.counting import TallyCommitted, TallyShared
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.reading import failing
from tally.replay import signers
from tally.replay.checks import author_index, refuse, short, trustee_name, with_contest
from tally.replay.closing import closed
from tally.replay.expected import share_statement
from tally.replay.rule import Rule, rule
from tally.state import ContestState, Share, State
from voting_core.dleq import ShareProof, verify_share
from voting_core.errors import VerificationError
from voting_core.group import Point, decode_point


def check_verified(state: State, contest: ContestState) -> None:
    """Require that Q trustees have verified the closed root (V9.D)."""
    if len(contest.verified) < state.quorum:
        refuse(
            "V9.D",
            f"{contest.id}: {len(contest.verified)} trustees have verified the closed root, {state.quorum} are needed "
            "before anything is decrypted",
            contest.id,
        )


def _commit(state: State, entry: Entry, body: TallyCommitted) -> State:
    contest, closing = closed(state, entry, body.contest)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    if contest.cast == 0:
        refuse("V4.D", f"{contest.id} has no ballots; there is nothing to decrypt")
    check_minimum(contest.contest, closing.cells)
    check_verified(state, contest)
    if index not in contest.verified:
        refuse("V9.D", f"{name} decrypts {contest.id} only after its own record.verified", name)
    if index in contest.commitments:
        refuse("V10.B", f"{name} has committed to its share of {contest.id} already", name)
    # Neither a bad share nor one that never comes shuts the others out: who verified may take the place (SPEC §9.4).
    good = len(contest.good_shares)
    if good >= state.facts.threshold:
        refuse("V10.B", f"{name} commits after {good} good shares of {contest.id}; they are enough to count it", name)
    commitments = contest.commitments.set(index, body.commitment)
    return with_contest(state, replace(contest, commitments=commitments))


def _share(state: State, entry: Entry, body: TallyShared) -> State:
    contest, closing = closed(state, entry, body.contest)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    threshold = state.facts.threshold
    if index not in contest.commitments:
        refuse("V10.B", f"{name} shows a share of {contest.id} without a commitment", name)
    if index in contest.shares:
        refuse("V10.B", f"{name} has shown its share of {contest.id} already", name)
    if len(contest.commitments) < threshold:
        count = len(contest.commitments)
        refuse("V10.B", f"{contest.id}: {count} commitments are in the log, {threshold} are needed before any share")
    opened, committed = body.commitment(closing.root), contest.commitments[index]
    if opened != committed:
        refuse("V10.B", f"{name} committed to {short(committed)} and shows {short(opened)}", name)
    bases = share_bases(closing.cells)
    with failing("V2.D"):
        proof = ShareProof.decode(body.proof, f"{name}, proof")
        points = _read_points(body.shares, len(bases), name)
    share = _judge(state, contest, index, points, proof)
    return with_contest(state, replace(contest, shares=contest.shares.set(index, share)))


def _read_points(run: bytes, count: int, name: str) -> tuple[Point, ...]:
    if len(run) != 32 * count:
        refuse("V2.D", f"{name} shows {len(run)} bytes of shares, {count} points take {32 * count}", name)
    return tuple(
        decode_point(run[32 * number : 32 * number + 32], f"{name}, D_{number + 1}") for number in range(count)
    )


def _judge(state: State, contest: ContestState, index: int, points: tuple[Point, ...], proof: ShareProof) -> Share:
    """Keep a share whose proof fails as evidence; it is not used, and its author is named (SPEC §9.5)."""
    try:
        with failing("V2.D"):
            verify_share(share_statement(state, contest.id, index), points, proof)
    except VerificationError as error:
        return Share(points, str(error))
    return Share(points, "")


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.TALLY_COMMITTED: rule(TallyCommitted, signers.trustee, _commit),
    EntryType.TALLY_SHARED: rule(TallyShared, signers.trustee, _share),
}
"""The rules of these types."""
