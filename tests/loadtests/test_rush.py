"""Ballots at a rate: each is sent until it is accepted, and late answers count from the moment it was due."""

from loadtests.rush import Rush, rush
from tests.loadtests.stub_server import Answer, stub_server


def test_percentiles_and_rates_of_nothing_are_nothing() -> None:
    assert (Rush().percentile(99), Rush().per_second) == (0.0, 0.0)
    done = Rush(latencies=[float(number) for number in range(100)], seconds=50.0)
    assert (done.percentile(50), done.percentile(99), done.per_second) == (50.0, 99.0, 2.0)


def test_every_ballot_is_sent_until_it_is_accepted_or_refused() -> None:
    def script(body: bytes, times: int) -> Answer:
        if body == b"busy" and times == 1:
            return 503, {"Retry-After": "0"}
        return (422, {}) if body == b"bad" else (200, {})

    with stub_server(script) as stub:
        done = rush(stub.url, [b"one", b"busy", b"bad", b"two"], 1_000.0)
    assert stub.received == {b"one": 1, b"busy": 2, b"bad": 1, b"two": 1}
    assert (len(done.latencies), done.waits, done.refused) == (3, 1, ["status 422"])
    assert all(latency >= 0 for latency in done.latencies)
    assert done.seconds > 0
