import copy
import json
import logging
import pickle
import traceback
from typing import Any

import pytest

from voting_core.secret import Secret

WORD = "swordfish"


def test_reveal_gives_the_value() -> None:
    value = bytearray(b"x")
    assert Secret(value).reveal() is value


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r}".format, "{:>20}".format, lambda s: f"{[s]}"])
def test_no_text_shows_the_value(show: Any) -> None:
    text = show(Secret(WORD))
    assert WORD not in text
    assert "<redacted>" in text


def test_a_log_line_and_a_traceback_do_not_show_the_value(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(WORD)
    logging.getLogger("test").warning("key %s %r", secret, {"key": secret})
    try:
        raise RuntimeError(secret)
    except RuntimeError as error:
        shown = "".join(traceback.format_exception(error))
    assert WORD not in caplog.text + shown


@pytest.mark.parametrize(
    "use",
    [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, hash, bool, lambda s: s == s, lambda s: s != s, vars],
)
def test_nothing_else_can_be_done_with_it(use: Any) -> None:
    with pytest.raises(TypeError) as caught:
        use(Secret(WORD))
    assert WORD not in str(caught.value)


def test_it_cannot_be_changed() -> None:
    secret: Any = Secret(WORD)
    with pytest.raises(AttributeError):
        secret.value = 1
    with pytest.raises(AttributeError):
        secret._Secret__value = 1
    with pytest.raises(AttributeError):
        del secret._Secret__value
    assert secret.reveal() == WORD
