"""Links that open once, and where the next one lies."""

from pathlib import Path

import pytest

from kiosk.local_page.door import Door, read_link
from voting_core.errors import InputError


def token(link: str) -> str:
    assert link.startswith("http://127.0.0.1:8401/open?token=")
    return link.partition("token=")[2]


def test_a_link_opens_once_and_the_next_one_lies_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "page.link"
    door = Door(8401, file)
    first = door.new_link()
    assert read_link(file) == first
    assert door.enter(token(first)) is not None
    second = read_link(file)
    assert second != first
    assert door.enter(token(first)) is None
    assert read_link(file) == second
    assert door.enter(token(second)) is not None


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    door = Door(8401, tmp_path / "page.link")
    door.new_link()
    assert (tmp_path / "page.link").stat().st_mode & 0o777 == 0o600
    assert "token" not in repr(door)


def test_a_door_that_is_closed_leaves_no_link(tmp_path: Path) -> None:
    door = Door(8401, tmp_path / "page.link")
    door.new_link()
    door.close()
    with pytest.raises(InputError, match="no station with a page runs"):
        read_link(tmp_path / "page.link")
    door.close()


def test_without_a_file_a_used_link_is_the_last_until_one_is_asked_for() -> None:
    door = Door(8401)
    assert door.enter(token(door.new_link())) is not None
    assert door.enter("") is None
    door.close()
