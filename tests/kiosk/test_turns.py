import io
from pathlib import Path

import pytest

from kiosk.turns import Turn, Turns
from tests.support.patience import patiently
from voting_core.errors import InputError


def test_turns_come_from_a_file_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "turns.jsonl").write_text("a\n\nb\n", encoding="utf-8")
    turns = Turns(str(tmp_path / "turns.jsonl"))
    assert not turns.finished
    taken = turns.take()
    assert taken == [Turn("a", "turns.jsonl:1"), Turn("b", "turns.jsonl:3")]
    assert turns.finished
    turns.put_back(taken)
    assert turns.take() == taken


def test_turns_come_from_standard_input_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nb\n"))
    turns = Turns("-")
    taken: list[Turn] = []
    for _ in patiently(0.01):
        taken += turns.take()
        if turns.finished:
            break
    assert [turn.line.strip() for turn in taken] == ["a", "b"]
    assert turns.finished


def test_without_a_source_there_are_none() -> None:
    assert Turns(None).finished


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "t").write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        Turns(str(tmp_path / "t"))
