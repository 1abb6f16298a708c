import pytest

from tests.api.hall import Hall

BODIES = [
    ("POST", "/v1/ballots", 1_048_576),
    ("POST", "/v1/entries", 1_048_576),
    ("POST", "/v1/proposals", 1_048_576),
    ("POST", f"/v1/proposals/{'0' * 64}/signatures", 1_000),
    ("POST", "/v1/log/cosignatures?size=1", 1_000),
    ("POST", "/v1/checkins", 1_000),
    ("PUT", "/v1/roll", 8_000_000),
]


@pytest.mark.parametrize(("method", "path", "limit"), BODIES)
def test_every_address_that_takes_a_body_limits_it(empty_hall: Hall, method: str, path: str, limit: int) -> None:
    over = b"[" + b"0" * limit
    answer = empty_hall.client.request(method, path, content=over, headers=empty_hall.token)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    parts = (b"0" * 50_000 for _ in range(limit // 50_000 + 1))
    answer = empty_hall.client.request(method, path, content=parts, headers=empty_hall.token)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
