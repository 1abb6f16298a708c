"""What Python does by itself while a server serves."""

import gc
import sys
import weakref

import pytest

from api.interpreter import FULL, SWITCH_SECONDS, interpreter_for_serving


class Loop:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.me = self


def test_a_full_collection_looks_once_at_what_stays() -> None:
    kept = [Loop() for _ in range(100)]
    with interpreter_for_serving():
        before = gc.get_freeze_count()
        new = [Loop() for _ in range(1000)]
        assert all(any(item is one for item in gc.get_objects()) for one in new[:3])
        gc.collect(FULL)
        looked_at = {id(item) for item in gc.get_objects()}
        assert gc.get_freeze_count() >= before + len(new)
    assert not looked_at & set(map(id, (*kept, *new)))


def test_what_is_let_go_of_is_still_freed() -> None:
    with interpreter_for_serving():
        young, old = weakref.ref(Loop()), Loop.__new__(Loop)
        kept = weakref.ref(old)
        gc.collect()
        assert young() is None
        # Has no cycle, and was set aside.
        del old
        assert kept() is None


def test_younger_collections_set_nothing_aside() -> None:
    with interpreter_for_serving():
        before = gc.get_freeze_count()
        kept = [Loop() for _ in range(10)]
        gc.collect(FULL - 1)
        assert gc.get_freeze_count() == before
        assert len(kept) == 10


def test_the_interpreter_is_afterwards_as_before() -> None:
    before, callbacks, frozen = sys.getswitchinterval(), list(gc.callbacks), gc.get_freeze_count()
    with interpreter_for_serving():
        assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    assert (sys.getswitchinterval(), gc.callbacks, gc.get_freeze_count()) == (before, callbacks, frozen)
