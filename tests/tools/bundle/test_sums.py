"""SHA256SUMS is what sha256sum reads."""

import subprocess

from tools.bundle.sums import NAME, sums


def test_every_file_but_the_list_is_in_it(tmp_path):
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a folder" / "文件").write_text("x")
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / NAME).write_text(sums(tmp_path), encoding="utf-8")
    (tmp_path / NAME).write_text(sums(tmp_path), encoding="utf-8")
    lines = (tmp_path / NAME).read_text(encoding="utf-8").splitlines()
    assert [line[66:] for line in lines] == ["a folder/文件", "b"]
    check = ["sha256sum", "--check", "--quiet", "--strict", NAME]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "b").write_text("changed")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1
