import pytest

from kiosk.demo.script import Done

pytestmark = pytest.mark.slow


def test_each_contest_goes_through_all_its_steps_in_order(done: Done, steps: list[tuple[str, int, int]]) -> None:
    finished = [name for name, at, total in dict.fromkeys(steps) if at == total]
    for contest, *_ in done.decided:
        own = [name.removeprefix(contest.title.zh + "：") for name in finished if name.startswith(contest.title.zh)]
        assert [name.split(" ")[0] for name in own] == ["投票", "核验", "解密", "签字"]
