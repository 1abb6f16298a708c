"""Tokens that let one browser in, once."""

import pytest

from kiosk.local_page.keys import MAX_SESSIONS, Keys, Visit, cookie_name, is_own_form


def test_a_new_link_makes_the_one_before_void() -> None:
    keys = Keys()
    first, second = keys.new_token(), keys.new_token()
    assert keys.redeem(first) is None
    assert keys.redeem(second) is not None
    assert keys.redeem(second) is None
    assert keys.redeem("") is None


def test_the_oldest_browser_goes_when_too_many_come() -> None:
    keys = Keys()
    cookies = [keys.redeem(keys.new_token()) or "" for _ in range(MAX_SESSIONS + 1)]
    assert keys.visit(cookies[0]) is None
    assert all(keys.visit(cookie) for cookie in cookies[1:])


@pytest.mark.parametrize(("csrf", "own"), [("secret", True), ("", False), ("secre", False), ("é", False)])
def test_a_form_carries_the_secret_of_its_visit(csrf: str, own: bool) -> None:
    assert is_own_form(Visit("secret"), csrf) is own


def test_stations_of_one_machine_have_cookies_of_their_own() -> None:
    assert cookie_name(1) != cookie_name(2)
