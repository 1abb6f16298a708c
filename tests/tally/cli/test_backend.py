"""The backend that is asked for, or a word about what is missing."""

import pytest

from tally.cli import backend as module
from tally.cli.backend import Backend, choose
from voting_core.errors import InputError
from voting_core.fast import fast_group, fastest
from voting_core.public import SODIUM


def test_each_name_has_its_backend() -> None:
    assert choose(Backend.SODIUM) is SODIUM
    assert choose(Backend.AUTO) is fastest()
    assert choose(Backend.FAST) is fast_group()


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fast_group", lambda: None)
    with pytest.raises(InputError, match=r"--backend fast: its packages.*plenum\[fast\]"):
        choose(Backend.FAST)
