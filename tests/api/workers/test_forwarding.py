"""Requests that are carried through a Unix socket, to an application that tells what it got."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from api.workers.door import listening, open_door
from api.workers.forwarding import Forwarder
from tests.support.coroutines import run


class Far:
    """The application at the door."""

    def __init__(self) -> None:
        self.left = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        if scope["path"] != "/early":
            more = True
            while more:
                message = await receive()
                body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = [(b"x-same", b"1"), (b"x-same", b"2"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 207, "headers": headers})
        if scope["path"] == "/breaks":
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
            return
        if scope["path"] == "/stream":
            await send({"type": "http.response.body", "body": b"first", "more_body": True})
            while (await receive())["type"] != "http.disconnect":
                pass
            self.left.set()
            return
        told = {
            "method": scope["method"],
            "client": scope["client"],
            "scheme": scope["scheme"],
            "path": scope["path"],
            "query": scope["query_string"].decode(),
            "headers": [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]],
            "body": len(body),
        }
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


class Near:
    """A client: what it sends, part by part, and what comes back."""

    def __init__(self, *parts: bytes) -> None:
        self.parts = list(parts) or [b""]
        self.sent: list[Any] = []
        self.started = asyncio.Event()
        self.gone = asyncio.Event()

    async def receive(self) -> Any:
        if self.parts:
            part = self.parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": bool(self.parts)}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)
        if message.get("body"):
            self.started.set()

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def told(self) -> dict[str, Any]:
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told


def scope_of(path: str, *headers: tuple[bytes, bytes], method: str = "POST") -> dict[str, Any]:
    raw, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": raw,
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "scheme": "https",
        "client": ("2001:db8::7", 4711),
        "headers": [(b"host", b"hall.example:8300"), *headers],
    }


@asynccontextmanager
async def carrying(directory: Path) -> AsyncIterator[tuple[Forwarder, Far]]:
    far, forwarder = Far(), Forwarder(directory / "readers.sock")
    with listening(directory) as door:
        async with open_door(far, door):
            yield forwarder, far
            await forwarder.close()


def test_a_request_comes_whole_and_with_its_client_alone(tmp_path: Path) -> None:
    async def work() -> Near:
        near = Near(b"a" * 70_000, b"", b"b" * 70_000)
        async with carrying(tmp_path) as (forwarder, _):
            forged = ((b"plenum-client", b'["http", "10.9.9.9", 1]'), (b"x-forwarded-for", b"10.9.9.9"))
            kept = ((b"cookie", b"a=b"), (b"x-same", b"1"), (b"x-same", b"2"), (b"content-length", b"140000"))
            gone = ((b"connection", b"keep-alive"), (b"te", b"trailers"))
            await forwarder(scope_of("/a%20b?q=%2F&q", *forged, *kept, *gone), near.receive, near.send)
        return near

    near = run(work())
    assert near.sent[0]["status"] == 207
    assert [value for name, value in near.sent[0]["headers"] if name == b"x-same"] == [b"1", b"2"]
    assert not {b"date", b"server", b"transfer-encoding"} & {name for name, _ in near.sent[0]["headers"]}
    told = near.told
    assert (told["client"], told["scheme"]) == (["2001:db8::7", 4711], "https")
    assert (told["method"], told["path"], told["query"], told["body"]) == ("POST", "/a b", "q=%2F&q", 140_000)
    headers = told["headers"]
    assert ["host", "hall.example:8300"] in headers
    assert [value for name, value in headers if name == "x-same"] == ["1", "2"]
    assert not {"plenum-client", "te"} & {name for name, _ in headers}


def test_a_body_of_unknown_length_is_carried(tmp_path: Path) -> None:
    async def work() -> Near:
        near = Near(b"abc", b"def")
        async with carrying(tmp_path) as (forwarder, _):
            await forwarder(scope_of("/", (b"transfer-encoding", b"chunked")), near.receive, near.send)
        return near

    assert run(work()).told["body"] == 6


def test_an_answer_may_come_before_the_body_has_ended(tmp_path: Path) -> None:
    async def work() -> Near:
        near = Near(*[b"x" * 60_000] * 40)
        async with carrying(tmp_path) as (forwarder, _):
            length = (b"content-length", str(60_000 * 40).encode())
            await forwarder(scope_of("/early", length), near.receive, near.send)
        return near

    assert run(work()).sent[0]["status"] == 207


def test_a_stream_is_carried_as_it_comes_and_ends_with_the_client(tmp_path: Path) -> None:
    async def work() -> bytes:
        near = Near()
        async with carrying(tmp_path) as (forwarder, far):
            task = asyncio.create_task(forwarder(scope_of("/stream", method="GET"), near.receive, near.send))
            await near.started.wait()
            near.gone.set()
            await far.left.wait()
            await task
        return near.body

    assert run(work()) == b"first"


def test_an_answer_that_breaks_off_is_not_finished(tmp_path: Path) -> None:
    async def work() -> Near:
        near = Near()
        async with carrying(tmp_path) as (forwarder, _):
            await forwarder(scope_of("/breaks", method="GET"), near.receive, near.send)
        return near

    near = run(work())
    assert near.body == b"half"
    assert all(message.get("more_body", True) for message in near.sent)


@pytest.mark.parametrize("stale", [True, False])
def test_without_a_server_it_says_to_come_again(tmp_path: Path, stale: bool) -> None:
    if stale:
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(tmp_path / "readers.sock"))

    async def work() -> Near:
        near = Near()
        await Forwarder(tmp_path / "readers.sock")(scope_of("/"), near.receive, near.send)
        return near

    near = run(work())
    assert near.sent[0]["status"] == 503
    assert b"send again" in near.body


def test_what_is_no_http_is_refused(tmp_path: Path) -> None:
    async def work() -> Near:
        near = Near()
        async with carrying(tmp_path) as (forwarder, _):
            await forwarder(scope_of("/", (b"bad name", b"x")), near.receive, near.send)
        return near

    assert run(work()).sent[0]["status"] == 400
