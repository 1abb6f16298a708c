import re
from pathlib import Path

import pytest

from ballots.screen.problem_words import said_of
from voting_core.errors import EncodingError, FatalError, InputError, PlenumError, StateError, VerificationError

CHECKS = sorted(set(re.findall(r"\bV\d+\.[A-Z]\b", Path("docs/spec/11-verification.md").read_text(encoding="utf-8"))))


def test_every_check_of_the_specification_has_its_words() -> None:
    assert len(CHECKS) > 30
    vague = said_of(StateError("x"))
    for check in CHECKS:
        said = said_of(VerificationError(check, "x"))
        assert said.zh
        assert said.en
        assert said != vague, check


@pytest.mark.parametrize(
    "error", [InputError("a", "b", "c"), EncodingError("a", "b"), FatalError("x"), StateError("x"), PlenumError("x")]
)
def test_every_kind_of_error_has_its_words(error: PlenumError) -> None:
    said = said_of(error)
    assert said.zh != said.en
