from api.web import web_config


async def app(scope: object, receive: object, send: object) -> None: ...


def test_no_process_notes_who_sent_what_or_asks_the_environment_whom_to_believe() -> None:
    config = web_config(app)
    assert config.access_log is False
    assert config.server_header is False
    assert config.forwarded_allow_ips == "127.0.0.1"
    assert config.timeout_graceful_shutdown == 10
