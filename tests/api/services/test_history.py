from api.services.history import about, named, people_of
from ballots.screen.words import Said
from tally.entries.entry_type import EntryType
from tests.api.hall import Hall


def test_everything_but_ballots_is_known_with_its_signers(hall: Hall) -> None:
    service = hall.service
    for card in range(8):
        hall.cast(card)
    hall.settle()
    log = service.sequencer.view.log
    entries = service.history.upto(log.size)
    assert log.size - len(entries) == 8
    assert [entry.index for entry in entries] == list(range(len(entries)))
    assert service.history.upto(3) == entries[:3]
    opened = next(entry for entry in entries if entry.type is EntryType.CONTEST_OPENED)
    assert set(opened.keys) == {key.public for key in hall.world.officials}
    mine = about(entries, "report", "resolution_default", 0)
    assert {entry.type for entry in mine} == {
        EntryType.RULES_ADOPTED,
        EntryType.CONTEST_DEFINED,
        EntryType.CREDENTIALS_ISSUED,
        EntryType.ATTENDANCE_DECLARED,
        EntryType.CONTEST_OPENED,
    }


def test_a_key_is_called_by_its_account(hall: Hall) -> None:
    log, key = hall.service.sequencer.view.log, hall.world.officials[0].public
    assert named(log, {key: "李娜"}, key) == Said("李娜", "李娜")
    assert named(log, {}, key).zh == "工作人员 1"
    assert people_of(hall.service.accounts) == {}
