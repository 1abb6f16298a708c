import tomllib

import pytest

from tally.continuing.session_file import session_file
from tally.plan import read_plan
from tally.plan.problems import InputErrors
from tally.roll.earlier import Earlier
from tests.tally.continuing.held import read_held

EARLIER = Earlier(
    id="s-2", title='会"\\议', date="2026-12-08", session="ab" * 32, fingerprint="2W5N", record="cd" * 32
)  # fmt: skip


def test_what_is_known_is_written_and_the_rest_is_left_empty() -> None:
    text = session_file(read_held(), EARLIER, {"trust": "t.csv"}, "", history="h.csv").decode()
    value = tomllib.loads(text)
    assert value["session"] == {
        "id": "", "title": "", "kind": "congress", "date": "", "place": "礼堂",
        "roll": "roll.csv", "roll_changes": "h.csv",
    }  # fmt: skip
    assert value["earlier"]["title"] == '会"\\议'
    assert value["earlier"]["trust"] == "t.csv"
    assert "vacancies" not in value["earlier"]
    assert value["scrutineers"] == {"threshold": 2, "names": []}
    assert '会"议' in text.splitlines()[0]


def test_a_day_and_a_list_of_succession() -> None:
    data = session_file(read_held(), EARLIER, {"succession": "s.csv"}, "2027-01-02", history="")
    value = tomllib.loads(data.decode())
    assert value["session"]["date"].isoformat() == "2027-01-02"
    assert "roll_changes" not in value["session"]
    assert value["earlier"]["vacancies"] == 0


def test_what_is_left_empty_is_asked_for() -> None:
    data = session_file(read_held(), EARLIER, {}, "", history="")
    with pytest.raises(InputErrors) as caught:
        read_plan({"session.toml": data})
    places = {problem.place for problem in caught.value.problems}
    assert {f"session.toml, [session], key {key}" for key in ("id", "title", "date")} <= places
