import pytest
from fastapi import Request

from api.accounts.roles import Role
from api.errors import BusyError, SaidError
from api.pages.error_pages import as_page
from ballots.screen.words import Said
from tests.api.hall import Hall
from tests.api.people import person
from voting_core.errors import StateError, VerificationError


def test_programs_get_problems_and_people_get_pages(empty_hall: Hall) -> None:
    assert empty_hall.client.get("/v1/nowhere").headers["content-type"] == "application/problem+json"
    answer = empty_hall.client.get("/nowhere?lang=en")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert person(empty_hall, Role.DESK).get("/accounts").status_code == 403


def test_who_is_not_signed_in_is_led_there_and_back(empty_hall: Hall) -> None:
    answer = empty_hall.client.get("/accounts", follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?next=/accounts"


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (SaidError(Said("不行", "no"), status=409), 409, "不行"),
        (VerificationError("V4.D", "the exact sentence"), 409, "the exact sentence"),
        (StateError("not in this state"), 409, "现在不能办理"),
        (BusyError("busy"), 503, "稍后再试"),
        (RuntimeError("card secret 123"), 500, "服务器内部出错"),
    ],
)
def test_an_error_is_told_in_words(
    empty_hall: Hall, error: Exception, status: int, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/x",
        "scheme": "http",
        "headers": [(b"host", b"a")],
        "query_string": b"",
        "app": empty_hall.client.app,
        "state": {},
    }
    shown = as_page(Request(scope), error)
    assert shown is not None
    text = bytes(shown.body).decode()
    assert shown.status_code == status
    assert words in text
    assert "card secret" not in text + caplog.text
    assert ("retry-after" in shown.headers) == (status == 503)
