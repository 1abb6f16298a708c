"""Changes of a roll that cannot be used, as `plenum roll` and `plenum simulate` meet them."""

import pytest

from tests.bad_input.plenum import Plenum

HEAD = "变更号,编号,事项,生效日期,决定机关,依据,记录日期\n"
DIED = "c1,002,去世,2026-04-01,无须决定,民〔2026〕3号,2026-04-02\n"


@pytest.fixture
def changed(plenum: Plenum) -> Plenum:
    """A session whose roll keeps a history: number 002 has died."""
    plenum.replace("session.toml", 'roll = "roll.csv"', 'roll = "roll.csv"\nroll_changes = "roll-changes.csv"')
    plenum.replace("roll.csv", "002,人2,正常", "002,人2,终止")
    plenum.write("roll-changes.csv", HEAD + DIED)
    return plenum


def test_the_session_itself_is_good(changed: Plenum) -> None:
    assert changed("roll", changed.session).code == 0
    assert changed.simulate().code == 0


def test_an_unknown_event(changed: Plenum) -> None:
    changed.write("roll-changes.csv", HEAD + DIED.replace("去世", "升职"))
    changed.simulate().refused("roll changes: unknown event")


def test_a_change_after_the_last(changed: Plenum) -> None:
    restored = "c2,002,暂停情形消失,2026-05-01,代表资格审查委员会,青资审〔2026〕3号,2026-05-02\n"
    changed.write("roll-changes.csv", HEAD + DIED + restored)
    changed.simulate().refused("roll changes: a change that cannot follow")


def test_a_change_that_another_body_decides(changed: Plenum) -> None:
    changed.write("roll-changes.csv", HEAD + "c1,002,罢免,2026-04-01,党委,青组〔2026〕12号,2026-04-02\n")
    changed.simulate().refused("roll changes: decided by another body")


def test_a_story_for_a_document(changed: Plenum) -> None:
    changed.write("roll-changes.csv", HEAD + DIED.replace("民〔2026〕3号", "因病，本人同意"))
    changed.simulate().refused("roll changes: no document")


def test_a_roll_that_contradicts_its_history(changed: Plenum) -> None:
    changed.replace("roll.csv", "002,人2,终止", "002,人2,正常")
    changed.simulate().refused("roll changes: the roll says something else")


def test_another_day_without_a_history(plenum: Plenum) -> None:
    assert plenum("roll", plenum.session, "--on", "2026-12-08").code == 0
    plenum("roll", plenum.session, "--on", "2026-05-01").refused("roll: another day without a history")


def test_a_day_that_is_none(plenum: Plenum) -> None:
    plenum("roll", plenum.session, "--on", "May").refused("roll: a day that is none")
