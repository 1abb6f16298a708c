from ballots.screen.assets import address_of
from tests.api.hall import Hall


def test_files_are_kept_for_ever_and_change_their_address(empty_hall: Hall) -> None:
    for name in ("plenum.css", "live.js", "filter.js", "mark.svg", "plenum-hei.otf"):
        answer = empty_hall.client.get(address_of(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert empty_hall.client.get("/static/000000000000/plenum.css").status_code == 404
    assert empty_hall.client.get("/static/x/..%2f..%2fmain.py").status_code == 404
