import pytest

from kiosk.client import Refused, Unreachable
from kiosk.station_page.problems import Wrong, detail_of, said_of
from voting_core.errors import EncodingError, FatalError, InputError, PlenumError, StateError, VerificationError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unreachable("no answer"), "服务没有应答"),
        (VerificationError("V7.C", "12 generated …"), "数目对不上"),
        (Refused(422, "V4.D", "not now", {}), "时机不对"),
        (Refused(500, "http", "status 500", {}), "没有完成"),
        (VerificationError("V9.A", "the log has grown"), "重新发起"),
        (StateError("later"), "现在不能这样做"),
        (InputError("root code of report", "this station has …", "…"), "谁也不要签"),
        (InputError("root code", "it has 3 characters", "…"), "没有读全"),
        (InputError("/x/key.json", "the passphrase is wrong, or the file was changed", "…"), "口令不对"),
        (InputError("enrolment code", "a typed code does not say where the server is", "…"), "请在下面填写服务地址"),
        (InputError("enrolment code", "it has 3 characters", "…"), "登记码没有读全"),
        (InputError("key file", "it belongs to another session or scrutineer", "…"), "另一场会议"),
        (EncodingError("x", "y"), "没有完成"),
        (FatalError("two logs"), "没有完成"),
        (Wrong("请填写", "fill in"), "请填写"),
    ],
)
def test_every_error_has_a_sentence(error: PlenumError, words: str) -> None:
    said = said_of(error)
    assert words in said.zh
    assert said.en
    assert detail_of(error) == ("" if isinstance(error, Wrong) else str(error))
