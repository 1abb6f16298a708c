from tally.entry_words.naming import defined_title, signer_of, title_of, titled, trustee_name
from tally.state import initial
from tests.support.session import SessionBuilder


def test_keys_are_called_by_whose_they_are() -> None:
    builder = SessionBuilder().run(until="issued")
    state = builder.state
    assert signer_of(state, builder.officials[1].public).zh == "工作人员 2"
    assert signer_of(state, builder.trustees[1].signing.public).zh == f"监票人 {state.trustees[1].name}"
    assert signer_of(state, builder.kiosks[0].public).en == "kiosk K01"
    assert signer_of(state, builder.box.public).en == "the ballot box"
    assert signer_of(state, next(iter(state.credentials))).en == "a card"
    assert signer_of(state, bytes(32)).en == "somebody new"
    assert trustee_name(state, 9) == "#9"


def test_titles_stand_alone_where_there_is_no_english_one() -> None:
    assert title_of(initial(), "motion") == ("motion", "motion")
    assert titled("议案", "") == ("议案", "议案")
    assert defined_title({"id": "a", "title": {"zh": "议案", "en": "Motion"}}) == ("议案", "Motion")
    assert defined_title({"id": "a", "title": 7}) == ("a", "a")
