from api.accounts.idle import IDLE_SECONDS, SIGN_IN_SECONDS, IdleWatch
from api.accounts.roles import Role
from tests.api.hall import FakeClock


def test_a_place_rests_as_long_as_its_role_may() -> None:
    clock = FakeClock()
    watch = IdleWatch(clock)
    assert watch.touch(b"a", Role.OFFICIAL)
    clock.now += IDLE_SECONDS[Role.OFFICIAL] or 0
    assert watch.touch(b"a", Role.OFFICIAL)
    clock.now += (IDLE_SECONDS[Role.OFFICIAL] or 0) + 1
    assert not watch.touch(b"a", Role.OFFICIAL)


def test_a_screen_rests_for_ever() -> None:
    clock = FakeClock()
    watch = IdleWatch(clock)
    assert watch.touch(b"a", Role.HALL)
    clock.now += 10**6
    assert watch.touch(b"a", Role.HALL)


def test_what_is_over_is_dropped_and_what_rested_for_too_long_stays_over() -> None:
    clock = FakeClock()
    watch = IdleWatch(clock)
    for number in range(100):
        assert watch.touch(bytes([number]), Role.DESK)
    clock.now += SIGN_IN_SECONDS
    assert watch.touch(b"new", Role.DESK)
    assert len(watch) == 101
    assert not watch.touch(bytes([0]), Role.DESK)
    clock.now += 1
    assert watch.touch(b"newer", Role.DESK)
    assert len(watch) == 2
    watch.forget(b"newer")
    assert len(watch) == 1


def test_every_role_has_its_limit() -> None:
    assert set(IDLE_SECONDS) == set(Role)
