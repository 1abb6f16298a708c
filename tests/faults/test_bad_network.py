"""What a bad network does with requests, before a test relies on it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx2

from tests.faults.bad_network import BadNetwork, Fate, read_request


@contextmanager
def server() -> Iterator[tuple[int, list[bytes]]]:
    """Answers every whole request; gives its port, and what came."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                with near:
                    request = read_request(near)
                    if request:
                        came.append(request)
                        near.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], came
        listener.shutdown(socket.SHUT_RDWR)


def test_each_fate_is_what_it_is_called() -> None:
    with server() as (port, came), closing(BadNetwork(port, "seed")) as network, httpx2.Client(trust_env=False) as http:
        seen: dict[Fate, tuple[bool, int]] = {}
        for number in range(100):
            before, fates = len(came), network.fates.copy()
            try:
                answered = http.post(network.url, content=str(number).encode()).text == "ok"
            except httpx2.TransportError:
                answered = False
            (fate,) = network.fates - fates
            outcome = (answered, len(came) - before)
            assert seen.setdefault(fate, outcome) == outcome
            if outcome[1]:
                assert came[-1].endswith(b"\r\n\r\n" + str(number).encode())
        assert seen == {
            Fate.PASSED: (True, 1),
            Fate.DELAYED: (True, 1),
            Fate.DOUBLED: (True, 2),
            Fate.LOST: (False, 0),
            Fate.HALVED: (False, 0),
            Fate.UNANSWERED: (False, 1),
            Fate.CUT_SHORT: (False, 1),
        }
        network.is_bad = False
        before = network.troubles
        assert http.post(network.url, content=b"x").text == "ok"
        assert network.troubles == before
