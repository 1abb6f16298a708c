"""Written consultations (SPEC §8.5 rule 16): kept as they are told, with no consequence for any vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tally.decide.consultation import consult
from tally.entries.consultations import ConsultationRecorded
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.replay import signers
from tally.replay.checks import refuse
from tally.replay.rule import Rule, rule
from tally.state import State


def _record(state: State, entry: Entry, body: ConsultationRecorded) -> State:
    del entry
    if body.id in state.consultations:
        refuse("V4.D", f"the consultation {body.id} is recorded already")
    consult(body.members, body.alternates, body.agree, body.disagree, body.no_reply)
    return replace(state, consultations=state.consultations.set(body.id, body))


RULES: Final[dict[EntryType, Rule]] = {
    EntryType.CONSULTATION_RECORDED: rule(ConsultationRecorded, signers.two_officials, _record)
}
"""The rule of this type."""
