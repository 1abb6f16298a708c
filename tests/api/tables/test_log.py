from api.tables import log
from tests.api.tables.columns import columns_of


def test_the_log_has_bytes_and_hashes_alone() -> None:
    assert columns_of(log.EntryRow) == ("idx", "raw", "leaf")
    assert columns_of(log.CheckpointRow) == ("size", "note")
    assert columns_of(log.CosignatureRow) == ("size", "trustee", "line")
    assert columns_of(log.CommitRow) == ("id", "number")
