"""Voiding through the log: faults on the way, and cards that change meanwhile."""

import sqlite3
from pathlib import Path

import pytest

from api.acts.signing import Signer
from api.acts.voiding import Voided, void_cards
from api.services.card_voiding import Fate, Pile
from tests.api.hall import Hall, running_hall
from tests.api.pages.test_cards import prepared, typed
from tests.api.people import PASSWORD
from tests.faults.faulty_connection import sqlite_error
from tests.support.coroutines import run
from voting_core.errors import FatalError
from voting_core.secret import Secret


def void(hall: Hall, *cards: int, pile: Pile = Pile.LEFT_OVER) -> Voided:
    account = hall.service.accounts.find("li")
    assert account is not None
    text = Secret("\n".join(typed(hall, card) for card in cards))
    return run(void_cards(hall.service, Signer(account, Secret(PASSWORD)), text, pile, ["report"]))


def test_each_card_is_told_by_its_line(empty_hall: Hall) -> None:
    prepared(empty_hall)
    assert void(empty_hall, 39).fates == {(1, "report"): Fate.VOIDED}
    done = void(empty_hall, 38, 39)
    assert done.fates == {(1, "report"): Fate.VOIDED, (2, "report"): Fate.ALREADY}
    assert (done.count(Fate.VOIDED), done.unread, done.contests) == (1, 0, ("report",))
    assert all(line.card is None for line in done.lines)


def test_a_full_disk_in_the_middle_is_told_and_the_same_cards_can_be_sent_again(empty_hall: Hall) -> None:
    prepared(empty_hall)
    empty_hall.faults.before["INSERT INTO entries"] = sqlite_error(sqlite3.SQLITE_FULL)
    done = void(empty_hall, 37, 38, 39)
    assert sorted(done.fates.values()) == [Fate.REFUSED, Fate.VOIDED, Fate.VOIDED]
    again = void(empty_hall, 37, 38, 39)
    assert sorted(again.fates.values()) == [Fate.ALREADY, Fate.ALREADY, Fate.VOIDED]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_after_an_unclear_commit_a_restart_tells_and_the_rest_is_voided(tmp_path: Path, moment: str) -> None:
    with running_hall(tmp_path) as hall:
        prepared(hall)
        getattr(hall.faults, moment)["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
        with pytest.raises(FatalError):
            void(hall, 38, 39)
    with running_hall(tmp_path, world=hall.world) as again:
        done = void(again, 38, 39)
        assert done.count(Fate.ALREADY) == (1 if moment == "after" else 0)
        assert again.service.sequencer.view.log.void_counts[0, "delegate", "left_over"] == 2
