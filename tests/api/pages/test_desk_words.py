"""The words of every act, and the acts that are offered."""

import itertools

import pytest

from api.pages.desk_words import ACTS, buttons_of, note_of
from api.store.desk_status import Act, Change, DeskStatus, acted

NEW, HERE = DeskStatus(), DeskStatus(present=True)
HOLDS = DeskStatus(present=True, card_drawn=True)


@pytest.mark.parametrize("act", list(Act))
def test_every_act_has_words_before_and_after(act: Act) -> None:
    assert ACTS[act].zh
    assert ACTS[act].en
    done = note_of(act, Change(NEW, HERE), "0001 甲")
    assert done.kind == "good"
    assert done.said.zh.startswith("0001 甲：")
    assert note_of(act, Change(HERE, HERE), "0001 甲").kind == "care"


def test_a_card_that_was_drawn_before_is_not_handed_out_again() -> None:
    assert "不要再发第二张" in note_of(Act.DRAW_CARD, Change(HOLDS, HOLDS), "x").said.zh


def test_every_button_that_is_offered_works_and_changes_something() -> None:
    flags = itertools.product((False, True), repeat=5)
    statuses = [DeskStatus(*given, back) for given in flags for back in (0, 2) if sum(given[:3]) <= 1]
    for status, leave in itertools.product(statuses, (False, True)):
        if status.card_drawn and not (status.present or status.departed):
            continue
        buttons = buttons_of(status, roll_leave=leave)
        assert len({button.act for button in buttons}) == len(buttons)
        for button in buttons:
            after = acted(status, button.act, roll_leave=leave, seen=status.cards_back)
            assert after != status or button.act is Act.UNDO


def test_the_usual_act_comes_first() -> None:
    assert buttons_of(NEW, roll_leave=False)[0].act is Act.DRAW_CARD
    assert buttons_of(HERE, roll_leave=False)[0].act is Act.DRAW_CARD
    assert buttons_of(DeskStatus(departed=True), roll_leave=False)[0].act is Act.ARRIVE
    assert Act.DRAW_CARD not in {button.act for button in buttons_of(HOLDS, roll_leave=False)}
    assert Act.UNDO in {button.act for button in buttons_of(DeskStatus(on_leave=True), roll_leave=False)}
    assert Act.UNDO not in {button.act for button in buttons_of(DeskStatus(on_leave=True), roll_leave=True)}
