import re

import pytest

from loadtests.streams import _CODE, _CSRF, MOST_PERCENT, SCREENS, Browser, _cpu, _found
from voting_core.errors import FatalError


def test_what_is_measured_is_what_was_promised() -> None:
    assert (SCREENS, MOST_PERCENT) == (500, 25.0)


def test_codes_and_tokens_are_found_on_pages() -> None:
    assert _found(_CODE, "code ABCD-EFGH-2345-ZZZZ\n") == "ABCD-EFGH-2345-ZZZZ"
    assert _found(_CSRF, '<input name="csrf" value="0af9">') == "0af9"
    with pytest.raises(FatalError):
        _found(re.compile("x(y)"), "")


def test_processor_time_is_read() -> None:
    import os

    assert _cpu(os.getpid()) > 0


def test_a_browser_keeps_one_cookie() -> None:
    assert Browser(1).cookie == ""
