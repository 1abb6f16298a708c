"""People of a load test at a real service: accounts, desks, and a roll."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from loadtests import people
from loadtests.people import PASSWORD, attendance, cookie_of, desk, make_accounts, number_of, put_roll, sign_in_of
from tests.api.hall import Hall, running_hall
from voting_core.errors import FatalError


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A server whose own interface takes the place of the network."""
    data = tmp_path / "data"
    make_accounts(data, ["desk-1:desk:desk 1"])
    with running_hall(data, simulated=True, second_factor=False) as started:

        def client(**options: object) -> httpx2.Client:
            def carry(request: httpx2.Request) -> httpx2.Response:
                answer = started.client.request(
                    request.method,
                    str(request.url),
                    content=request.read(),
                    headers=dict(request.headers),
                    follow_redirects=False,
                )
                headers = [item for item in answer.headers.multi_items() if item[0] != "content-encoding"]
                return httpx2.Response(answer.status_code, headers=headers, content=answer.content)

            return Client(base_url="http://testserver", transport=httpx2.MockTransport(carry), follow_redirects=True)

        Client = httpx2.Client
        monkeypatch.setattr(people.httpx2, "Client", client)
        yield started


def test_somebody_signs_in_and_has_a_form(hall: Hall) -> None:
    cookie, csrf = sign_in_of("http://testserver", "desk-1", "/desk")
    assert re.match("plenum-[0-9a-f]{8}=", cookie)
    assert re.fullmatch("[0-9a-f]+", csrf)
    hall.client.cookies.clear()
    form = {"csrf": csrf, "who": "0001"}
    answer = hall.client.post("/desk/find", data=form, headers={"Cookie": cookie})
    assert answer.status_code == 200


@pytest.mark.usefixtures("hall")
def test_whoever_is_not_known_cannot_sign_in() -> None:
    with pytest.raises(FatalError, match="nobody cannot sign in"):
        sign_in_of("http://testserver", "nobody", "/desk")
    with pytest.raises(FatalError, match="has no form"):
        sign_in_of("http://testserver", "desk-1", "/healthz")


def test_a_roll_and_its_totals(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people.httpx2, "put", _direct(hall, "PUT"))
    monkeypatch.setattr(people.httpx2, "get", _direct(hall, "GET"))
    put_roll("", hall.settings.directory, 12)
    answer = hall.client.post(
        "/v1/checkins",
        json={"delegate": number_of(3), "action": "draw_card"},
        headers=desk(hall.settings.directory),
    )
    assert answer.status_code == 200
    totals = attendance("", hall.settings.directory)
    assert (totals["should_attend"], totals["present"], totals["cards_drawn"]) == (12, 1, 1)
    hall.client.post(
        "/v1/checkins", json={"delegate": number_of(4), "action": "arrive"}, headers=desk(hall.settings.directory)
    )
    with pytest.raises(FatalError, match="the roll was refused"):
        put_roll("", hall.settings.directory, 12)


def _direct(hall: Hall, method: str):  # type: ignore[no-untyped-def]
    def send(url: str, *, trust_env: bool, **options: object) -> object:
        assert not trust_env
        return hall.client.request(method, url, **options)  # type: ignore[arg-type]

    return send


def test_accounts_that_cannot_be_made_say_why(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="no accounts"):
        make_accounts(tmp_path / "data", ["nonsense"])


def test_a_cookie_is_a_header() -> None:
    with httpx2.Client() as browser:
        browser.cookies.set("plenum", "ab")
        assert cookie_of(browser) == "plenum=ab"
    assert PASSWORD
