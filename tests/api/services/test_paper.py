from api.services.paper import session_paper
from api.store.setup import replace_setup, revision_of
from ballots.paper_setting import PaperSetting, PaperUse
from tests.api.hall import Hall


def test_the_draft_says_whether_kiosks_print(hall: Hall) -> None:
    assert session_paper(hall.service) is None
    draft = {"session.toml": b'[session]\npaper = "audit"\npaper_evaluations = true\n'}
    hall.service.writer.submit(replace_setup(draft, revision_of({}))).result()
    assert session_paper(hall.service) == PaperSetting(PaperUse.AUDIT, evaluations=True)
    changed = {"session.toml": b'[session]\npaper = "record"\n', "roll.csv": b"x"}
    hall.service.writer.submit(replace_setup(changed, revision_of(draft))).result()
    assert session_paper(hall.service) == PaperSetting(PaperUse.RECORD)
