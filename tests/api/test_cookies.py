from types import SimpleNamespace

import pytest
from fastapi import Request
from starlette.responses import Response

from api.cookies import (
    forget_sign_in,
    keep_preferences,
    language_of,
    require_private_connection,
    set_sign_in,
    sign_in_cookie,
    sign_in_token,
    theme_of,
)
from api.errors import SaidError
from api.public_service import PublicKeys, PublicService
from ballots.screen.words import Language
from voting_core.secret import Secret

LOG_KEY = bytes.fromhex("0123abcd") + bytes(28)
OTHER_KEY = bytes.fromhex("0123abce") + bytes(28)


def app_of(log: bytes) -> SimpleNamespace:
    """An application whose server has this log key and nothing else."""
    service = object.__new__(PublicService)
    object.__setattr__(service, "public_keys", PublicKeys(log, bytes(32)))
    return SimpleNamespace(state=SimpleNamespace(service=service))


def asked(
    query: str = "", cookie: str = "", scheme: str = "http", client: str = "127.0.0.1", log: bytes = LOG_KEY
) -> Request:
    headers = [(b"cookie", cookie.encode()), (b"host", b"vote.lan")]
    return Request(
        {
            "type": "http",
            "app": app_of(log),
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


@pytest.mark.parametrize(("scheme", "name"), [("http", "plenum-0123abcd"), ("https", "__Host-plenum-0123abcd")])
def test_the_sign_in_cookie_is_out_of_reach(scheme: str, name: str) -> None:
    answer = Response()
    set_sign_in(asked(scheme=scheme), answer, Secret("abc"), 60)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=abc;")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) == (scheme == "https")
    assert sign_in_token(asked(cookie=f"{name}=abc", scheme=scheme)) == "abc"
    assert sign_in_token(asked(cookie="plenum-0123abcd=abc", scheme="https")) == ""


def test_two_servers_of_one_host_leave_each_others_people_signed_in() -> None:
    both = "plenum-0123abcd=one; plenum-0123abce=two"
    assert [sign_in_token(asked(cookie=both, log=key)) for key in (LOG_KEY, OTHER_KEY)] == ["one", "two"]
    assert sign_in_token(asked(cookie=both), OTHER_KEY) == "two"
    answer = Response()
    forget_sign_in(asked(cookie=both, log=OTHER_KEY), answer)
    assert answer.headers["set-cookie"].startswith("plenum-0123abce=")
    assert sign_in_cookie(LOG_KEY, encrypted=True) != sign_in_cookie(OTHER_KEY, encrypted=True)


def test_no_password_goes_over_a_network_in_the_clear() -> None:
    require_private_connection(asked())
    require_private_connection(asked(scheme="https", client="10.0.0.9"))
    require_private_connection(asked(client="::1"))
    for client in ("10.0.0.9", "testclient", ""):
        with pytest.raises(SaidError, match="not encrypted"):
            require_private_connection(asked(client=client))
