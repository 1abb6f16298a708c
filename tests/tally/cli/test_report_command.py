import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tally.cli.app import build_app
from tests.support.pdf import text_of
from tests.tally.cli.test_verify_command import FINGERPRINT, RECORD, broken


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["report", *map(str, arguments)])


def test_a_record_gives_all_its_reports(tmp_path: Path) -> None:
    result = run(RECORD, "--out", tmp_path, "--fingerprint", FINGERPRINT)
    assert result.exit_code == 0
    assert "unanchored" not in result.stdout
    names = {path.name for path in tmp_path.iterdir()}
    assert {"日志摘要.pdf", "日志摘要.xlsx", "日志摘要.json", "到会情况.pdf"} <= names
    assert len(names) % 3 == 0
    assert f"{len(names) // 3} 份报告" in result.stdout
    assert FINGERPRINT in text_of((tmp_path / "日志摘要.pdf").read_bytes())


def test_printing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run(RECORD, "--out", tmp_path / folder).exit_code == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_without_a_fingerprint_it_says_so(tmp_path: Path) -> None:
    assert "unanchored" in run(RECORD, "--out", tmp_path).stdout


def test_a_record_with_findings_is_not_printed(tmp_path: Path) -> None:
    result = run(broken(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "未通过" in result.stdout
    assert not (tmp_path / "out").exists()


def test_the_code_of_a_printed_report_is_compared(tmp_path: Path) -> None:
    run(RECORD, "--out", tmp_path)
    code = json.loads((tmp_path / "日志摘要.json").read_text(encoding="utf-8"))["provenance"]["code"]
    result = run(RECORD, "--check", code, "--out", tmp_path / "none")
    assert result.exit_code == 0
    assert "相符" in result.stdout
    assert not (tmp_path / "none").exists()
    other = run(RECORD, "--check", code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert other.exit_code == 1
    assert "another root" in other.stdout


def test_what_is_no_record_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")
    assert run(tmp_path / "a.zip", "--out", tmp_path / "out").exit_code != 0
    assert not (tmp_path / "out").exists()


TRUST_TABLE = (
    "编号,姓名,表决事项,会议,分母,基数,加权和,加权票数,信任\n0078,李红香,trust,s-1,有效票数,300,25000,290,250\n"
)


def test_an_earlier_result_and_a_day_may_be_given(tmp_path: Path) -> None:
    table = tmp_path / "earlier-trust.csv"
    table.write_text(TRUST_TABLE, encoding="utf-8")
    result = run(RECORD, "--out", tmp_path / "out", "--earlier", table, "--day", "2027-01-07")
    assert result.exit_code == 0

    table.write_text(TRUST_TABLE.replace("有效票数", "人数"), encoding="utf-8")
    result = run(RECORD, "--out", tmp_path / "none", "--earlier", table)
    assert result.exit_code != 0
    assert "is no denominator" in str(result.exception)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    result = run(RECORD, "--out", tmp_path / "none", "--day", "7.1.2027")
    assert result.exit_code != 0
    assert "7.1.2027" in str(result.exception)
    assert not (tmp_path / "none").exists()
