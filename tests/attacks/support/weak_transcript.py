"""Weak Fiat-Shamir: the product's code with one absorbed value left out.

A weak variant is the real code with a transcript that forgets one label. Inside :func:`forgetting` the real verifier
runs on it; outside, it is itself again. A forgery must be accepted inside and refused outside.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest

from voting_core.transcript import Transcript


@contextmanager
def forgetting(module: ModuleType, label: str) -> Iterator[None]:
    """Let a module's transcripts forget what is absorbed under a label."""

    class Forgetful(Transcript):
        def absorb(self, name: str, data: bytes) -> None:
            if name != label:
                super().absorb(name, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "Transcript", Forgetful)
        yield


def absorbed_labels(module: ModuleType, run: Callable[[], object]) -> list[str]:
    """Give the labels that a module absorbs while something runs."""
    labels: list[str] = []

    class Recorder(Transcript):
        def absorb(self, name: str, data: bytes) -> None:
            labels.append(name)
            super().absorb(name, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "Transcript", Recorder)
        run()
    return labels
