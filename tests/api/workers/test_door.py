import socket
import stat
from pathlib import Path
from typing import Any

import pytest

from api.workers.door import FromReader, client_header, door_of, listening
from tests.support.coroutines import run
from voting_core.errors import InputError


def test_the_socket_is_the_accounts_own_and_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as old:
        old.bind(str(door_of(tmp_path)))
    with listening(tmp_path):
        assert stat.S_IMODE(door_of(tmp_path).stat().st_mode) == 0o600
    assert not door_of(tmp_path).exists()


def test_a_path_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too long for a socket"), listening(tmp_path / ("x" * 100)):
        pass


def asked(*headers: tuple[bytes, bytes], kind: str = "http") -> tuple[list[Any], list[Any]]:
    """What an application behind the door gets, and what is answered."""
    got, sent = [], []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        got.append(scope)

    async def receive() -> Any:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "scheme": "http", "client": None, "headers": list(headers)}
    run(FromReader(app)(scope, receive, send))
    return got, sent


def test_the_client_is_the_one_whom_the_reader_names() -> None:
    header = client_header({"scheme": "https", "client": ("10.1.1.1", 5)})
    (scope,), _ = asked((b"host", b"a"), header)
    assert (scope["scheme"], scope["client"], scope["headers"]) == ("https", ("10.1.1.1", 5), [(b"host", b"a")])


def test_who_names_nobody_or_two_is_no_reader() -> None:
    header = client_header({"scheme": "https", "client": ("10.1.1.1", 5)})
    for headers in ((), (header, header)):
        got, sent = asked(*headers)
        assert got == []
        assert sent[0]["status"] == 400
