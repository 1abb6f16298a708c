"""The measurement of pages, on a small session with a real server: it must open pages, and notice one that fails."""

from pathlib import Path

import httpx2
import pytest

from loadtests import pages
from loadtests.pages import MOST_PAGES, Timing, measure, percentile_95, run_pages
from voting_core.errors import FatalError


def test_percentiles() -> None:
    assert percentile_95([7.0]) == 7.0
    assert percentile_95([float(number) for number in range(101)]) == 95.0
    assert Timing("a", "/", (1.0, 1.0), (0.5, 0.7, 9.0)).p95 == 1.0
    assert Timing("a", "/", (1.0, 1.0), (0.5, 0.7, 9.0)).work == 0.7


def site(request: httpx2.Request) -> httpx2.Response:
    if request.url.path == "/broken":
        return httpx2.Response(500, html="x")
    number = int(request.url.path.strip("/") or 0)
    links = f'<a href="/{number + 1}">a</a><a href="/static/x.css">b</a><a href="/0?lang=en">c</a>'
    return httpx2.Response(200, html=links if number < 200 else '<a href="/broken">d</a>')


def test_links_are_followed_and_only_so_far() -> None:
    with httpx2.Client(base_url="http://a", transport=httpx2.MockTransport(site)) as client:
        timings = measure(client, "official", 2)
    assert len(timings) == MOST_PAGES
    assert {len(timing.times) for timing in timings} == {2}
    assert not any("static" in timing.address or "lang" in timing.address for timing in timings)


def test_a_page_that_fails_is_no_fast_page() -> None:
    answers = iter([200] * 1 + [500] * 9)
    transport = httpx2.MockTransport(lambda _: httpx2.Response(next(answers), html="x"))
    with httpx2.Client(base_url="http://a", transport=transport) as client, pytest.raises(FatalError, match="500"):
        measure(client, "official", 2)


@pytest.mark.slow
def test_a_small_session_is_measured_from_voting_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROLES", ("admin", "official"))
    timings = run_pages(tmp_path, (10, 1, 3), 1, lambda *_: None)
    assert {timing.role.split()[0] for timing in timings} == {"voting", "sealed"}
    assert any(timing.address.startswith("/accounts") for timing in timings)
    assert any("saving a row" in timing.address for timing in timings)
