import io

from tally.record.read import RecordReader
from tests.api.hall import Hall


def test_there_is_no_record_without_a_session(empty_hall: Hall) -> None:
    assert empty_hall.client.get("/v1/record").json()["code"] == "state"


def test_the_record_is_the_log(hall: Hall) -> None:
    answer = hall.client.get("/v1/record")
    assert answer.headers["content-type"] == "application/zip"
    assert list(RecordReader(io.BytesIO(answer.content)).entries()) == hall.world.entries
