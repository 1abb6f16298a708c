from datetime import date

import pytest

from tally.board.source import Source
from tests.tally.board.sample import source


def test_a_source_is_given_by_name_and_keeps_the_record_closed() -> None:
    found = source()
    assert found.open_record is False
    assert found.day == date(2026, 12, 8)
    with pytest.raises(TypeError):
        Source(found.state, found.entries)  # type: ignore[call-arg, misc]
