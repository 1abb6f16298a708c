import pytest

from ballots.screen.assets import address_of, asset, at_address


def test_a_file_is_found_under_its_own_address_alone() -> None:
    _, _, digits, name = address_of("plenum.css").split("/")
    found = at_address(digits, name)
    assert found is not None
    assert found.media_type.startswith("text/css")
    assert at_address("0" * 12, name) is None


def test_the_style_sheet_names_the_letters_by_their_address() -> None:
    found = asset("plenum.css")
    assert found is not None
    assert address_of("plenum-hei.otf").encode() in found.content
    assert b'"font:' not in found.content


@pytest.mark.parametrize(
    "name", ["", "plenum", "../plenum.css", "a/b.css", "%2e%2e.css", "words.py", "..css", "none.css"]
)
def test_nothing_else_is_a_file(name: str) -> None:
    assert asset(name) is None
    with pytest.raises(KeyError):
        address_of(name)
