"""`plenum enrol`, with a server that is a function."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import typer
from typer.testing import CliRunner

from api import enrol_command
from api.enrol_command import register
from api.private_file import write_private
from tests.api.hall import Hall, running_hall
from voting_core.errors import InputError

Plenum = Callable[..., str]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with running_hall(tmp_path / "data", simulated=True) as started:
        yield started


@pytest.fixture
def plenum(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Plenum:
    def forward(request: httpx2.Request) -> httpx2.Response:
        answer = hall.client.request(
            request.method, request.url.raw_path.decode(), content=request.content, headers=dict(request.headers)
        )
        return httpx2.Response(answer.status_code, content=answer.content)

    real = httpx2.Client

    def client(**options: Any) -> httpx2.Client:
        options.pop("verify")
        return real(transport=httpx2.MockTransport(forward), **options)

    monkeypatch.setattr(enrol_command.httpx2, "Client", client)

    def run(*arguments: str) -> str:
        app = typer.Typer()
        register(app)
        command = ["enrol", *arguments, "--data", str(hall.settings.directory), "--server", "http://127.0.0.1:8300"]
        result = CliRunner().invoke(app, command)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_codes_are_made_listed_and_revoked(plenum: Plenum) -> None:
    shown = plenum("scrutineer", "郭志明", "2")
    assert len([line for line in shown.splitlines() if "█" in line]) > 15
    assert "server  http://127.0.0.1:8300" in shown
    listed = plenum("list")
    assert "待登记 waiting  scrutineer 郭志明" in listed
    plenum("revoke", listed.split()[0])
    assert "已作废 revoked" in plenum("list")
    plenum("kiosk", "1号机")
    assert "kiosk 1号机" in plenum("list")


def test_what_the_server_refuses_is_said(plenum: Plenum) -> None:
    with pytest.raises(InputError, match="printable characters"):
        plenum("kiosk", " ")
    with pytest.raises(InputError, match="no such station"):
        plenum("revoke", "0" * 32)
    with pytest.raises(InputError, match="the server refuses this"):
        plenum("revoke", "x")


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    write_private(tmp_path / "operator.token", b"0" * 64)
    for server in ("http://127.0.0.1:1", "ftp://x", "x"):
        with pytest.raises(InputError, match="does not answer"):
            enrol_command._ask(tmp_path, server, "GET", "")
