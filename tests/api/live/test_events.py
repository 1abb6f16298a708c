import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

from fastapi import Request

from api.accounts.idle import SIGN_IN_SECONDS
from api.accounts.roles import Role
from api.accounts.tokens import hash_token
from api.cookies import sign_in_cookie
from api.live import events
from api.live.events import CHANGED, changes, stream
from api.live.hub import Topic
from api.store.accounts import add_sign_in
from tests.api.hall import Hall
from tests.support.coroutines import run
from tests.support.patience import PATIENCE

TOKEN = "a" * 64


def request(hall: Hall) -> Request:
    service = hall.service
    service.accounts.create("screen", "screen", Role.HALL)
    now = service.clock.unix()
    service.writer.submit(add_sign_in("screen", hash_token(TOKEN), now + SIGN_IN_SECONDS, now)).result()
    headers = [(b"cookie", f"{sign_in_cookie(service.public_keys.log, encrypted=False)}={TOKEN}".encode())]
    scope = {"type": "http", "app": hall.client.app, "headers": headers, "client": ("127.0.0.1", 1), "scheme": "http"}
    scope |= {"path": "/session/stream", "query_string": b"", "server": ("localhost", 80)}
    return Request(scope)


def body(response: Any) -> AsyncIterator[bytes]:
    return cast(AsyncIterator[bytes], response.body_iterator)


def test_an_event_follows_each_change(empty_hall: Hall) -> None:
    async def work() -> None:
        events_ = body(changes(request(empty_hall), Topic.SESSION))
        waiting = asyncio.ensure_future(anext(events_))
        await asyncio.sleep(0.01)
        empty_hall.service.live.tell(frozenset({Topic.HALL}))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        empty_hall.service.live.tell(frozenset({Topic.SESSION}))
        assert await asyncio.wait_for(waiting, PATIENCE) is CHANGED
        await events_.aclose()  # type: ignore[attr-defined]

    run(work())
    assert empty_hall.service.live.streams == 0


def test_a_payload_is_sent_at_once_and_not_twice(empty_hall: Hall) -> None:
    payloads = [b"one"]

    async def work() -> None:
        events_ = body(stream(request(empty_hall), frozenset({Topic.HALL}), lambda: payloads[-1], first=True))
        assert await anext(events_) == b"one"
        waiting = asyncio.ensure_future(anext(events_))
        await asyncio.sleep(0.01)
        empty_hall.service.live.tell(frozenset({Topic.HALL}))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        payloads.append(b"two")
        empty_hall.service.live.tell(frozenset({Topic.HALL}))
        assert await asyncio.wait_for(waiting, PATIENCE) == b"two"
        await events_.aclose()  # type: ignore[attr-defined]

    run(work())


def test_who_was_signed_out_is_told_no_more(empty_hall: Hall, monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "CHECK_SECONDS", 0.01)

    async def work() -> None:
        events_ = body(changes(request(empty_hall), Topic.SESSION))
        empty_hall.service.accounts.sign_out_everywhere("screen")
        assert [one async for one in events_] == []

    run(work())


def test_nor_while_something_changes_all_the_time(empty_hall: Hall, monkeypatch: Any) -> None:
    monkeypatch.setattr(events, "CHECK_SECONDS", 0.3)

    async def work() -> None:
        events_ = body(changes(request(empty_hall), Topic.SESSION))
        empty_hall.service.accounts.sign_out_everywhere("screen")

        async def change() -> None:
            while True:
                empty_hall.service.live.tell(frozenset({Topic.SESSION}))
                await asyncio.sleep(0.001)

        changing = asyncio.ensure_future(change())
        async with asyncio.timeout(10):
            assert {one async for one in events_} <= {CHANGED}
        changing.cancel()

    run(work())
