"""Figures are for whoever runs the server, and tell no ballot by itself."""

from tests.api.hall import Hall


def operator(hall: Hall) -> dict[str, str]:
    return {"Authorization": f"Bearer {hall.settings.operator_token_file.read_text()}"}


def test_figures_need_the_operators_token(hall: Hall) -> None:
    assert hall.client.get("/metrics").status_code == 401
    assert hall.client.get("/metrics", headers=hall.token).status_code == 401
    answer = hall.client.get("/metrics", headers=operator(hall))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")


def test_ballots_are_told_when_eight_have_come(hall: Hall) -> None:
    told = 'plenum_request_seconds_count{answer="2xx",kind="ballots"} '
    for card in range(7):
        hall.cast(card)
        assert told not in hall.client.get("/metrics", headers=operator(hall)).text
    hall.cast(7)
    assert told + "8" in hall.client.get("/metrics", headers=operator(hall)).text
