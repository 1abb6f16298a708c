import stat
from pathlib import Path

import pytest
from starlette.requests import Request

from api.service import running_service, service_of
from api.settings import Settings
from tests.api.hall import FakeClock, Hall, running_hall
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError


def test_two_servers_do_not_share_a_directory(hall: Hall) -> None:
    settings = Settings(directory=hall.settings.directory)
    with (
        pytest.raises(InputError, match="another server"),
        running_service(settings, clock=FakeClock(), rng=SeededRng(1)),
    ):
        pass
    hall.cast(0)


def test_a_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    settings = Settings(directory=tmp_path / "file" / "data")
    with (
        pytest.raises(InputError, match="cannot be made"),
        running_service(settings, clock=FakeClock(), rng=SeededRng(1)),
    ):
        pass


def test_the_secrets_of_a_server_are_readable_by_itself_alone(empty_hall: Hall) -> None:
    for path in (empty_hall.settings.keys_file, empty_hall.settings.desk_token_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_directory_that_a_command_makes_is_the_servers_alone(tmp_path: Path) -> None:
    settings = Settings(directory=tmp_path / "new")
    with running_service(settings, clock=FakeClock(), rng=SeededRng(1)):
        assert stat.S_IMODE(settings.directory.stat().st_mode) == 0o700


def test_stopping_in_order_answers_what_waits(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        hall.vote()
        futures = [hall.service.sequencer.submit_ballot(hall.world.cast(card, hall.contest)) for card in range(12)]
    assert all(future.exception(0) is None for future in futures)
    with running_hall(tmp_path, world=hall.world) as again:
        view = again.service.sequencer.view
        assert view.intake.contest("report").cast == 12


def test_an_application_without_a_service_says_so(empty_hall: Hall) -> None:
    class App:
        class state:
            service = None

    with pytest.raises(TypeError):
        service_of(Request({"type": "http", "app": App}))
