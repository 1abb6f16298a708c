"""Rules are given the bodies of their own type."""

import pytest

from tally.entries.contests import ContestOpened
from tally.entries.entry_type import EntryType
from tally.entries.envelope import decode_entry
from tally.replay import signers
from tally.replay.machine import RULES
from tally.replay.rule import rule
from tests.tally.replay.conftest import At


def test_there_is_a_rule_for_every_type() -> None:
    assert set(RULES) == set(EntryType)


def test_a_rule_with_the_body_of_another_type_is_a_mistake_of_the_program(at: At) -> None:
    session = at("ready")
    wrong = rule(ContestOpened, signers.two_officials, lambda state, _entry, _body: state)
    entry = decode_entry(session.entries[0])
    with pytest.raises(TypeError, match="ContestOpened"):
        wrong.check_signers(session.state, entry)
