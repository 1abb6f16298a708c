import pytest

from kiosk.station_page.web import Typed, own_address


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("/log", "/log"),
        ("/log?before=5", "/log"),
        ("https://evil.example/", "/"),
        ("//evil.example/x", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_here(given: str, wanted: str) -> None:
    assert own_address(given) == wanted


def test_what_was_not_typed_is_empty() -> None:
    assert Typed({"a": "1"})["a"] == "1"
    assert Typed()["a"] == ""
