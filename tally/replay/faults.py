"""Complaints and faults, which end an attempt of the ceremony (SPEC §6.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.entries.ceremony import DkgComplained, DkgFaulted
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.replay import signers
from tally.replay.ceremony import all_revealed, running_attempt
from tally.replay.checks import author_index, refuse, short, trustee_name
from tally.replay.rule import Rule, rule
from tally.replay.transcripts import share_info
from tally.state import Ceremony, Fault, State
from voting_core.errors import EncodingError, SealedError
from voting_core.group import decode_scalar
from voting_core.polynomial import is_good_share
from voting_core.sealing import open_box, public_of


def _complain(state: State, entry: Entry, body: DkgComplained) -> State:
    ceremony = running_attempt(state, entry, body.attempt)
    all_revealed(state, entry, ceremony)
    index = author_index(state, entry.author)
    name = trustee_name(state, index)
    if index in ceremony.confirmed:
        refuse("V5.F", f"{name} complains after its own confirmation; it has said that all shares are good", name)
    if body.dealer == index or body.dealer not in ceremony.revealed:
        refuse("V5.F", f"{name} complains about the dealer {body.dealer}, who has sealed nothing to it", name)
    published, committed = public_of(body.sealing_secret), ceremony.committed[index].sealing_key
    if published != committed:
        message = f"{name} publishes the private key of {short(published)}; its sealing key is {short(committed)}"
        refuse("V5.F", message, name)
    if _is_good(state, ceremony, body.dealer, index, body.sealing_secret):
        fault = Fault(body.attempt, index, "complaint")
    else:
        fault = Fault(body.attempt, body.dealer, "share")
    return replace(state, ceremony=ceremony.failed(fault))


def _is_good(state: State, ceremony: Ceremony, dealer: int, receiver: int, secret: bytes) -> bool:
    """Open the box as the receiver did, and compare the share with the dealer's commitments."""
    reveal = ceremony.revealed[dealer]
    try:
        plaintext = open_box(secret, share_info(state, dealer, receiver), reveal.boxes[receiver])
        share = decode_scalar(plaintext, "share")
    except (SealedError, EncodingError):
        return False
    return is_good_share(reveal.commitments, receiver, share)


def _fault(state: State, entry: Entry, body: DkgFaulted) -> State:
    ceremony = running_attempt(state, entry, body.attempt)
    if body.trustee not in state.trustees:
        refuse("V4.D", f"dkg.faulted names trustee {body.trustee}, who has not joined")
    everybody = state.facts.trustees
    awaited = {
        "committed": body.trustee not in ceremony.committed,
        "revealed": len(ceremony.committed) == everybody and body.trustee not in ceremony.revealed,
        "confirmed": len(ceremony.revealed) == everybody and body.trustee not in ceremony.confirmed,
    }
    if not awaited[body.missing]:
        name = trustee_name(state, body.trustee)
        refuse("V4.D", f"dkg.faulted: the message dkg.{body.missing} of {name} is not awaited now", name)
    return replace(state, ceremony=ceremony.failed(Fault(body.attempt, body.trustee, body.missing)))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.DKG_COMPLAINED: rule(DkgComplained, signers.trustee, _complain),
    EntryType.DKG_FAULTED: rule(DkgFaulted, signers.two_officials, _fault),
}
"""The rules of these types."""
