import pytest

from kiosk.comparison import Compared, root_code
from voting_core.codec import Fields, JsonValue
from voting_core.errors import EncodingError, InputError

ROOT = bytes.fromhex("00443214c74254b635cf84653a56d7c6") + bytes(16)
CODE = "0123-4567-89AB-CDEF-GHJK"


def read(value: JsonValue) -> Compared:
    return Compared.parse(Fields(value, "request"))


def test_a_root_is_read_aloud_as_twenty_characters() -> None:
    assert root_code(ROOT)[:14] == CODE[:14]
    assert len(root_code(ROOT)) == 24


@pytest.mark.parametrize("typed", [root_code(ROOT), root_code(ROOT).lower(), root_code(ROOT).replace("-", " ")])
def test_a_code_is_taken_as_people_type_it(typed: str) -> None:
    compared = read({"contest": "report", "root_code": typed})
    assert compared.root_code == root_code(ROOT)
    assert read(compared.to_json()) == compared
    compared.require(ROOT)


def test_another_root_is_refused_in_one_sentence() -> None:
    compared = Compared("report", root_code(ROOT))
    with pytest.raises(InputError, match="nothing was signed") as caught:
        compared.require(bytes(32))
    assert root_code(ROOT) in str(caught.value)
    assert root_code(bytes(32)) in str(caught.value)


def test_what_is_no_code_is_refused() -> None:
    for code in ("", "0123", root_code(ROOT) + "0", "U" * 20):
        with pytest.raises(InputError, match="root code"):
            read({"contest": "report", "root_code": code})
    for value in ({"contest": "report"}, {"contest": "report", "root_code": root_code(ROOT), "more": 1}):
        with pytest.raises(EncodingError):
            read(value)
