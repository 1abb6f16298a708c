"""What a station says when its clock, or the server's, keeps the two apart."""

import ssl
from collections.abc import Iterator

import httpx2
import pytest

from kiosk.client import Unreachable, WrongClock
from kiosk.wrong_clock import Misdated, clock_words, misdated_in, time_in, told_time
from tests.kiosk.test_client import client

NOW = 1_780_000_000
HOUR = 3_600


def verification(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def connection_error(code: int) -> httpx2.ConnectError:
    """As it comes through two libraries."""
    error = httpx2.ConnectError("certificate verify failed")
    error.__cause__ = OSError("x")
    error.__cause__.__context__ = verification(code)
    return error


def test_only_the_dates_of_a_certificate_are_a_matter_of_clocks() -> None:
    assert misdated_in(connection_error(9)) is Misdated.EARLY
    assert misdated_in(connection_error(10)) is Misdated.LATE
    assert misdated_in(connection_error(20)) is None
    assert misdated_in(httpx2.ConnectError("refused")) is None


@pytest.mark.parametrize(
    ("misdated", "theirs", "zh", "en"),
    [
        (Misdated.EARLY, NOW + HOUR, "尚未生效：本机时钟", "not yet valid: this machine's clock says"),
        (Misdated.EARLY, NOW + HOUR, "慢", "is behind the server's"),
        (Misdated.LATE, NOW - HOUR, "快", "is ahead of the server's"),
        (Misdated.LATE, NOW + 5, "plenum pki renew", "have the administrator renew it (plenum pki renew)"),
        (Misdated.EARLY, None, "先看它对不对", "see whether that is right"),
    ],
)
def test_both_times_are_told_and_what_to_do(misdated: Misdated, theirs: int | None, zh: str, en: str) -> None:
    said = clock_words(misdated, NOW, theirs)
    assert zh in said.zh
    assert en in said.en


def test_the_times_are_those_of_the_machines_own_clock() -> None:
    said = clock_words(Misdated.LATE, NOW, NOW - 24 * HOUR)
    assert said.zh.count("2026-05-") == said.en.count("2026-05-") == 2


def test_a_station_says_it_at_once_and_in_both_languages() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise connection_error(9)

    station, pauses = client(answer)
    with pytest.raises(WrongClock, match=r"尚未生效.* / the server's certificate looks not yet valid") as told:
        station.status()
    assert isinstance(told.value, Unreachable)
    assert (len(asked), pauses) == (1, [])


def test_the_servers_time_is_asked_for_without_believing_it() -> None:
    answer = httpx2.Response(200, headers={"date": "Thu, 28 May 2026 20:26:40 GMT"})
    assert told_time("https://s/", transport=httpx2.MockTransport(lambda _: answer)) == NOW
    assert time_in(httpx2.Response(200)) is None

    def broken(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("gone")

    assert told_time("https://s", transport=httpx2.MockTransport(broken)) is None


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Thu, 01 Jan 1925 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 +9999999999",
        "Sat, 01 Jan 2107 00:00:00 GMT",
        "x",
    ],
)
def test_a_time_that_no_machine_can_write_is_none(date: str) -> None:
    """It comes from whoever stands in the way, and must not end the station that asks."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"date": date})

    time = told_time("https://server", transport=httpx2.MockTransport(answer))
    assert time is None
    assert clock_words(Misdated.LATE, NOW, time).zh


def test_of_an_answer_without_an_end_the_beginning_is_read() -> None:
    class Endless(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            raise AssertionError("the body was read")

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"date": "Thu, 28 May 2026 20:26:40 GMT"}, stream=Endless())

    assert told_time("https://server", transport=httpx2.MockTransport(answer)) == NOW
