"""Reading what a page's form sends, and never more of it than the form may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from python_multipart import FormParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field as PartField
from python_multipart.multipart import File as PartFile
from python_multipart.multipart import parse_options_header

from api.bodies import read_body
from api.errors import SaidError
from ballots.screen.words import Said
from voting_core.secret import Secret

FORM_BYTES: Final = 65_536
"""A form without a file; the longest is a page of scanned cards."""

UPLOAD_BYTES: Final = 8_000_000
"""A form with a table; a roll of 20,000 lines has less."""

MAX_FIELDS: Final = 2_000
"""Fields of a form; the largest edits a table of 100 rows."""

_BAD: Final = Said("表单无法读取，请重新打开页面再试", "The form cannot be read; open the page again")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a form; the name is only for telling people which one it was."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form: the values of each name in their order, and the files by field name.

    `uploads` are all files with the names of their fields, `files` the last one of each field.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)
    uploads: tuple[tuple[str, Upload], ...] = field(default=(), repr=False)

    def text(self, name: str) -> str:
        """The one value of a field, without spaces around it; empty when there is none."""
        return self.values.get(name, ("",))[-1].strip()

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return self.values.get(name, ())

    def secret(self, name: str) -> Secret[str]:
        """A value that must not be shown, exactly as it was typed."""
        return Secret(self.values.get(name, ("",))[-1])

    def file(self, name: str) -> Upload | None:
        """A file; None when nobody chose one."""
        found = self.files.get(name)
        return found if found is not None and (found.name or found.content) else None

    def every_file(self, name: str) -> tuple[Upload, ...]:
        """All files of a field that takes several, in their order."""
        return tuple(upload for field_name, upload in self.uploads if field_name == name and upload.name)


async def read_form(request: Request, limit: int = FORM_BYTES) -> Form:
    """Read the body as a form.

    Raises:
        TooLargeError: it has more than `limit` bytes.
        SaidError: it is no form, or has too many fields.
    """
    body = await read_body(request, limit)
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    try:
        if kind == b"application/x-www-form-urlencoded":
            return _form(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS), [])
        if kind == b"multipart/form-data" and b"boundary" in options:
            return _read_parts(body, options[b"boundary"], limit)
    except (ValueError, FormParserError):
        raise SaidError(_BAD, status=400) from None
    raise SaidError(_BAD, status=400)


def _read_parts(body: bytes, boundary: bytes, limit: int) -> Form:
    values: list[tuple[str, str]] = []
    files: list[tuple[str, Upload]] = []

    def on_field(part: PartField) -> None:
        values.append((_text(part.field_name), _text(part.value)))
        if len(values) > MAX_FIELDS:
            raise FormParserError("too many fields")

    def on_file(part: PartFile) -> None:
        part.file_object.seek(0)
        files.append((_text(part.field_name), Upload(_text(part.file_name), part.file_object.read())))
        if len(files) > MAX_FIELDS:
            raise FormParserError("too many files")

    # Everything is in memory already, so nothing is ever put on the disk.
    config = {"MAX_MEMORY_FILE_SIZE": limit + 1}
    parser = FormParser("multipart/form-data", on_field, on_file, boundary=boundary, config=config)
    parser.write(body)
    parser.finalize()
    return _form(values, files)


def _form(pairs: list[tuple[str, str]], files: list[tuple[str, Upload]]) -> Form:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value)
    return Form(values, dict(files), tuple(files))


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8")
