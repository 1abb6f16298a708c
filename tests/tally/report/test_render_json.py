import json

from tally.report.model import DocumentKind
from tally.report.render_json import document_json
from tests.tally.report.samples import SIMULATED, election, made


def test_everything_is_in_the_file() -> None:
    document = made(election(160, 100), DocumentKind.COUNT, SIMULATED)
    content = document_json(document)
    value = json.loads(content)
    assert content.endswith(b"}\n")
    assert value["kind"] == "count_report"
    assert value["simulated"] is True
    assert value["provenance"]["contest"] == "committee"
    tables = [block for block in value["sheets"][0]["blocks"] if "rows" in block]
    assert tables[0]["rows"][1][2] == 100


def test_the_same_document_is_the_same_bytes() -> None:
    first, second = (document_json(made(election(160), DocumentKind.ELECTED)) for _ in range(2))
    assert first == second
    assert b'"name"' in first
