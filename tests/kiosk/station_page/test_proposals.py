import pytest

from kiosk.client import WaitingProposal
from kiosk.drafts import draft
from kiosk.station_page.card_lists import run_code
from kiosk.station_page.proposals import body_of, hindrances, tell_proposal
from tally.entries.build import Draft
from tally.entries.contests import ContestOpened
from tally.entries.credentials import CredentialsIssued
from tally.entries.entry_type import EntryType
from tests.api.world import voting_world
from voting_core.errors import EncodingError, VerificationError


def test_a_list_of_cards_has_a_code_to_compare() -> None:
    world, _ = voting_world()
    body = CredentialsIssued(slot=0, class_id="delegate", keys=bytes(64))
    told = tell_proposal(world.state, body)
    assert run_code(body) in [value for _, value in told.facts]
    assert body_of(EntryType.CREDENTIALS_ISSUED, body.to_json()) == body
    opened = tell_proposal(world.state, body_of(EntryType.CONTEST_OPENED, {"contest": "report"}))
    assert opened.said.zh == "“工作报告”开始投票"


def test_what_cannot_be_read_as_an_entry_has_no_reason() -> None:
    world, _ = voting_world()
    broken = WaitingProposal("p", Draft(bytes(32), {"body": {}}), EntryType.CONTEST_OPENED, {})
    late = draft(world.state, ContestOpened("report"), world.officials[0].public, 1)
    found = hindrances(world.state, [broken, WaitingProposal("late", late, EntryType.CONTEST_OPENED, {})])
    assert set(found) == {"late"}


def test_a_body_of_another_form_is_refused() -> None:
    with pytest.raises((EncodingError, VerificationError)):
        body_of(EntryType.RESERVE_SEALED, {"class": 5})
