import asyncio
import threading

import pytest

from api.accounts.strangers import THREADS, for_a_stranger
from tests.support.coroutines import run
from tests.support.patience import PATIENCE


def test_a_flood_of_strangers_takes_two_threads_and_no_more() -> None:
    busy, most, lock, go = [0], [0], threading.Lock(), threading.Event()

    def work() -> None:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        go.wait(PATIENCE)
        with lock:
            busy[0] -= 1

    async def flood() -> str:
        tasks = [asyncio.create_task(for_a_stranger(work)) for _ in range(20)]
        # The row of strangers is full, and others are served all the same.
        answer = await asyncio.wait_for(asyncio.to_thread(lambda: "served"), PATIENCE)
        go.set()
        await asyncio.gather(*tasks)
        return answer

    assert run(flood()) == "served"
    assert 1 <= most[0] <= THREADS


def test_what_goes_wrong_is_told() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run(for_a_stranger(fail))
