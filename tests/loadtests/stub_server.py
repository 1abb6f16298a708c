"""An HTTP server that answers as a test says, and remembers what it was sent."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str]] | None
"""Status and headers; None hangs up without an answer."""


@dataclass
class Stub:
    """`received` has the requests by body, in their order: the time is that of `threading`, the bodies are exact."""

    url: str = ""
    received: dict[bytes, int] = field(default_factory=lambda: defaultdict(int))
    paths: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def stub_server(script: Callable[[bytes, int], Answer]) -> Iterator[Stub]:
    """Answer each request with `script(body, how often it came)`; the body of an answer is that of the request."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with stub.lock:
                stub.received[body] += 1
                stub.paths.add(self.path)
                answer = script(body, stub.received[body])
            if answer is None:
                self.close_connection = True
                return
            status, headers = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
