"""Finding somebody at the desk."""

import pytest

from api.services.finding import MAX_HITS, MAX_QUERY, How, Listed, PeopleIndex
from ballots.card import new_card_secret, typed_code
from ballots.qr.credential import encode_credential
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError

ROLL = [
    Listed("0001", "张伟", "城关镇"),
    Listed("0002", "张伟", "河口乡"),
    Listed("0003", "解学龙", "城关镇"),
    Listed("0004", "单于雄飞", "城关镇"),
    Listed("0005", "买买提·艾山", "牧区"),
    Listed("0006", "吕布", "牧区"),
    Listed("0007", "王建国", "牧区"),
    Listed("0070", "周文", "牧区"),
]
INDEX = PeopleIndex(ROLL)


def found(query: str) -> list[tuple[str, How]]:
    return [(hit.person.number, hit.how) for hit in INDEX.find(query).hits]


@pytest.mark.parametrize(
    ("query", "number", "how"),
    [
        ("0003", "0003", How.NUMBER),
        ("3", "0003", How.NUMBER_WITHOUT_ZEROS),
        ("０００３", "0003", How.NUMBER),
        ("0003\r\n", "0003", How.NUMBER),
        ("解学龙", "0003", How.NAME),
        ("解", "0003", How.NAME_BEGINS),
        ("学龙", "0003", How.NAME_HOLDS),
        ("xxl", "0003", How.PINYIN),
        ("xiexuelong", "0003", How.PINYIN),
        ("Xiè Xuélóng", "0003", How.PINYIN),
        ("xiexue", "0003", How.PINYIN_BEGINS),
        ("jiexl", "0003", How.OTHER_READING),
        ("解xl", "0003", How.PINYIN),
        ("xuelong", "0003", How.GIVEN_NAME),
        ("cyxf", "0004", How.PINYIN),
        ("chanyu", "0004", How.PINYIN_BEGINS),
        ("danyu", "0004", How.OTHER_READING),
        ("买买提艾山", "0005", How.NAME),
        ("mmtas", "0005", How.PINYIN),
        ("lvbu", "0006", How.PINYIN),
        ("lubu", "0006", How.OTHER_READING),
        ("jianguo", "0007", How.GIVEN_NAME),
    ],
)
def test_a_person_is_found(query: str, number: str, how: How) -> None:
    assert found(query) == [(number, how)]
    only = INDEX.find(query).only
    assert only is not None
    assert only.number == number


def test_the_better_fit_comes_first() -> None:
    assert found("zw") == [("0001", How.PINYIN), ("0002", How.PINYIN), ("0070", How.PINYIN)]
    assert found("7") == [("0007", How.NUMBER_WITHOUT_ZEROS)]
    assert found("70")[0] == ("0070", How.NUMBER_WITHOUT_ZEROS)


def test_a_surname_written_in_full_is_not_taken_for_pieces_of_a_longer_name() -> None:
    index = PeopleIndex([Listed("1", "王宁光", ""), Listed("2", "王", ""), Listed("3", "张伟", "")])
    assert [(hit.person.number, hit.how) for hit in index.find("wang").hits] == [
        ("2", How.PINYIN),
        ("1", How.PINYIN_BEGINS),
    ]
    for query in ("zhangwei", "zw", "zhw", "zwei"):
        assert index.find(query).hits[0].how is How.PINYIN
    assert index.find("zhangwe").hits[0].how is How.PINYIN_BEGINS


def test_people_of_one_name_are_never_chosen_between() -> None:
    answer = INDEX.find("张伟")
    assert [(hit.person.number, hit.shares_name) for hit in answer.hits] == [("0001", True), ("0002", True)]
    assert answer.only is None


def test_numbers_alike_but_for_zeros_are_told_apart() -> None:
    index = PeopleIndex([Listed("7", "甲", ""), Listed("07", "乙", "")])
    for number in ("7", "07"):
        only = index.find(number).only
        assert only is not None
        assert only.number == number
    assert index.find("007").only is None


@pytest.mark.parametrize("query", ["", "  ", "\r\n", "zzz", "张张", "9999"])
def test_nobody_is_found(query: str) -> None:
    answer = INDEX.find(query)
    assert (answer.hits, answer.total, answer.only) == ((), 0, None)


def test_more_hits_than_anybody_reads_are_counted() -> None:
    answer = PeopleIndex([Listed(f"{number:04}", "李明", "") for number in range(60)]).find("lm")
    assert (len(answer.hits), answer.total) == (MAX_HITS, 60)


def test_a_voting_card_is_refused_and_never_repeated() -> None:
    card, session = new_card_secret(SeededRng("card")), bytes(range(32))
    for code in (encode_credential(card, session).reveal(), typed_code(card, session).reveal().lower()):
        with pytest.raises(InputError, match="voting card") as caught:
            INDEX.find(code)
        assert code not in str(caught.value)
    assert INDEX.find("x" * MAX_QUERY).total == 0


def test_a_name_of_many_readings_costs_no_more_than_its_length() -> None:
    """Each character begins in several ways with the same letter; counting all paths would never end."""
    assert PeopleIndex([Listed("1", "藏" * 100, "")]).find("z" * MAX_QUERY).total == 1
