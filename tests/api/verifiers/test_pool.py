"""Verifiers as processes: they find what the server would, and one that dies costs no ballot."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from api.verifiers import pool as pool_module
from api.verifiers.pool import Verifier, VerifierPool
from tally.replay import Known
from tests.api.sequencer.test_looking import bad_of as bad_arguments
from tests.api.sequencer.test_looking import ballots
from tests.support.patience import patiently

Batch = tuple[list[bytes], Known]


@pytest.fixture(scope="module")
def batch() -> Batch:
    return ballots({2, 5}, 8)


@pytest.fixture
def pool() -> Iterator[VerifierPool]:
    made = VerifierPool(2)
    yield made
    made.close()


def await_ready(pool: VerifierPool, number: int) -> None:
    pool.start()
    for _ in patiently():
        if pool.ready == number:
            return
    raise AssertionError("the verifiers did not start")


def bad_of(batch: Batch, pool: VerifierPool) -> set[int]:
    return set(bad_arguments(pool.submit(*batch).result()))


def test_before_the_processes_are_there_the_server_verifies_itself(batch: Batch, pool: VerifierPool) -> None:
    assert pool.pids == ()
    assert bad_of(batch, pool) == {2, 5}


def test_processes_find_the_same_and_end_with_the_pool(batch: Batch, pool: VerifierPool) -> None:
    await_ready(pool, 2)
    pids = pool.pids
    assert bad_of(batch, pool) == {2, 5}
    assert bad_of((batch[0][:2], batch[1]), pool) == set()
    assert set(pool.pids) == set(pids)
    # One that is killed while nobody looks is noticed at the next run, which is looked at here.
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert bad_of(batch, pool) == {2, 5}
    assert bad_of(batch, pool) == {2, 5}
    assert pool.ready == 0
    await_ready(pool, 2)
    assert not set(pool.pids) & set(pids)
    living = pool.pids
    pool.close()
    assert not any(alive(pid) for pid in living)


def test_one_that_does_not_answer_is_given_up(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pool_module, "LONGEST_SECONDS", 0.2)
    silent = "import sys; print('ready', flush=True); sys.stdin.read()"
    made = VerifierPool(1, command=(sys.executable, "-c", silent))
    await_ready(made, 1)
    assert bad_of(batch, made) == {2, 5}
    assert "did not answer" in caplog.text
    made.close()


@pytest.mark.parametrize("program", ["import sys", "print('something else')"])
def test_one_that_cannot_start_is_none(program: str) -> None:
    verifier = Verifier((sys.executable, "-c", program))
    assert not verifier.greet()
    verifier.stop()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    "answer",
    [
        "write_message(sys.stdout.buffer, ())",
        "write_message(sys.stdout.buffer, None)",
        "sys.stdout.buffer.write(b'cut off')",
        "sys.stdout.buffer.write(bytes([4]) + bytes(7) + b'what')",
        "sys.exit(1)",
    ],
)
def test_one_that_dies_over_a_run_or_says_something_else_costs_no_ballot(
    batch: Batch, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    program = (
        "import sys; from api.verifiers.wire import *; print('ready', flush=True); "
        f"read_message(sys.stdin.buffer); {answer}"
    )
    made = VerifierPool(1, command=(sys.executable, "-c", program))
    await_ready(made, 1)
    assert bad_of(batch, made) == {2, 5}
    assert "did not answer" in caplog.text
    assert made.ready == 0
    made.close()


def test_a_program_that_is_not_there_is_tried_again_later(batch: Batch) -> None:
    made = VerifierPool(1, command=("/nowhere/python",))
    made.start()
    for _ in patiently():
        if made._alive == 0:
            break
    assert bad_of(batch, made) == {2, 5}
    made.close()
