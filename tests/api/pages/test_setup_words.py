from api.pages.setup_words import BODIES, CAPTURES, COLUMNS, KINDS, PURPOSES, STAGES, WRITE_INS
from ballots.contest import Capture, Kind, Purpose, Stage, WriteInWay
from tally.plan.people import CAPACITY, NAME, NUMBER, POSITION, STATUS


def test_every_word_of_the_file_has_its_words() -> None:
    assert set(KINDS) == {kind.value for kind in Kind}
    assert set(STAGES) == {stage.value for stage in Stage} - {Stage.NONE.value}
    assert set(PURPOSES) == {purpose.value for purpose in Purpose}
    assert set(CAPTURES) == {capture.value for capture in Capture}
    assert set(WRITE_INS) - {""} == {way.value for way in WriteInWay} - {WriteInWay.NONE.value}


def test_both_languages_are_there() -> None:
    for words in (BODIES, CAPTURES, COLUMNS, KINDS, PURPOSES, STAGES, WRITE_INS):
        assert all(said.zh and said.en for said in words.values())


def test_columns_that_the_program_reads_are_explained_and_keep_the_names_of_the_file() -> None:
    assert {NUMBER, NAME, STATUS, CAPACITY, POSITION} <= set(COLUMNS)
    assert all(said.en.startswith(f"{name} (") and said.zh == name for name, said in COLUMNS.items())
