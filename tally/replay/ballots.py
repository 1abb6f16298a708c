"""Casting and challenging ballots while a contest is open (SPEC §5, §8.5 rule 7).

* The argument of a ballot is not verified here: it is given back as a statement, so that a run of entries is verified
  as one batch. Everything else is decided here.
* A ballot is decoded once; what its statement holds is what is added to the aggregates.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from ballots.opened import OpenedBallot, open_ballot
from ballots.opening import check_opening
from ballots.sealed_ballot import SealedBallot, ballot_id
from tally.aggregate import add_ballot
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.replay import signers
from tally.replay.checks import confirmed_key, refuse, short, with_contest
from tally.replay.rule import Rule, Step, ballot_rule, rule
from tally.state import ContestState, CredentialList, State, Status
from voting_core.argument.statement import Statement
from voting_core.params import MAX_CHALLENGES

_NOT_OPEN: Final = {
    Status.DEFINED: "not open yet",
    Status.PAUSED: "paused",
    Status.ABANDONED: "broken off",
}


class _Accepted(NamedTuple):
    """A decoded ballot, and the state in which its id and its points are known."""

    state: State
    ballot: OpenedBallot

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its argument, where that is not judged yet."""
        return () if self.ballot.statement is None else (self.ballot.statement,)


def _cast(state: State, entry: Entry, body: BallotCast) -> Step:
    credential = body.ballot.credential
    contest, issued = _voter(state, entry, body.ballot)
    if credential in state.cast_credentials:
        refuse("V8.B", f"the credential {short(credential)} has cast its ballot already", credential.hex())
    accepted = _accept(state, entry, contest, body.ballot)
    sums = add_ballot(contest.sums, issued.class_id, accepted.ballot.ciphertexts, state.group)
    state = replace(
        with_contest(accepted.state, replace(contest, cast=contest.cast + 1, sums=sums)),
        cast_credentials=state.cast_credentials.set(credential, state.size - 1),
    )
    return Step(state, accepted.statements)


def _challenge(state: State, entry: Entry, body: BallotChallenged) -> Step:
    credential = body.ballot.credential
    contest, _ = _voter(state, entry, body.ballot)
    used = state.challenges.get(credential, 0)
    if used >= MAX_CHALLENGES:
        refuse("V8.B", f"the credential {short(credential)} has challenged {used} ballots already", credential.hex())
    accepted = _accept(state, entry, contest, body.ballot)
    key = confirmed_key(state, EntryType.BALLOT_CAST).point
    check_opening(body.ballot, contest.contest, key, body.marks, body.seed)
    state = replace(
        with_contest(accepted.state, replace(contest, challenged=contest.challenged + 1)),
        challenges=state.challenges.set(credential, used + 1),
    )
    return Step(state, accepted.statements)


def _voter(state: State, entry: Entry, ballot: SealedBallot) -> tuple[ContestState, CredentialList]:
    """Give the open contest of a ballot, and the list on which its unvoided credential stands (V2.C, V8.A)."""
    if ballot.session != state.id:
        named = f"{entry.type.value} holds a ballot of the session {short(ballot.session)}"
        refuse("V2.C", f"{named}, this is the session {short(state.id)}")
    contest = _open_contest(state, entry, state.contest_hashes.get(ballot.contest_hash), short(ballot.contest_hash))
    credential = ballot.credential
    issued = state.credentials.get(credential)
    if issued is None or issued.slot != contest.contest.slot:
        refuse("V8.A", f"{short(credential)} is no credential of {contest.id}", credential.hex())
    if credential in state.voided:
        refuse("V8.A", f"the credential {short(credential)} is voided ({state.voided[credential]})", credential.hex())
    return contest, issued


def _accept(state: State, entry: Entry, contest: ContestState, ballot: SealedBallot) -> _Accepted:
    """Decode a ballot that the log has not seen, neither its id nor its points (V8.B, V8.C, V2.D, V8.D)."""
    opened = entry.opened
    id_ = ballot_id(ballot) if opened is None else opened.id
    if id_ in state.ballots:
        refuse("V8.B", f"the ballot {short(id_)} is entry {state.ballots[id_]} already", id_.hex())
    key = confirmed_key(state, EntryType.BALLOT_CAST).point
    if opened is None or not opened.is_under(contest.contest, key):
        opened = open_ballot(ballot, contest.contest, key, state.group)
    if opened.refusal is not None:
        raise opened.refusal
    known = state.points.first_known(opened.points)
    if known is not None:
        refuse("V8.D", f"the ballot {short(id_)} repeats the point {short(known)} of an earlier ballot", id_.hex())
    state = replace(
        state,
        points=state.points.with_ballot(id_, opened.points),
        ballots=state.ballots.set(id_, state.size - 1),
    )
    return _Accepted(state, opened)


def _open_contest(state: State, entry: Entry, contest_id: str | None, named: str) -> ContestState:
    if contest_id is None or contest_id not in state.contests:
        refuse("V8.A", f"{entry.type.value} is for the contest {named}, which is not defined")
    contest = state.contests[contest_id]
    if contest.status is not Status.OPEN or contest.is_by_hand:
        status = "counted by hand" if contest.is_by_hand else _NOT_OPEN.get(contest.status, "closed")
        refuse("V8.A", f"{entry.type.value} is for {contest_id}, which is {status}; ballots need an open contest")
    return contest


def _assist(state: State, entry: Entry, body: BallotAssisted) -> State:
    contest = _open_contest(state, entry, body.contest, body.contest)
    if body.id in state.assisted:
        refuse("V8.B", f"ballot.assisted {body.id.hex()} is entry {state.assisted[body.id]} already", body.id.hex())
    # All kiosks share the box key, so nobody could say who fills the log with these.
    cards = sum(each.drawn + each.test for each in contest.attendance.cards) if contest.attendance else 0
    if contest.assisted >= cards:
        message = f"{contest.id}: {contest.assisted} assistances are in the log, as many as there are cards"
        refuse("V8.B", f"{message} that vote in it; find the kiosk that sends more", contest.id)
    contest = replace(contest, assisted=contest.assisted + 1)
    return replace(
        with_contest(state, contest),
        assisted=state.assisted.set(body.id, state.size - 1),
    )


def _ballot_signers(state: State, entry: Entry, body: BallotCast | BallotChallenged) -> None:
    signers.credential_and_box(state, entry, body.ballot.credential)


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.BALLOT_CAST: ballot_rule(BallotCast, _ballot_signers, _cast),
    EntryType.BALLOT_CHALLENGED: ballot_rule(BallotChallenged, _ballot_signers, _challenge),
    EntryType.BALLOT_ASSISTED: rule(BallotAssisted, signers.box, _assist),
}
"""The rules of these types."""
