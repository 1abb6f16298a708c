"""The attendance list on paper."""

from api.services.attendance_list import attendance_list, word_of
from api.store.desk_operations import Person
from api.store.desk_queries import PersonAtDesk
from api.store.desk_status import DeskStatus
from tests.api.world import voting_world
from tests.support.pdf import page_texts, text_of


def people() -> list[PersonAtDesk]:
    return [
        PersonAtDesk(Person("0001", "张伟", "城关镇代表团", True, False), DeskStatus(present=True, card_drawn=True)),
        PersonAtDesk(Person("0002", "解𠀀龙", "河口乡代表团", True, False), DeskStatus(on_leave=True)),
        PersonAtDesk(Person("0003", "王终止", "", False, False), DeskStatus()),
    ]


def test_each_delegation_has_a_sheet_of_its_own() -> None:
    state = voting_world()[0].state
    pdf = attendance_list(state, people())
    first, second = page_texts(pdf)
    assert "城关镇代表团" in first
    assert "河口乡代表团" in second
    text = text_of(pdf)
    assert "已领" in text
    assert "解〓龙" in text
    assert "王终止" not in text
    assert attendance_list(state, people()) == pdf


def test_every_status_has_its_word() -> None:
    words = [
        word_of(PersonAtDesk(people()[0].person, status))
        for status in (
            DeskStatus(),
            DeskStatus(present=True),
            DeskStatus(present=True, late=True),
            DeskStatus(departed=True, late=True),
            DeskStatus(on_leave=True),
        )
    ]
    assert words == ["", "到会", "迟到", "离场", "请假"]
