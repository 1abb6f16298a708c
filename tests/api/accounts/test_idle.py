from api.accounts.idle import IDLE_SECONDS, IdleWatch
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


def test_every_role_has_its_limit() -> None:
    assert set(IDLE_SECONDS) == set(Role)
