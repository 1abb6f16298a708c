import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from api.errors import BusyError
from api.live.hub import MAX_STREAMS, MAX_STREAMS_OF_ADDRESS, Hub, Topic
from tests.support.coroutines import run as run_coroutine
from tests.support.patience import PATIENCE

TICK = 0.005
BOTH = frozenset({Topic.SESSION, Topic.HALL})


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    run_coroutine(work())


def test_a_stream_is_told_of_its_topics_alone() -> None:
    marks: dict[str, object] = {"session": 1, "hall": (1,)}
    hub = Hub({Topic.SESSION: lambda: marks["session"]}, {Topic.HALL: lambda: marks["hall"]}, TICK)

    async def work() -> None:
        async with (
            hub.stream(frozenset({Topic.SESSION}), "a") as session,
            hub.stream(frozenset({Topic.HALL}), "a") as hall,
        ):
            await asyncio.sleep(TICK * 3)
            marks["session"] = 2
            await asyncio.wait_for(session.wait(), PATIENCE)
            assert not hall.changed.is_set()
            marks["hall"] = (2,)
            await asyncio.wait_for(hall.wait(), PATIENCE)
            assert not session.changed.is_set()

    run(work)


def test_a_burst_of_changes_is_one_and_a_slow_stream_keeps_nothing() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(0)
        return len(looks)

    hub = Hub({Topic.SESSION: look}, {}, TICK)

    async def work() -> None:
        async with hub.stream(frozenset({Topic.SESSION}), "a") as stream:
            while len(looks) < 6:
                await asyncio.sleep(TICK)
            await stream.wait()
            assert not stream.changed.is_set()

    run(work)


def test_equal_values_are_no_change_and_states_are_compared_by_identity() -> None:
    state, calls = [1], []

    def fast() -> object:
        calls.append(1)
        return state

    hub = Hub({Topic.SESSION: fast}, {Topic.HALL: lambda: (1, "a")}, TICK)

    async def work() -> None:
        async with hub.stream(BOTH, "a") as stream:
            while len(calls) < 9:
                await asyncio.sleep(TICK)
            assert not stream.changed.is_set()

    run(work)


def test_a_database_that_does_not_answer_stops_nothing() -> None:
    answers = iter([(1,), None, (2,), (2,), (2,), (2,)])

    def look() -> object:
        found = next(answers, (2,))
        if found is None:
            raise OSError
        return found

    hub = Hub({}, {Topic.HALL: look}, TICK)

    async def work() -> None:
        async with hub.stream(BOTH, "a") as stream:
            await asyncio.wait_for(stream.wait(), PATIENCE)

    run(work)


def test_streams_are_limited_for_each_machine_and_in_all() -> None:
    hub = Hub({}, {}, TICK)

    async def work() -> None:
        for address, most in (("10.0.0.1", MAX_STREAMS_OF_ADDRESS), ("127.0.0.1", MAX_STREAMS)):
            opened = [hub.stream(BOTH, address) for _ in range(most)]
            for one in opened:
                await one.__aenter__()
            with pytest.raises(BusyError):
                hub.check(address)
            for one in opened:
                await one.__aexit__(None, None, None)
            hub.check(address)
        assert hub.streams == 0
        async with hub.stream(frozenset({Topic.DESK}), "a"), hub.stream(frozenset({Topic.HALL}), "a"):
            assert (hub.streams, hub.streams_about(Topic.HALL)) == (2, 1)

    run(work)


def test_the_hub_rests_when_nobody_looks() -> None:
    calls: list[int] = []
    hub = Hub({Topic.SESSION: lambda: calls.append(1) or 1}, {}, TICK)

    async def work() -> None:
        async with hub.stream(BOTH, "a"):
            await asyncio.sleep(TICK * 3)
        await asyncio.sleep(TICK)
        before = len(calls)
        await asyncio.sleep(TICK * 5)
        assert len(calls) == before
        async with hub.stream(BOTH, "a"):
            await asyncio.sleep(TICK * 3)
        assert len(calls) > before

    run(work)


def test_what_cannot_be_looked_at_is_logged_once_by_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    looks: list[int] = []

    def look() -> object:
        looks.append(0)
        if len(looks) in (2, 3, 5):
            raise RuntimeError("张三 drew a card")
        return 1

    hub = Hub({}, {Topic.DESK: look}, TICK)

    async def work() -> None:
        async with hub.stream(frozenset({Topic.DESK}), "a") as stream:
            while len(looks) < 7:
                await asyncio.sleep(TICK)
            # What could not be seen may have changed.
            assert stream.changed.is_set()

    with caplog.at_level(logging.WARNING, "plenum.live"):
        run(work)
    assert [record.getMessage() for record in caplog.records] == ["cannot look at desk: RuntimeError"] * 2
