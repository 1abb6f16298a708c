"""Whether the cards add up, on a page; and voiding cards by form, with secrets that go nowhere."""

import logging
from pathlib import Path

import pytest

from api.accounts.official_key import open_key
from api.accounts.roles import Role
from api.pages import cards
from api.services.card_voiding import Pile
from ballots.card import typed_code
from ballots.qr.credential import encode_credential
from tally.entries.contests import AttendanceDeclared, ClassCards
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, Person, enrolled, person, signed_in
from tests.api.world import CARDS
from tests.support.pdf import text_of
from voting_core.secret import Secret


def prepared(hall: Hall) -> Person:
    """A session with a defined contest whose officials have accounts; gives one of them at a browser."""
    keys = [
        open_key(enrolled(hall.service, name, Role.OFFICIAL).sealed_key, Secret(PASSWORD)) for name in ("li", "wang")
    ]
    world = hall.world
    world.officials = sorted(keys, key=lambda key: key.public)
    world.create()
    world.ceremony()
    world.prepare_voting()
    world.define(hall.contest)
    body = AttendanceDeclared(contest="report", should_attend=CARDS, present=37, cards=(ClassCards("delegate", 36, 2),))
    world.write(body, "attendance.declared", *world.trustee_keys)
    for raw in world.entries:
        hall.post(raw)
    return signed_in(hall.service, hall.client.app, "li")


def typed(hall: Hall, card: int) -> str:
    return typed_code(hall.world.cards[card], hall.world.state.session_id).reveal()


def scanned(hall: Hall, card: int) -> str:
    return encode_credential(hall.world.cards[card], hall.world.state.session_id).reveal()


def send(official: Person, cards: str, password: str = PASSWORD, **fields: str) -> str:
    given = {"pile": "left_over", "contest": "report", "cards": cards, "password": password, **fields}
    return str(official.post("/cards/void", **given).text)


@pytest.mark.usefixtures("both_databases")
def test_what_is_left_over_is_voided_and_then_the_cards_add_up(empty_hall: Hall) -> None:
    official = prepared(empty_hall)
    assert "还有 2 张卡可以投票" in official.get("/cards").text
    shown = send(official, f"{scanned(empty_hall, 38)}\n{typed(empty_hall, 39)}\nnonsense\n{typed(empty_hall, 38)}")
    assert "作废 2 次" in shown
    assert "读不出 2 行" in shown
    assert "与前面一行是同一张卡" in shown
    state = empty_hall.service.sequencer.view.log
    assert state.void_counts[0, "delegate", "left_over"] == 2
    balance = official.get("/cards").text
    assert "还缺什么" not in balance
    assert "相符" in balance
    again = send(official, scanned(empty_hall, 38))
    assert "此前已作废 1 次" in again
    assert empty_hall.service.sequencer.view.log.size == state.size


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"password": "not the password"}, "密码"),
    ({"pile": "burnt"}, "请选择这些是什么卡"),
    ({"contest": ""}, "请至少选择一个表决事项"),
    ({"contest": "nothing"}, "现在不能这样作废"),
    ({"pile": "test"}, "现在不能这样作废"),
    ({"cards": " \n"}, "没有扫描到卡"),
    ({"cards": "x\n" * 201}, "一次最多作废 200 张"),
)


def test_what_is_wrong_is_said_and_voids_nothing(empty_hall: Hall) -> None:
    official = prepared(empty_hall)
    before = empty_hall.service.sequencer.view
    for fields, said in WRONG:
        assert said in send(official, **{"cards": typed(empty_hall, 38), **fields})
    assert empty_hall.service.sequencer.view is before


def test_everybody_sees_the_balance_and_only_officials_void(empty_hall: Hall) -> None:
    prepared(empty_hall)
    for role in (Role.OBSERVER, Role.SCRUTINEER, Role.DESK):
        someone = person(empty_hall, role)
        assert "生成" in someone.get("/cards").text
        assert "/cards/void" not in someone.get("/cards").text
        assert someone.get("/cards/void").status_code == 403
        assert someone.post("/cards/void", cards="x").status_code == 403


def test_sample_sheets_have_no_secret_and_need_a_session(hall: Hall, tmp_path: Path) -> None:
    desk = person(hall, Role.DESK)
    assert "/cards/sample-folded.pdf" in desk.get("/cards").text
    for form in ("flat", "folded"):
        answer = desk.get(f"/cards/sample-{form}.pdf")
        assert "试印样张，不是表决卡" in text_of(answer.content)
    assert desk.get("/cards/sample-round.pdf").status_code == 404
    observer = person(hall, Role.OBSERVER)
    assert "/cards/sample" not in observer.get("/cards").text
    assert observer.get("/cards/sample-flat.pdf").status_code == 403
    with running_hall(tmp_path / "empty") as empty:
        assert person(empty, Role.DESK).get("/cards/sample-flat.pdf").status_code == 404


def test_no_contest_takes_cards_before_there_is_one(empty_hall: Hall) -> None:
    empty_hall.service.accounts.create("li", "李", Role.OFFICIAL)
    official = signed_in(empty_hall.service, empty_hall.client.app, "li")
    assert "现在没有可以作废" in official.get("/cards/void").text
    assert "还没有用终端表决的事项" in official.get("/cards").text


@pytest.mark.usefixtures("both_databases")
def test_left_over_cards_go_before_one_contest_and_test_cards_in_all_that_are_open(
    empty_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = prepared(empty_hall)
    held = empty_hall.service.sequencer.view.log.contest("report")
    for pile, checked in ((Pile.LEFT_OVER, 1), (Pile.TEST, 2)):
        monkeypatch.setattr(cards, "voidable", lambda _, of, pile=pile: (held, held) if of is pile else ())
        assert official.get("/cards/void").text.count(" checked>") == checked


def test_a_list_that_is_too_long_is_refused_before_it_is_read(empty_hall: Hall) -> None:
    official = prepared(empty_hall)
    answer = official.post("/cards/void", cards="7" * 30_000)
    assert answer.status_code == 413


def test_no_secret_of_a_card_is_written_or_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    with running_hall(tmp_path / "data") as hall:
        official = prepared(hall)
        codes = [*(typed(hall, card) for card in range(30, 40)), *(scanned(hall, card) for card in range(30, 40))]
        said.append(send(official, "\n".join(codes[:5])))
        said.append(send(official, "\n".join(codes[10:]), password="wrong"))
        said.append(send(official, codes[0] + "X\n" + codes[12][:-1] + "\n" + codes[13], contest="nothing"))
        said.append(send(official, "\n".join(f"{code} {code}" for code in codes)))
        desk = person(hall, Role.DESK)
        said.extend(desk.post("/desk/find", who=code).text for code in codes)
        secrets = [card.reveal() for card in hall.world.cards[30:]]
    written = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file()}
    written["log"] = "\n".join(f"{record.getMessage()} {record.exc_info}" for record in caplog.records).encode()
    written["said"] = "\n".join(said).encode()
    assert len(written["said"]) > 10_000
    for name, content in written.items():
        for code in codes:
            assert code.encode() not in content, name
            assert code.replace("-", "").encode() not in content, name
        for secret in secrets:
            assert secret not in content, name
            assert secret.hex().encode() not in content.lower(), name
