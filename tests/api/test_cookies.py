import pytest
from fastapi import Request
from starlette.responses import Response

from api.cookies import (
    keep_preferences,
    language_of,
    require_private_connection,
    set_sign_in,
    sign_in_token,
    theme_of,
)
from api.errors import SaidError
from ballots.screen.words import Language
from voting_core.secret import Secret


def asked(query: str = "", cookie: str = "", scheme: str = "http", client: str = "127.0.0.1") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"host", b"vote.lan")]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": scheme,
            "path": "/",
            "query_string": query.encode(),
            "headers": headers,
            "client": (client, 1),
            "server": ("vote.lan", 80),
        }
    )


def test_chinese_first_and_english_at_a_touch() -> None:
    assert language_of(asked()) is Language.ZH
    assert language_of(asked("lang=en")) is Language.EN
    assert language_of(asked(cookie="plenum-language=en")) is Language.EN
    assert language_of(asked("lang=zh", "plenum-language=en")) is Language.ZH
    assert language_of(asked("lang=xx")) is Language.ZH


def test_preferences_are_kept_and_nothing_else_is() -> None:
    answer = Response()
    keep_preferences(asked("lang=en&theme=dark"), answer)
    assert len([value for name, value in answer.raw_headers if name == b"set-cookie"]) == 2
    assert theme_of(asked(cookie="plenum-theme=dark")) == "dark"
    assert theme_of(asked("theme=red")) == ""
    plain = Response()
    keep_preferences(asked("lang=xx&theme=red"), plain)
    assert "set-cookie" not in plain.headers


@pytest.mark.parametrize(("scheme", "name"), [("http", "plenum"), ("https", "__Host-plenum")])
def test_the_sign_in_cookie_is_out_of_reach(scheme: str, name: str) -> None:
    answer = Response()
    set_sign_in(asked(scheme=scheme), answer, Secret("abc"), 60)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=abc;")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) == (scheme == "https")
    assert sign_in_token(asked(cookie="plenum=abc; __Host-plenum=abc", scheme=scheme)) == "abc"
    assert sign_in_token(asked(cookie="plenum=abc", scheme="https")) == ""


def test_no_password_goes_over_a_network_in_the_clear() -> None:
    require_private_connection(asked())
    require_private_connection(asked(scheme="https", client="10.0.0.9"))
    require_private_connection(asked(client="::1"))
    for client in ("10.0.0.9", "testclient", ""):
        with pytest.raises(SaidError, match="not encrypted"):
            require_private_connection(asked(client=client))
