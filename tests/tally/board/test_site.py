import re

import pytest

from ballots.screen.words import Said
from tally.board.site import INDEX, Site

PLACES = ((INDEX, Said("公示首页", "Start")), ("log/index", Said("日志", "Log")))


def site(*, fonts: bool = True) -> Site:
    return Site("测试大会", "AAAA", False, Said("公开", "Public"), PLACES, fonts)


def a_page(path: str) -> dict[str, bytes]:
    made = site()
    made.page(path, "board/log.html", pages=[], number=0, lists={})
    return made.files


def test_a_page_is_there_in_both_languages_with_relative_addresses() -> None:
    files = a_page("log/index")
    zh, en = files["log/index.html"].decode(), files["log/index.en.html"].decode()
    assert '<html lang="zh-Hans">' in zh
    assert '<html lang="en">' in en
    assert 'href="../log/index.en.html"' in zh
    assert 'href="../index.html"' in zh
    assert not re.search(r'(?:href|src)="/', zh + en)
    assert zh.count('aria-current="page"') == 1


def test_the_policy_stands_in_the_page() -> None:
    text = a_page("check")["check.html"].decode()
    assert "Content-Security-Policy" in text
    assert "default-src &#39;none&#39;" in text


def test_the_style_finds_its_fonts_beside_it() -> None:
    made = site()
    path = made.asset("plenum.css")
    style = made.files[path].decode()
    fonts = re.findall(r'url\("\.\./([0-9a-f]+/plenum-[a-z]+\.otf)"\)', style)
    assert len(fonts) == 2
    assert {f"assets/{font}" for font in fonts} < set(made.files)
    assert "/static/" not in style


def test_a_folder_for_one_person_has_no_fonts() -> None:
    made = site(fonts=False)
    style = made.files[made.asset("plenum.css")]
    assert b"font-face" not in style
    assert len(made.files) == 1


def test_the_letters_are_hashed_once_for_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    first = site()
    path = first.asset("plenum.css")

    def never(content: bytes) -> str:
        raise AssertionError(f"{len(content)} bytes were hashed again")

    monkeypatch.setattr("tally.board.site._digits", never)
    second = site()
    assert second.asset("plenum.css") == path
    assert second.files == first.files


def test_a_download_lies_under_the_digits_of_its_content() -> None:
    made = site()
    one, other = (made.download(Said("甲", "A"), "a.csv", content) for content in (b"1", b"2"))
    assert one.path != other.path
    assert made.files[one.path] == b"1"
    assert (one.size, len(one.sha256)) == (1, 64)


def test_an_unknown_file_stops_the_page() -> None:
    with pytest.raises(KeyError):
        site().asset("none.css")
