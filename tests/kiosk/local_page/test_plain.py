"""Pages that say why nothing else is shown, and lead back."""

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from kiosk.local_page.plain import HANDLERS, WORDS, plain_page


@pytest.mark.parametrize("word", [*WORDS, "missing"])
def test_every_reason_is_said_in_both_languages_with_a_way_back(word: str) -> None:
    text = bytes(plain_page(word, 403).body).decode()
    assert '<a class="button" href="/">' in text
    assert "回到首页" in text
    assert "Back to the start" in text
    assert f"403 {word}" in text


async def _csrf(_: Request) -> Response:
    raise HTTPException(403, "csrf")


async def _defect(_: Request) -> Response:
    raise ZeroDivisionError("what nobody may read")


def test_errors_of_an_application_lead_back() -> None:
    routes = [Route("/csrf", _csrf, methods=["POST"]), Route("/defect", _defect)]
    app = Starlette(routes=routes, exception_handlers=dict(HANDLERS))
    browser = TestClient(app, raise_server_exceptions=False)
    answers = [browser.get("/nothing"), browser.get("/csrf"), browser.post("/csrf"), browser.get("/defect")]
    assert [answer.status_code for answer in answers] == [404, 405, 403, 500]
    for answer, word in zip(answers, ("missing", "method", "csrf", "failed"), strict=True):
        assert f"{answer.status_code} {word}" in answer.text
        assert "nobody may read" not in answer.text
