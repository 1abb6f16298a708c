"""Asking for a ballot by id or code; what the route makes of it is in test_lookup."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.services.ballot_lookup import AMBIGUOUS, IN_LOG, UNKNOWN, WAITING, answer_for, look_up
from ballots.sealed_ballot import ballot_id, confirmation_code, parse_ballot
from tally.board.tree import climbed
from tests.api.hall import Hall, running_hall
from voting_core.errors import InputError


def test_two_ballots_with_one_code_are_both_named(hall: Hall) -> None:
    """Nobody can make such ballots in a test, so the index and the view are told of one."""
    identity = ballot_id(parse_ballot(json.loads(hall.cast(0))["body"]["ballot"]))
    twin = identity[:13] + bytes(19)
    sequencer = hall.service.sequencer
    sequencer._appender.codes.add([twin])
    assert look_up(sequencer, confirmation_code(identity)).id == identity.hex()
    view = sequencer.view
    sequencer._appender.view = replace(view, pending=view.pending.set(twin, view.pending[identity]))
    found = look_up(sequencer, confirmation_code(identity))
    assert (found.status, found.id, found.index) == ("ambiguous", None, None)
    assert found.ids == sorted([identity.hex(), twin.hex()])
    assert look_up(sequencer, twin.hex()).status == "pending"
    assert answer_for(hall.service, confirmation_code(identity)).said == AMBIGUOUS


def test_the_refusal_does_not_repeat_what_was_typed(hall: Hall) -> None:
    with pytest.raises(InputError, match="neither a ballot id nor a confirmation code") as caught:
        look_up(hall.service.sequencer, "秘")
    assert "秘" not in str(caught.value)
    assert "\\u" not in str(caught.value)


def test_codes_are_known_again_after_a_restart(tmp_path: Path) -> None:
    with running_hall(tmp_path) as first:
        first.vote()
        ids = [ballot_id(parse_ballot(json.loads(first.cast(card))["body"]["ballot"])) for card in range(9)]
        first.settle()
    with running_hall(tmp_path, world=first.world) as again:
        found = [look_up(again.service.sequencer, confirmation_code(identity)) for identity in ids]
    assert [item.id for item in found] == [identity.hex() for identity in ids]
    assert sorted(item.status for item in found) == ["log"] * 8 + ["pending"]


def test_a_person_gets_a_sentence_and_the_way_to_the_root(hall: Hall) -> None:
    codes = [confirmation_code(ballot_id(parse_ballot(json.loads(hall.cast(0))["body"]["ballot"])))]
    assert answer_for(hall.service, codes[0]).said == WAITING
    for card in range(1, 8):
        codes.append(confirmation_code(ballot_id(parse_ballot(json.loads(hall.cast(card))["body"]["ballot"]))))
    hall.settle()
    log = hall.service.sequencer.view.log
    for code in codes:
        answer = answer_for(hall.service, code)
        (found,) = answer.found
        assert (answer.said, answer.size, answer.root) == (IN_LOG, log.size, log.root.hex())
        assert climbed(bytes.fromhex(found.leaf), found.steps)[-1] == log.root
    assert answer_for(hall.service, "0" * 20).said == UNKNOWN
