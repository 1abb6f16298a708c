from pathlib import Path

import pytest

from loadtests.pool import CAST, CHALLENGED, PoolBallot, Resend, lanes, read_pool, write_pool
from voting_core.errors import InputError


def _ballot(number: int, **changes: object) -> PoolBallot:
    values: dict[str, object] = {
        "id": f"{number:064x}",
        "type": CAST,
        "contest": "committee",
        "kiosk": 1,
        "resend": Resend.NEVER,
        "marks": (0, 2, 1),
        "entry": '{"title":"选举\\n\u2028 \\" 委员"}'.encode(),
        **changes,
    }
    return PoolBallot(**values)  # type: ignore[arg-type]  # each test gives values of the right types


def test_a_pool_is_read_as_it_was_written(tmp_path: Path) -> None:
    ballots = (_ballot(1), _ballot(2, type=CHALLENGED, resend=Resend.TOGETHER, kiosk=3))
    write_pool(tmp_path / "pool", ballots)
    assert read_pool(tmp_path / "pool") == ballots


def test_lanes_keep_the_order_of_the_pool() -> None:
    ballots = [_ballot(number, kiosk=number % 2 + 1) for number in range(6)]
    found = lanes(ballots)
    assert {kiosk: [int(ballot.id, 16) for ballot in lane] for kiosk, lane in found.items()} == {
        1: [0, 2, 4],
        2: [1, 3, 5],
    }


@pytest.mark.parametrize("line", ["", "no json", "[]", "{}", '{"id": 1}', _ballot(1).to_line().replace("never", "x")])
def test_a_line_that_is_no_ballot_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pool"
    path.write_text(f"{_ballot(1).to_line()}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: it is not a ballot of a pool"):
        read_pool(path)


def test_a_missing_pool_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_pool(tmp_path / "pool")
