from api.tables.setup import SetupFileRow, SetupImportRow


def test_no_column_tells_time_order_or_who() -> None:
    assert set(SetupFileRow.model_fields) == {"name", "content"}
    assert set(SetupImportRow.model_fields) == {"id", "target", "file_name", "content"}
