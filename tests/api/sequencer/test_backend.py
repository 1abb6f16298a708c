"""Which backend verifies, and that the log says so."""

import logging

import pytest

from api.sequencer import backend
from api.sequencer.backend import backend_of
from voting_core.public import SODIUM


@pytest.mark.parametrize(("fast", "name"), [(True, "numba 9"), (False, "sodium")])
def test_the_log_names_it(
    fast: bool, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Compiled:
        name = "numba 9"

    monkeypatch.setattr(backend, "fastest", Compiled)
    with caplog.at_level(logging.INFO):
        group = backend_of(fast=fast)
    assert group.name == name
    assert (group is SODIUM) is not fast
    assert f"ballots are verified by {name}" in caplog.text
