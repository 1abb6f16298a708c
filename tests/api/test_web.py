import signal

import pytest
from sse_starlette.sse import AppStatus

from api.web import OrderlyServer, web_config


@pytest.fixture(autouse=True)
def own_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal ends the event streams of every server of a process, those of later tests as well."""
    monkeypatch.setattr(AppStatus, "should_exit", False)


async def app(scope: object, receive: object, send: object) -> None: ...


def test_no_process_notes_who_sent_what_or_asks_the_environment_whom_to_believe() -> None:
    config = web_config(app)
    assert config.access_log is False
    assert config.server_header is False
    assert config.forwarded_allow_ips == "127.0.0.1"
    assert config.timeout_graceful_shutdown == 10


def test_a_server_that_is_told_to_stop_gives_control_back() -> None:
    """What runs after it, which closes the database and the workers, is never left out."""
    server = OrderlyServer(web_config(app))
    before = signal.getsignal(signal.SIGTERM)
    with server.capture_signals():
        assert not server.should_exit
        signal.raise_signal(signal.SIGTERM)
        assert server.should_exit
    assert signal.getsignal(signal.SIGTERM) is before


def test_ctrl_c_is_told_when_the_server_has_stopped() -> None:
    server = OrderlyServer(web_config(app))

    def interrupt() -> None:
        with server.capture_signals():
            signal.raise_signal(signal.SIGINT)
            assert server.should_exit

    with pytest.raises(KeyboardInterrupt):
        interrupt()
