"""The draft for the measurement of pages: it must be a session without problems, and its edits must be noticed."""

import httpx2
import pytest

from loadtests.draft import draft_zip, edit_row, upload
from tally.drafting.folder import folder_of_zip
from tally.drafting.survey import survey
from voting_core.errors import FatalError


def test_the_draft_has_the_size_that_is_measured() -> None:
    found = survey(folder_of_zip(draft_zip(60, 3, 12)))
    assert found.ready
    assert found.plan is not None
    assert len(found.plan.roll.people) == 60
    assert [len(contest.rows) for contest in found.contests] == [12, 12, 12]


def test_nothing_is_measured_that_was_refused() -> None:
    transport = httpx2.MockTransport(lambda _: httpx2.Response(409, html='<input name="revision" value="a">'))
    with httpx2.Client(base_url="http://a", transport=transport) as client:
        with pytest.raises(FatalError, match="draft was refused"):
            upload(client, b"")
        with pytest.raises(FatalError, match="edit was refused"):
            edit_row(client, 1)
