"""Serving: on the loopback address alone."""

import contextlib

import httpx2
import pytest
from starlette.applications import Starlette

from kiosk.local_page.door import HOST
from kiosk.local_page.serving import listen, serving
from voting_core.errors import InputError


def test_a_page_listens_on_the_loopback_address_alone() -> None:
    with contextlib.closing(listen(0)) as listener:
        host, port = listener.getsockname()
        assert host == HOST == "127.0.0.1"
        with pytest.raises(InputError, match="cannot listen") as refused:
            listen(port, "--page-port")
        assert "--page-port" in str(refused.value)


def test_what_is_served_names_no_program_and_ends_with_the_block() -> None:
    with contextlib.closing(listen(0)) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        with serving(Starlette(), listener, "page") as server:
            answer = httpx2.get(address, trust_env=False)
            assert answer.status_code == 404
            assert not {"server", "date"} & set(answer.headers)
        assert server.should_exit
