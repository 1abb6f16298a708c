"""The words of the desk: what each act is called, what was done, and which acts fit a person now."""

from dataclasses import dataclass
from typing import Final

from api.store.desk_status import Act, Change, DeskStatus
from ballots.screen.words import Said

ACTS: Final = {
    Act.DRAW_CARD: Said("报到并发卡", "Check in and hand out a card"),
    Act.ARRIVE: Said("只报到", "Check in only"),
    Act.ARRIVE_LATE: Said("记为迟到", "Late"),
    Act.ON_TIME: Said("取消迟到", "Not late"),
    Act.LEAVE: Said("离场", "Has left"),
    Act.EXCUSE: Said("请假", "On leave"),
    Act.UNDO: Said("撤销", "Undo"),
    Act.UNDO_CARD: Said("误点：没有发卡", "Mistake: no card was given"),
    Act.RETURN_CARD: Said("交回表决卡", "Card given back"),
    Act.REPLACE_CARD: Said("换发（卡已损坏）", "Replace a damaged card"),
    Act.UNDO_BACK: Said("误点：卡没有交回", "Mistake: no card came back"),
}

_HAND_OUT: Final = Said("发卡", "Hand out a card")
_COMES_BACK: Final = Said("返回会场", "Is back")
_UNDO_CHECK_IN: Final = Said("撤销报到", "Undo the check-in")
_ARRIVES_LATE: Final = Said("迟到报到", "Arrives late")
_UNDO_LEAVE: Final = Said("销假", "Leave is over")

_DONE: Final = {
    Act.DRAW_CARD: Said("{who}：已报到，请发一张表决卡", "{who}: checked in. Hand out one card"),
    Act.ARRIVE: Said("{who}：已在会场", "{who}: is here"),
    Act.ARRIVE_LATE: Said("{who}：已在会场，记为迟到", "{who}: is here, noted as late"),
    Act.ON_TIME: Said("{who}：已取消迟到", "{who}: no longer noted as late"),
    Act.LEAVE: Said("{who}：已离场", "{who}: has left"),
    Act.EXCUSE: Said("{who}：已记请假，仍计入应到会", "{who}: on leave; still counted among those who should attend"),
    Act.UNDO: Said("{who}：已撤销，恢复为名册上的状态", "{who}: undone; as the roll says again"),
    Act.UNDO_CARD: Said("{who}：已改为没有领卡", "{who}: noted as having no card"),
    Act.RETURN_CARD: Said("{who}：卡已交回，请放入待作废的卡中", "{who}: the card is back. Keep it for voiding"),
    Act.REPLACE_CARD: Said(
        "{who}：请收下损坏的卡，放入待作废的卡中，另发一张",
        "{who}: keep the damaged card with those to be voided, and hand out another",
    ),
    Act.UNDO_BACK: Said("{who}：已改为卡仍在本人手里", "{who}: noted as still holding the card"),
}

_ALREADY: Final = Said("{who}：已经是这样，没有改动", "{who}: it was so already; nothing was changed")
_CARD_ALREADY: Final = Said(
    "{who}：此前已记为领卡。如果不是您刚才点了两次，就是在另一处领过了：不要再发第二张",
    "{who}: noted as holding a card before. Unless you pressed twice, another desk gave it: do not hand out a second",
)


@dataclass(frozen=True, slots=True)
class Note:
    """What an act did, to be shown: `kind` is that of the note on the page."""

    kind: str
    said: Said


@dataclass(frozen=True, slots=True)
class Button:
    """An act that fits a person now. `grade` is "" for the one that is usually meant, "second" or "plain"."""

    act: Act
    said: Said
    grade: str


def note_of(act: Act, change: Change, who: str) -> Note:
    """What to tell after an act."""
    if change.is_new:
        return Note("good", _DONE[act].filled(who=who))
    return Note("care", (_CARD_ALREADY if act is Act.DRAW_CARD else _ALREADY).filled(who=who))


def buttons_of(status: DeskStatus, *, roll_leave: bool) -> tuple[Button, ...]:
    """The acts that fit, the usual one first, mistakes last."""
    if status.present:
        return (*_card_buttons(status), _button(Act.LEAVE), _late(status), *_mistakes(status))
    if status.departed:
        back = Button(Act.ARRIVE, _COMES_BACK, "")
        return (back, *(_card_buttons(status) if status.card_drawn else ()), *_mistakes(status))
    late = Button(Act.ARRIVE_LATE, _ARRIVES_LATE, "second")
    found = [Button(Act.DRAW_CARD, ACTS[Act.DRAW_CARD], ""), _button(Act.ARRIVE), late]
    if not status.on_leave:
        found.append(_button(Act.EXCUSE))
    elif not roll_leave:
        found.append(Button(Act.UNDO, _UNDO_LEAVE, "second"))
    return tuple(found)


def _card_buttons(status: DeskStatus) -> tuple[Button, ...]:
    if not status.card_drawn:
        return (Button(Act.DRAW_CARD, _HAND_OUT, ""),)
    return (_button(Act.RETURN_CARD), _button(Act.REPLACE_CARD))


def _late(status: DeskStatus) -> Button:
    return _button(Act.ON_TIME if status.late else Act.ARRIVE_LATE)


def _mistakes(status: DeskStatus) -> tuple[Button, ...]:
    found = []
    if status.card_drawn:
        found.append(_button(Act.UNDO_CARD, "plain"))
    else:
        found.append(Button(Act.UNDO, _UNDO_CHECK_IN, "plain"))
    if status.cards_back:
        found.append(_button(Act.UNDO_BACK, "plain"))
    return tuple(found)


def _button(act: Act, grade: str = "second") -> Button:
    return Button(act, ACTS[act], grade)
