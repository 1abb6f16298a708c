import jinja2
import pytest

from ballots.screen.pages import Pages
from ballots.screen.words import Language

SHARED = Pages("ballots.screen")
MACRO = "parts.html"


def test_a_page_escapes_what_it_prints_and_stops_at_a_missing_name() -> None:
    environment = SHARED_ENVIRONMENT()
    template = environment.from_string("{{ said }}{{ missing }}")
    with pytest.raises(jinja2.UndefinedError):
        template.render(said="x")
    assert environment.from_string("{{ said }}").render(said="<b>") == "&lt;b&gt;"


def SHARED_ENVIRONMENT() -> jinja2.Environment:
    from ballots.screen import pages

    return pages._environment("ballots.screen")


def test_numbers_are_grouped() -> None:
    assert SHARED_ENVIRONMENT().from_string("{{ 1234567 | number }}").render() == "1,234,567"


def test_words_need_both_languages() -> None:
    from ballots.screen.pages import _sayer

    assert _sayer(Language.EN)("还剩 {n}", "{n} left", n=2) == "2 left"
    with pytest.raises(TypeError, match="no English"):
        _sayer(Language.ZH)("只有中文")
