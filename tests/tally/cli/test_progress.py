import io

from rich.console import Console

from tally.cli.progress import Steps


def _lines(terminal: bool) -> str:
    out = io.StringIO()
    with Steps(Console(file=out, force_terminal=terminal, width=100)) as steps:
        steps.report("seal", 1, 2)
        steps.report("seal", 2, 2)
        steps.report("seal", 2, 2)
        steps.report("open", 0, 1)
    return out.getvalue()


def test_without_a_terminal_each_finished_step_is_one_line() -> None:
    assert _lines(terminal=False) == "✓ seal (2)\n"


def test_on_a_terminal_every_step_is_shown_with_how_far_it_has_come() -> None:
    shown = _lines(terminal=True)
    assert "seal" in shown
    assert "2/2" in shown
    assert "0/1" in shown
