import io
from pathlib import Path

import pytest

from loadtests.acknowledgements import Acknowledgement, AcknowledgementWriter, read_acknowledgements
from voting_core.errors import InputError


def test_what_is_noted_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "acknowledgements"
    with path.open("w", encoding="utf-8") as stream:
        writer = AcknowledgementWriter(stream)
        writer.note("aa", 1, '{"ballot":"aa"}')
        writer.note("aa", 1, "<html>")
    assert read_acknowledgements(path) == (
        Acknowledgement("aa", 1, {"ballot": "aa"}),
        Acknowledgement("aa", 1, "<html>"),
    )


def test_every_line_is_flushed() -> None:
    class Stream(io.StringIO):
        flushed = ""

        def flush(self) -> None:
            self.flushed = self.getvalue()

    stream = Stream()
    AcknowledgementWriter(stream).note("aa", 2, "{}")
    assert stream.flushed == stream.getvalue() != ""


def test_a_run_without_a_promise_has_none(tmp_path: Path) -> None:
    assert read_acknowledgements(tmp_path / "none") == ()


@pytest.mark.parametrize("line", ["?", "[]", '{"id": "aa"}'])
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "acknowledgements"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: it is not an acknowledgement"):
        read_acknowledgements(path)
