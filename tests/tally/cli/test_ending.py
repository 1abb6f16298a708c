import errno
import os

import pytest
import typer

from tally.cli.ending import EXIT_BAD_INPUT, run_app
from voting_core.errors import InputError


def ended(error: BaseException | None, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def command() -> None:
        if error is not None:
            raise error

    monkeypatch.setattr("sys.argv", ["plenum"])
    with pytest.raises(SystemExit) as caught:
        run_app(app, "plenum")
    return caught.value.code


def test_a_command_that_ends_well_exits_with_0(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(None, monkeypatch) == 0
    assert ended(typer.Exit(1), monkeypatch) == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (InputError("a", "b", "c"), "plenum: a: b. c\n"),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out/record.zip"),
            "plenum: out/record.zip: cannot be read or written (No space left on device). "
            "Check the path and who may use it, and free space, also for temporary files\n",
        ),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            "plenum: a file: cannot be read or written (No space left on device). "
            "Check the path and who may use it, and free space, also for temporary files\n",
        ),
    ],
)
def test_what_a_person_can_mend_is_one_sentence(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(error, monkeypatch) == EXIT_BAD_INPUT
    assert capsys.readouterr().err == sentence


def test_a_mistake_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def command() -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr("sys.argv", ["plenum"])
    with pytest.raises(ValueError, match="a mistake"):
        run_app(app, "plenum")
