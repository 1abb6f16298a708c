from api.store.setup import replace_setup, revision_of
from ballots.paper_setting import PaperSetting, PaperUse
from tests.api.hall import Hall
from tests.kiosk.booth import client_of


def test_a_kiosk_asks_whether_ballots_are_printed(hall: Hall) -> None:
    assert hall.client.get("/v1/paper").json() == {"use": "", "evaluations": False}
    assert client_of(hall.client).paper() is None
    draft = {"session.toml": b'[session]\npaper = "record"\n'}
    hall.service.writer.submit(replace_setup(draft, revision_of({}))).result()
    assert hall.client.get("/v1/paper").json() == {"use": "record", "evaluations": False}
    assert client_of(hall.client).paper() == PaperSetting(PaperUse.RECORD)
