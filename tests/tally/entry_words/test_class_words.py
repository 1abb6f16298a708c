from dataclasses import replace

import pytest

from tally.entry_words.class_words import class_said
from tally.state import State, initial
from tests.support.session import SessionBuilder


@pytest.fixture(scope="module")
def congress() -> State:
    return SessionBuilder().run(until="open").state


def test_everybody_is_called_as_in_such_a_session(congress: State) -> None:
    assert congress.session is not None
    assert class_said(initial(), "delegate").zh == "代表"
    assert class_said(congress, "delegate") == ("代表", "Delegates")
    plenum = replace(congress, session=replace(congress.session, kind="plenum"))
    assert class_said(plenum, "delegate") == ("委员", "Members")


def test_categories_have_letters() -> None:
    assert class_said(initial(), "a") == ("A 类测评人", "Evaluators of category A")
