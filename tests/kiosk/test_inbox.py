from pathlib import Path

import pytest

from kiosk.inbox import ASKED_OF_A_TRUSTEE, Inbox, Request
from tally.entries.credentials import ReserveSealed
from tally.entries.entry_type import EntryType
from voting_core.codec import canonical
from voting_core.errors import FatalError, StateError


def put(directory: Path, name: str, value: object) -> None:
    (directory / name).write_bytes(value if isinstance(value, bytes) else canonical(value))  # type: ignore[arg-type]


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def test_requests_are_done_once_in_the_order_of_their_names(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox")
    put(tmp_path / "inbox", "2.json", {"type": "key.destroyed"})
    put(tmp_path / "inbox", "1.json", {"type": "credentials.reserve_sealed", "body": {"class": "delegate", "count": 3}})
    put(tmp_path / "inbox", "3.part", b"not finished")
    done: list[Request] = []
    inbox.handle(done.append, lambda *_: None)
    inbox.handle(done.append, lambda *_: None)
    assert done == [
        Request(EntryType.RESERVE_SEALED, ReserveSealed("delegate", 3)),
        Request(EntryType.KEY_DESTROYED, None),
    ]
    assert names(tmp_path / "inbox") == {"1.done", "2.done", "3.part"}


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"nonsense",
        {},
        {"type": "contest.opened", "body": {"contest": "a"}},
        {"type": "credentials.reserve_sealed"},
        {"type": "credentials.reserve_sealed", "body": {"class": "delegate"}},
        {"type": "key.destroyed", "more": 1},
        {"type": "record.verified", "body": {"contest": "a", "root_code": "short"}},
        {"type": "record.verified", "body": {"contest": "a"}},
    ],
)
def test_what_is_no_request_is_put_aside(tmp_path: Path, value: object) -> None:
    inbox = Inbox(tmp_path)
    put(tmp_path, "1.json", value)
    refused: list[tuple[str, str]] = []
    inbox.handle(lambda _: None, lambda name, problem: refused.append((name, problem)))
    assert [name for name, _ in refused] == ["1.json"]
    assert names(tmp_path) == {"1.refused"}


def test_what_cannot_be_done_is_put_aside_and_what_stops_the_station_stays(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    put(tmp_path, "1.json", {"type": "key.destroyed"})
    told: list[str] = []

    def too_early(_: Request) -> None:
        raise StateError("too early")

    def stop(_: Request) -> None:
        raise FatalError("stop")

    with pytest.raises(FatalError):
        inbox.handle(stop, lambda *_: None)
    assert names(tmp_path) == {"1.json"}
    inbox.handle(too_early, lambda _, problem: told.append(problem))
    assert told == ["too early"]
    assert EntryType.CONTEST_OPENED not in ASKED_OF_A_TRUSTEE
