from api.accounts.roles import Role
from ballots.screen.policy import PAGE_HEADERS
from tests.api.hall import Hall, running_hall
from tests.api.people import person


def test_a_page_has_its_frame_and_its_headers(hall: Hall) -> None:
    answer = person(hall, Role.ADMIN, "赵 <b>").get("/me")
    assert {name: answer.headers[name] for name in PAGE_HEADERS} == PAGE_HEADERS
    assert hall.world.session_body().title in answer.text
    assert "赵 &lt;b&gt;" in answer.text
    assert 'href="/accounts"' in answer.text
    assert 'href="/me" aria-current="page"' in answer.text
    assert "演练" not in answer.text


def test_english_at_a_touch_and_kept(empty_hall: Hall) -> None:
    someone = person(empty_hall, Role.OBSERVER)
    chinese = someone.get("/me?a=1")
    assert 'lang="zh-Hans"' in chinese.text
    assert "/me?a=1&amp;lang=en" in chinese.text
    assert 'lang="en"' in someone.get("/me?lang=en").text
    assert "My account" in someone.get("/me").text


def test_a_rehearsal_says_so_on_every_page(tmp_path: object) -> None:
    with running_hall(tmp_path / "data", simulated=True) as hall:  # type: ignore[operator]
        for path in ("/sign-in", "/enrol", "/nowhere"):
            assert "演练" in hall.client.get(path).text
        assert "演练" in person(hall, Role.DESK).get("/me").text
