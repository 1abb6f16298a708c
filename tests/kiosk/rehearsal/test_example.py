"""The session of a rehearsal, and how it comes to the server."""

import json
from pathlib import Path

import httpx2
import pytest

from kiosk.rehearsal.example import EXAMPLE, plan_of, upload
from kiosk.rehearsal.people import PASSWORD
from tally.plan.contests import contests
from voting_core.errors import FatalError, InputError

SIGN_OUT = '<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="c"></form>'
UPLOAD = (
    '<form method="post" action="/setup/upload" enctype="multipart/form-data">'
    '<input type="hidden" name="csrf" value="c"><input type="hidden" name="revision" value=""></form>'
)


def test_the_example_is_small_enough_to_be_played_alone() -> None:
    files, plan = plan_of(EXAMPLE)
    assert {"session.toml", "roll.csv"} <= set(files)
    assert (plan.roll.should_attend, plan.roll.present) == (9, 8)
    assert (len(plan.scrutineers.names), plan.scrutineers.threshold) == (3, 2)
    held = contests(plan, plan.rule_sets)
    assert [contest.kind for contest in held] == ["election", "motion", "evaluation"]
    assert all(contest.minimum <= plan.roll.present for contest in held)
    assert held[0].seats < len(held[0].rows)


def test_what_is_no_session_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no session"):
        plan_of(tmp_path)


class Server:
    """A server that only notes what it is sent."""

    def __init__(self, *pages: str) -> None:
        self.pages = list(pages)
        self.sent: list[tuple[str, bytes]] = []

    def client(self) -> httpx2.Client:
        def answer(request: httpx2.Request) -> httpx2.Response:
            self.sent.append((request.url.path, request.read()))
            return httpx2.Response(200, text=self.pages.pop(0))

        return httpx2.Client(base_url="http://127.0.0.1:9000", transport=httpx2.MockTransport(answer))


def test_the_first_official_uploads_it_and_signs_out() -> None:
    server = Server(SIGN_OUT + UPLOAD, SIGN_OUT + "overview", "")
    with server.client() as http:
        assert upload(http, {"session.toml": b"title"})
    assert [path for path, _ in server.sent] == ["/sign-in", "/setup/upload", "/sign-out"]
    assert b"session.toml" in server.sent[1][1]


def test_a_set_up_that_was_begun_is_left_alone() -> None:
    server = Server(SIGN_OUT + "overview", "")
    with server.client() as http:
        assert not upload(http, {"session.toml": b"title"})
    assert [path for path, _ in server.sent] == ["/sign-in", "/sign-out"]


@pytest.mark.parametrize("pages", [("sign in",), (SIGN_OUT + UPLOAD, SIGN_OUT + UPLOAD)])
def test_a_refusal_is_told_without_the_password(pages: tuple[str, ...]) -> None:
    with Server(*pages).client() as http, pytest.raises(FatalError) as refused:
        upload(http, {"session.toml": b"title"})
    assert PASSWORD not in str(refused.value)
    assert json.dumps(PASSWORD) not in str(refused.value)
