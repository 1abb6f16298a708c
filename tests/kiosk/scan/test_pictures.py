import io
from pathlib import Path

import pytest
from PIL import Image

from kiosk.scan import pictures
from kiosk.scan.pictures import files_of, pictures_in, pictures_of
from tests.kiosk.scan.papers import png
from voting_core.errors import InputError

GREY = Image.new("L", (30, 20), 90)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_become_grey(form: str) -> None:
    (found,) = pictures_of(saved(Image.new("RGB", (30, 20), (90, 90, 90)), form), "scan")
    assert (found.place, found.page, found.image.mode, found.image.size) == ("scan", 1, "L", (30, 20))
    assert abs(found.image.getpixel((3, 3)) - 90) <= 1
    assert found.name == "scan · 1"


def test_all_pages_of_a_tiff_and_of_a_pdf_file() -> None:
    tiff = saved(GREY, "TIFF", save_all=True, append_images=[GREY, GREY])
    assert [page.page for page in pictures_of(tiff, "scan")] == [1, 2, 3]
    pdf = saved(GREY, "PDF", save_all=True, append_images=[GREY], resolution=300)
    pages = list(pictures_of(pdf, "scan"))
    assert [page.page for page in pages] == [1, 2]
    assert all(page.image.width == 30 and page.image.height in (20, 21) for page in pages)


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7 and nothing", png(GREY)[:40], saved(GREY, "GIF")])
def test_what_is_no_picture_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="300 dpi"):
        list(pictures_of(content, "scan"))


def test_a_page_that_is_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 599)
    for content in (png(GREY), saved(GREY, "PDF", resolution=300)):
        with pytest.raises(InputError, match=r"30 x 2[01] points"):
            list(pictures_of(content, "scan"))


def test_files_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.png", "a.JPG", "notes.txt"):
        (tmp_path / name).write_bytes(png(GREY))
    assert [path.name for path in files_of([tmp_path, tmp_path / "notes.txt"])] == ["a.JPG", "b.png", "notes.txt"]
    assert [page.place for page in pictures_in(tmp_path / "b.png")] == ["b.png"]
    with pytest.raises(InputError, match="no such file"):
        files_of([tmp_path / "none.png"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no scanned page"):
        files_of([tmp_path / "empty"])
    monkeypatch.setattr(pictures, "MAX_FILE_BYTES", 10)
    with pytest.raises(InputError, match="fewer pages"):
        list(pictures_in(tmp_path / "b.png"))
