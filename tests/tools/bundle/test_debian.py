"""Debian's packages, with commands that are functions."""

import subprocess
from types import SimpleNamespace

from tests.architecture.tree import ROOT
from tools.bundle import debian

DEPENDS = "chromium\n  Depends: libc6\n |Depends: <virtual>\nlibc6\n<virtual>\n  PreDepends: x\nfonts-noto-cjk\n"


def test_the_list_has_names_and_reasons():
    text = (ROOT / "tools/bundle/files/debian-packages.txt").read_text(encoding="utf-8")
    names = debian.wanted(text)
    assert names == ("python3", "python3-venv", "chromium", "libnss3-tools", "fonts-noto-cjk")
    assert all(" # " in line for line in text.splitlines() if not line.startswith("#"))


def test_packages_come_with_what_they_depend_on_and_an_index(tmp_path, monkeypatch):
    ran = []

    def run(command, **options):
        ran.append(command)
        if command[0] == "apt-get":
            for name in command[3:]:
                (options["cwd"] / f"{name}_1_amd64.deb").write_bytes(name.encode())
        shown = {
            "apt-cache depends": DEPENDS,
            "apt-cache policy": "".join(
                f"{name}:\n  Installed: (none)\n  Candidate: {'(none)' if name == 'libc6' else '1'}\n  Version table:\n"
                for name in command[2:]
            ),
            "dpkg-deb --field": "Package: x\nVersion: 1\n",
        }.get(" ".join(command[:2]), "")
        return SimpleNamespace(stdout=shown)

    monkeypatch.setattr(subprocess, "run", run)
    names = debian.closure(("chromium",))
    assert names == ("chromium", "fonts-noto-cjk", "libc6")
    debian.download(names, tmp_path / "debian")
    assert ["apt-get", "download", "-qq", "chromium", "fonts-noto-cjk"] in ran
    index = (tmp_path / "debian" / "Packages").read_text(encoding="utf-8")
    assert index.count("Package: x\n") == 2
    assert "Filename: ./chromium_1_amd64.deb\nSize: 8\nSHA256: " in index
    assert index.endswith("\n\n")
