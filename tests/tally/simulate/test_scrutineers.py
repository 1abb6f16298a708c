import pytest

from tally.cli.system import SystemRng
from tally.simulate.hall import Hall
from tally.simulate.scrutineers import Scrutineers


@pytest.fixture(scope="module")
def joined() -> tuple[Hall, Scrutineers]:
    hall = Hall(SystemRng(), lambda: 1_800_000_000)
    hall.create(kind="congress", title="测试", date="2026-12-08", place="礼堂", trustees=4, threshold=2)
    scrutineers = Scrutineers.join(hall, ("甲", "乙", "丙", "丁"))
    scrutineers.make_key(hall)
    return hall, scrutineers


def test_after_the_ceremony_there_is_a_key_and_nobody_keeps_a_polynomial(joined: tuple[Hall, Scrutineers]) -> None:
    hall, scrutineers = joined
    assert hall.state.joint_key is not None
    assert all(secrets.deal is None and secrets.share is not None for secrets in scrutineers.secrets.values())


def test_the_quorum_is_as_many_as_the_session_asks_for(joined: tuple[Hall, Scrutineers]) -> None:
    hall, scrutineers = joined
    assert len(scrutineers.quorum(hall)) == hall.state.quorum == 3


def test_destroyed_keys_are_gone_and_the_log_says_so(joined: tuple[Hall, Scrutineers]) -> None:
    hall, scrutineers = joined
    scrutineers.destroy_keys(hall)
    assert hall.state.destroyed_keys == {1, 2, 3, 4}
    assert all(secrets.share is None for secrets in scrutineers.secrets.values())
