"""Bodies of outcome, report and publishing (SPEC §9.7, §9.8)."""

import pytest

from tally.entries.bodies import parse_body
from tally.entries.entry_type import EntryType
from tally.entries.outcome import SCOPES, ResultPublished
from voting_core.errors import VerificationError


@pytest.mark.parametrize("scope", SCOPES)
def test_a_result_is_published_to_a_known_circle(scope: str) -> None:
    value = {"contest": "motion", "scope": scope}
    assert parse_body(EntryType.RESULT_PUBLISHED, value) == ResultPublished("motion", scope)


def test_an_unknown_circle_is_refused() -> None:
    with pytest.raises(VerificationError) as caught:
        parse_body(EntryType.RESULT_PUBLISHED, {"contest": "motion", "scope": "press"})
    assert caught.value.code == "V2.B"
