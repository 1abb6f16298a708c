"""The board over HTTP: files that caches keep, folders that only some may open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.accounts.roles import Role
from tally.board.audience import Audience
from tests.api.hall import Hall
from tests.api.people import person
from tests.api.services.published import published_hall


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A server with a published result and its board."""
    directory: Path = tmp_path_factory.mktemp("published")
    with published_hall(directory) as hall:
        hall.server.service.boards.refresh()
        yield hall.server


def test_everybody_gets_files_that_caches_may_keep(published: Hall) -> None:
    start = published.client.get("/board", follow_redirects=False)
    assert (start.status_code, start.headers["location"]) == (308, "/board/")
    answer = published.client.get("/board/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=30"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.content == published.client.get("/board/index.html").content
    again = published.client.get("/board/", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_files_under_their_digits_are_kept_for_ever(published: Hall) -> None:
    names = [name for name in published.service.boards._made.files if name.startswith("public/")]  # type: ignore[union-attr]
    style = next(name for name in names if name.endswith(".css"))
    answer = published.client.get("/" + style.replace("public", "board", 1))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    record = next(name for name in names if name.endswith("record.zip"))
    answer = published.client.get("/" + record.replace("public", "board", 1))
    assert answer.headers["content-disposition"] == 'attachment; filename="record.zip"'
    assert answer.content == published.client.get("/v1/record").content


@pytest.mark.parametrize("path", ["/board/nothing.html", "/board/../restricted/index.html", "/board/current.json"])
def test_there_is_nothing_else(published: Hall, path: str) -> None:
    assert published.client.get(path).status_code == 404


def test_nothing_is_there_before_the_publication(empty_hall: Hall) -> None:
    assert empty_hall.client.get("/board/").status_code == 404
    official = person(empty_hall, Role.OFFICIAL)
    assert "还没有公布" in official.get("/publishing").text


def test_folders_for_some_are_for_officials_and_observers_and_kept_by_no_cache(published: Hall) -> None:
    for role in (Role.OFFICIAL, Role.OBSERVER):
        someone = person(published, role)
        for audience in (Audience.DELEGATES, Audience.RESTRICTED):
            answer = someone.get(f"/board-for/{audience.value}/index.html")
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "private, no-store"
    assert person(published, Role.DESK).get("/board-for/restricted/index.html").status_code == 403
    assert person(published, Role.OBSERVER).get("/board-for/person/x/y/index.html").status_code == 403
    assert published.client.get("/board-for/delegates/index.html", follow_redirects=False).status_code == 303


def test_the_page_of_officials_leads_to_the_folders(published: Hall) -> None:
    text = person(published, Role.OFFICIAL).get("/publishing").text
    for address in ("/board/", "/board-for/delegates/", "/board-for/restricted/"):
        assert f'href="{address}"' in text
