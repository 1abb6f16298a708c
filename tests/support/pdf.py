"""Reads PDF files back with another program than the one that made them."""

import pypdfium2

SCALE = 8
PIXELS_A_MM = SCALE * 72 / 25.4
DARK = 128


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page; white space between pieces as it comes."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return texts


def text_of(pdf: bytes) -> str:
    """All text without any white space: a name may be broken over lines."""
    return "".join("".join(page_texts(pdf)).split())


def code_in(pdf: bytes, page: int, box: tuple[float, float, float, float], side: int) -> list[list[bool]]:
    """The modules of the QR code that is lowest within a box (left, top, right, bottom, in millimetres) of a page."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[page].render(scale=SCALE, grayscale=True)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    document.close()
    left, top, right, bottom = (int(edge * PIXELS_A_MM) for edge in box)
    lines = [pixels[y * stride + left : y * stride + right] for y in range(top, bottom)]
    dark = [[value < DARK for value in line] for line in lines]
    used = [number for number, line in enumerate(dark) if any(line)]
    gaps = [at for at in range(1, len(used)) if used[at] - used[at - 1] > PIXELS_A_MM]
    used = used[gaps[-1] :] if gaps else used
    dark = dark[used[0] : used[-1] + 1]
    columns = [number for number in range(right - left) if any(line[number] for line in dark)]
    module = len(dark) / side
    places = [int((number + 0.5) * module) for number in range(side)]
    return [[dark[y][columns[0] + x] for x in places] for y in places]
