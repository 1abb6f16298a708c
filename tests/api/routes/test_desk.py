"""Roll and check-ins."""

from typing import Any

import pytest

from tests.api.hall import Hall

PEOPLE = [
    {"id": "0001", "name": "李红香", "delegation": "城关镇", "should_attend": True},
    {"id": "0002", "name": "王桂敏", "should_attend": True, "on_leave": True},
    {"id": "0003", "name": "杨光", "should_attend": False},
]


@pytest.fixture
def desk(empty_hall: Hall) -> Hall:
    answer = empty_hall.client.put("/v1/roll", json={"people": PEOPLE}, headers=empty_hall.token)
    assert answer.json() == {"should_attend": 2, "on_leave": 1, "present": 0, "cards_drawn": 0}
    return empty_hall


def check_in(hall: Hall, delegate: str, action: str) -> Any:
    return hall.client.post("/v1/checkins", json={"delegate": delegate, "action": action}, headers=hall.token)


def test_people_arrive_draw_a_card_and_leave(desk: Hall) -> None:
    assert check_in(desk, "0001", "arrive").json()["present"] == 1
    assert check_in(desk, "0001", "arrive").json()["present"] == 1
    totals = check_in(desk, "0001", "draw_card").json()
    assert (totals["present"], totals["cards_drawn"]) == (1, 1)
    totals = check_in(desk, "0001", "leave").json()
    assert (totals["present"], totals["cards_drawn"]) == (0, 1)
    assert desk.client.get("/v1/attendance", headers=desk.token).json() == totals


def test_a_mistake_is_undone_before_a_card_is_drawn(desk: Hall) -> None:
    check_in(desk, "0002", "arrive")
    assert check_in(desk, "0002", "undo").json()["present"] == 0
    assert check_in(desk, "0002", "undo").json() == {"should_attend": 2, "on_leave": 1, "present": 0, "cards_drawn": 0}
    check_in(desk, "0002", "draw_card")
    assert "cannot be undone" in check_in(desk, "0002", "undo").json()["detail"]


def test_leave_late_arrival_and_cards_that_come_back(desk: Hall) -> None:
    assert check_in(desk, "0001", "excuse").json()["on_leave"] == 2
    totals = check_in(desk, "0001", "arrive_late").json()
    assert (totals["on_leave"], totals["present"]) == (1, 1)
    check_in(desk, "0001", "draw_card")
    body = {"delegate": "0001", "action": "replace_card", "cards_back": 0}
    for _ in range(2):
        assert desk.client.post("/v1/checkins", json=body, headers=desk.token).json()["cards_drawn"] == 1
    body = {"delegate": "0001", "action": "return_card", "cards_back": 1}
    for _ in range(2):
        assert desk.client.post("/v1/checkins", json=body, headers=desk.token).json()["cards_drawn"] == 0
    assert "how many cards" in check_in(desk, "0001", "return_card").json()["detail"]


@pytest.mark.parametrize(("delegate", "reason"), [("9999", "not on the roll"), ("0003", "does not attend")])
def test_who_does_not_attend_is_not_checked_in(desk: Hall, delegate: str, reason: str) -> None:
    answer = check_in(desk, delegate, "arrive")
    assert (answer.status_code, answer.json()["code"]) == (409, "state")
    assert reason in answer.json()["detail"]


def test_the_roll_is_not_replaced_under_people_who_checked_in(desk: Hall) -> None:
    check_in(desk, "0001", "arrive")
    answer = desk.client.put("/v1/roll", json={"people": PEOPLE}, headers=desk.token)
    assert answer.status_code == 409
    assert desk.client.get("/v1/attendance", headers=desk.token).json()["present"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {"delegate": 1, "action": "arrive"},
        {"delegate": "0001", "action": "vote"},
        {"delegate": "0001", "action": "arrive", "ballot": "x"},
        {"delegate": "", "action": "arrive"},
        {"delegate": "0001"},
        "0001",
    ],
)
def test_a_check_in_is_read_strictly(desk: Hall, body: object) -> None:
    answer = desk.client.post("/v1/checkins", json=body, headers=desk.token)
    assert (answer.status_code, answer.json()["code"]) == (422, "request")
    assert desk.client.get("/v1/attendance", headers=desk.token).json()["present"] == 0


def test_a_roll_with_a_number_twice_is_refused(desk: Hall) -> None:
    answer = desk.client.put("/v1/roll", json={"people": [PEOPLE[0], PEOPLE[0]]}, headers=desk.token)
    assert (answer.status_code, answer.json()["code"]) == (409, "state")
    assert "0001" in answer.json()["detail"]
    assert desk.client.get("/v1/attendance", headers=desk.token).json()["should_attend"] == 2
