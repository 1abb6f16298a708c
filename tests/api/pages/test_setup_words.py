from api.pages.setup_words import BODIES, CAPTURES, KINDS, PURPOSES, STAGES, WRITE_INS
from ballots.contest import Capture, Kind, Purpose, Stage, WriteInWay


def test_every_word_of_the_file_has_its_words() -> None:
    assert set(KINDS) == {kind.value for kind in Kind}
    assert set(STAGES) == {stage.value for stage in Stage} - {Stage.NONE.value}
    assert set(PURPOSES) == {purpose.value for purpose in Purpose}
    assert set(CAPTURES) == {capture.value for capture in Capture}
    assert set(WRITE_INS) - {""} == {way.value for way in WriteInWay} - {WriteInWay.NONE.value}


def test_both_languages_are_there() -> None:
    for words in (BODIES, CAPTURES, KINDS, PURPOSES, STAGES, WRITE_INS):
        assert all(said.zh and said.en for said in words.values())
