"""No station signs a closed root before its scrutineer has compared it (SPEC §9.3)."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.comparison import root_code
from tally.state import Status
from tests.kiosk.hall import KioskHall, Watch
from tests.kiosk.voted import closed_hall
from voting_core.errors import StateError

pytestmark = pytest.mark.usefixtures("quick_key_files")


def own_code(watch: Watch) -> str:
    (shown,) = watch.events.of("compare")
    code = shown["root_code"]
    assert isinstance(code, str)
    return code


def confirm(hall: KioskHall, scrutineer: int, code: str, contest: str = "report") -> None:
    hall.request(scrutineer, {"type": "record.verified", "body": {"contest": contest, "root_code": code}})


def closed_root(hall: KioskHall) -> bytes:
    closing = hall.state.contest("report").closing
    assert closing is not None
    return closing.root


def refusals(watch: Watch) -> list[str]:
    return [event["problem"] for event in watch.events.of("request_refused")]


def test_a_station_waits_and_signs_what_its_scrutineer_has_compared(tmp_path: Path) -> None:
    with closed_hall(tmp_path, compares=True) as hall:
        hall.watch(4)
        first, second, third = hall.scrutineers
        assert not hall.state.contest("report").verified
        for watch in hall.scrutineers:
            assert watch.events.of("compare")[0]["waits"] is True
            assert "report" not in watch.desk.memory.signed_roots
        code = own_code(first)
        assert code == own_code(second) == own_code(third)
        assert code == root_code(closed_root(hall))
        confirm(hall, 1, code.lower())
        hall.watch(3)
        assert set(hall.state.contest("report").verified) == {2}
        for number in (0, 2):
            confirm(hall, number, code)
        hall.watch(4)
        contest = hall.state.contest("report")
        assert set(contest.verified) == {1, 2, 3}
        assert len(contest.good_shares) >= 2
        confirm(hall, 0, code)
        hall.watch(1)
        assert refusals(first) == []


def test_a_wrong_code_signs_nothing(tmp_path: Path) -> None:
    with closed_hall(tmp_path, compares=True) as hall:
        hall.watch(1)
        watch = hall.scrutineers[0]
        confirm(hall, 0, root_code(bytes(32)))
        confirm(hall, 0, own_code(watch), contest="another")
        confirm(hall, 0, "0123")
        hall.watch(2)
        assert not hall.state.contest("report").verified
        assert "report" not in watch.desk.memory.signed_roots
        wrong, unknown, short = sorted(refusals(watch), key=lambda text: ("you compared" not in text, text))
        assert own_code(watch) in wrong
        assert "nothing was signed" in wrong
        assert "missing" in short + unknown
        assert "no contest that is closed" in short + unknown
        assert len(list((watch.directory / "inbox").glob("*.refused"))) == 3


def test_nothing_is_confirmed_before_the_code_can_be_known(tmp_path: Path) -> None:
    """Before every kiosk has reported the station shows no code, and takes none."""
    with closed_hall(tmp_path, reported=False, compares=True) as hall:
        hall.watch(1)
        watch = hall.scrutineers[0]
        confirm(hall, 0, root_code(closed_root(hall)))
        hall.watch(1)
        assert watch.events.of("compare") == []
        (problem,) = refusals(watch)
        assert "not all kiosks have reported" in problem
        hall.booths[0].round()
        hall.watch(2)
        assert not hall.state.contest("report").verified


def test_a_confirmed_root_is_signed_although_the_station_stops_before_it_is_sent(tmp_path: Path) -> None:
    with closed_hall(tmp_path, compares=True) as hall:
        hall.watch(1)
        watch = hall.scrutineers[0]
        confirm(hall, 0, own_code(watch))

        def break_off(_: bytes) -> object:
            assert "report" in watch.desk.memory.signed_roots
            raise KeyboardInterrupt

        watch.desk.client.submit_entry = break_off  # type: ignore[method-assign, assignment]
        with pytest.raises(KeyboardInterrupt):
            watch.station.one_round()
        assert not hall.state.contest("report").verified
        hall.scrutineers.clear()
        again = hall.add_scrutineer(1, compares=True)
        again.station.one_round()
        assert set(hall.state.contest("report").verified) == {1}
        assert again.events.of("compare") == []
        assert refusals(again) == []


def test_an_unconfirmed_root_is_shown_again_after_a_restart(tmp_path: Path) -> None:
    with closed_hall(tmp_path, compares=True) as hall:
        hall.watch(2)
        hall.scrutineers.clear()
        again = hall.add_scrutineer(1, compares=True)
        hall.watch(2)
        assert own_code(again)
        assert not hall.state.contest("report").verified


def test_a_second_root_is_neither_shown_nor_signed(tmp_path: Path) -> None:
    with closed_hall(tmp_path, compares=True) as hall:
        watch = hall.scrutineers[0]
        memory = watch.desk.memory
        watch.desk.keep_memory(replace(memory, signed_roots=memory.signed_roots.set("report", bytes(32))))
        watch.station.one_round()
        assert watch.events.of("compare") == []
        confirm(hall, 0, root_code(closed_root(hall)))
        watch.station.one_round()
        (problem,) = refusals(watch)
        assert "never is" in problem
        with pytest.raises(StateError):
            watch.desk.memory.with_signed_root("report", closed_root(hall))
        assert hall.state.contest("report").status is Status.CLOSED
        assert not hall.state.contest("report").verified


def test_who_signs_without_comparing_says_so(tmp_path: Path) -> None:
    with closed_hall(tmp_path) as hall:
        hall.watch(2)
        assert len(hall.state.contest("report").verified) == 3
        for watch in hall.scrutineers:
            (told,) = watch.events.of("signs_without_comparing")
            assert "never use it so in a real vote" in told["problem"]
            assert watch.events.of("compare")[0]["waits"] is False
        patient = hall.add_scrutineer(1, compares=True)
        assert patient.events.of("signs_without_comparing") == []
