import json

import pytest
import typer
from typer.testing import CliRunner

from tally.cli import bench_command
from tally.cli.bench.figure import Figure, at_most, info


def _run(monkeypatch: pytest.MonkeyPatch, figures: list[Figure], *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(bench_command, "measure", lambda _name: figures)
    app = typer.Typer()
    bench_command.register(app)
    done = CliRunner().invoke(app, [*arguments])
    return done.exit_code, done.output


def test_json_has_the_promised_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = _run(monkeypatch, [at_most("x", 1, "ms", 2)], "--json", "--only", "encrypt")
    assert code == 0
    value = json.loads(shown)
    assert value["machine"]
    assert {"name", "value", "unit", "limit", "ok"} <= value["figures"][0].keys()


def test_a_figure_beyond_its_limit_makes_the_command_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = _run(monkeypatch, [at_most("x", 3, "ms", 2)], "--only", "encrypt")
    assert code == 1
    assert "✗" in shown


def test_the_table_shows_value_limit_and_note(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = _run(monkeypatch, [at_most("x", 1.5, "ms", 2), info("y", 7, "us", "by the way")], "--only", "encrypt")
    assert code == 0
    assert "1.50 ms" in shown
    assert "≤ 2 ms" in shown
    assert "by the way" in shown


def test_an_unknown_measurement_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = _run(monkeypatch, [], "--only", "everything")
    assert code == 2
    assert "encrypt" in shown
