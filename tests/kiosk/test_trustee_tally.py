"""After closing: one root a contest, ever; shares only after commitments."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.kiosk.hall import KioskHall
from tests.kiosk.voted import closed_hall

pytestmark = pytest.mark.usefixtures("quick_key_files")


def test_nobody_verifies_before_every_kiosk_has_reported(tmp_path: Path) -> None:
    with closed_hall(tmp_path, reported=False) as hall:
        hall.watch(3)
        assert not hall.state.contest("report").verified
        hall.booths[0].round()
        hall.watch(1)
        assert len(hall.state.contest("report").verified) == 3


def test_too_few_scrutineers_decrypt_nothing(tmp_path: Path) -> None:
    """Of three scrutineers, two of whom are needed, all three must verify (Q = 3)."""
    with closed_hall(tmp_path) as hall:
        away = hall.scrutineers.pop()
        hall.watch(4)
        for watch in hall.scrutineers:
            watch.clock.now += 100
        hall.watch(2)
        contest = hall.state.contest("report")
        assert (len(contest.verified), len(contest.commitments), len(contest.shares)) == (2, 0, 0)
        hall.scrutineers.append(away)
        hall.watch(4)
        assert len(hall.state.contest("report").shares) == 3


def test_shares_come_after_all_commitments_or_after_a_while(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        hall.watch(2)
        first, second, third = hall.scrutineers
        first.station.one_round()
        assert len(hall.state.contest("report").commitments) >= 1
        for watch in (first, second):
            watch.station.one_round()
        assert not hall.state.contest("report").shares or len(hall.state.contest("report").commitments) == 3
        third.station.one_round()
        hall.watch(2)
        assert len(hall.state.contest("report").good_shares) == 3


def test_the_memory_is_stored_before_the_signature_is_sent(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        watch = hall.scrutineers[0]
        sent: list[bool] = []
        send = watch.desk.client.submit_entry

        def check(raw: bytes) -> object:
            loaded = watch.desk.files.load()
            assert loaded is not None
            sent.append("report" in loaded.memory.signed_roots)
            return send(raw)

        watch.desk.client.submit_entry = check  # type: ignore[method-assign, assignment]
        watch.station.one_round()
        assert sent == [True]
        (compared,) = watch.events.of("compare")
        assert (compared["cast"], compared["issued"]) == (10, 12)
        assert len(compared["root_code"]) == 24


def test_a_second_root_is_never_signed(tmp_path: Path) -> None:
    """The memory says that another root of this contest was signed: the station refuses, whatever the server shows."""
    with closed_hall(tmp_path) as hall:
        watch = hall.scrutineers[0]
        memory = watch.desk.memory
        watch.desk.keep_memory(replace(memory, signed_roots=memory.signed_roots.set("report", bytes(32))))
        watch.station.one_round()
        watch.station.one_round()
        assert not hall.state.contest("report").verified
        (waiting,) = watch.events.of("waiting")
        assert "never is" in waiting["problem"]


def test_an_old_key_file_does_not_bring_back_an_old_memory(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        watch = hall.scrutineers[0]
        backup = (watch.directory / "trustee.key.json").read_bytes()
        watch.station.one_round()
        (watch.directory / "trustee.key.json").write_bytes(backup)
        again = hall.add_scrutineer(1)
        assert "report" in again.desk.memory.signed_roots
        again.station.one_round()
        assert again.events.of("compare") == []


def test_a_station_that_only_verifies_gives_no_share(tmp_path: Path) -> None:
    with closed_hall(tmp_path, decrypts=False) as hall:
        hall.watch(6)
        contest = hall.state.contest("report")
        assert (len(contest.verified), len(contest.commitments)) == (3, 0)


def one_shows_and_one_vanishes(hall: KioskHall) -> None:
    """Scrutineers 1 and 2 have committed, 1 has shown its share, 2 is gone; 3 was away until now."""
    first, second, third = hall.scrutineers
    hall.watch(1)
    assert len(hall.state.contest("report").verified) == 3
    for watch in (first, second):
        watch.station.one_round()
    hall.scrutineers.remove(third)
    first.station.one_round()
    first.clock.now += 100
    first.station.one_round()
    hall.scrutineers[:] = [third]
    contest = hall.state.contest("report")
    assert (set(contest.commitments), set(contest.shares)) == ({1, 2}, {1})


def test_a_station_takes_the_place_of_one_that_committed_and_vanished(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        one_shows_and_one_vanishes(hall)
        (third,) = hall.scrutineers
        third.station.one_round()
        assert 3 not in hall.state.contest("report").commitments
        third.clock.now += 100
        third.station.one_round()
        assert 3 in hall.state.contest("report").commitments
        third.station.one_round()
        assert set(hall.state.contest("report").good_shares) == {1, 3}
        hall.officials.first.count("report")
        assert hall.state.contest("report").has_counts


def test_a_station_does_not_commit_when_the_shares_suffice(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        first, second, third = hall.scrutineers
        one_shows_and_one_vanishes(hall)
        second.station.one_round()
        assert set(hall.state.contest("report").good_shares) == {1, 2}
        third.station.one_round()
        third.clock.now += 100
        third.station.one_round()
        assert 3 not in hall.state.contest("report").commitments
        assert third.events.of("waiting") == first.events.of("waiting") == []
