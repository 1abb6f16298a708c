"""Typesetting: a packaged template and a JSON value make a PDF file, the same bytes each time.

* Text goes in as data (``sys.inputs``), never as source, so that no name can be read as a command.
* Only the packaged fonts are used; a font of the machine changes nothing. Every text is checked against them first.
* The typesetter reads nothing but the folder of the template. What it warns of is an error.
* PDF/A-2a: fonts are embedded, text can be copied and read aloud.
"""

import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Final

import typst

from ballots.paper.glyphs import check_value
from voting_core.codec import JsonValue
from voting_core.errors import PlenumError
from voting_core.secret import Secret

_STANDARD: Final = "a-2a"


class TypesettingError(PlenumError):
    """The typesetter refused a template, or warned: a defect of the program. Never holds data that is secret."""

    def __init__(self, template: str, problem: str) -> None:
        super().__init__(template, problem)
        self.template = template
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.template} cannot be typeset: {self.problem}. Report this defect; nothing was printed"


def typeset(package: str, template: str, data: JsonValue, day: date) -> bytes:
    """Typeset a template of a package with the data it asks for; `day` is the date that the file carries.

    Raises:
        UnprintableError: a text has a character that cannot be printed.
        TypesettingError: the template does not fit the data, or is wrong.
    """
    check_value(data, template)
    pdf, problem = _compiled(package, template, json.dumps(data, ensure_ascii=False), day)
    if pdf is None:
        raise TypesettingError(template, problem)
    return pdf


def typeset_secret(package: str, template: str, data: Secret[JsonValue], day: date) -> Secret[bytes]:
    """The same where the data hold secrets: they are in memory only, and no error repeats them.

    Texts that are not secret are to be checked by the caller; of the others only ASCII is printed.

    Raises:
        TypesettingError: as :func:`typeset`, without the typesetter's words.
    """
    pdf, _ = _compiled(package, template, json.dumps(data.reveal(), ensure_ascii=False), day)
    if pdf is None:
        raise TypesettingError(template, "what the typesetter said is withheld, as the data are secret")
    return Secret(pdf)


def _compiled(package: str, template: str, data: str, day: date) -> tuple[bytes | None, str]:
    """The PDF, or None and what the typesetter said."""
    with ExitStack() as stack:
        main = stack.enter_context(as_file(files(package) / template))
        try:
            compiler = typst.Compiler(
                main, root=main.parent, font_paths=_fonts()[0], ignore_system_fonts=True, sys_inputs={"data": data}
            )
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=[_STANDARD], timestamp=datetime.combine(day, time(), UTC)
            )
        except RuntimeError as error:
            return None, str(error)
    if warnings or not isinstance(pdf, bytes):
        return None, "; ".join(str(warning) for warning in warnings) or "it gave no file"
    return pdf, ""


@lru_cache(maxsize=1)
def _fonts() -> tuple[typst.Fonts, ExitStack]:
    """The packaged fonts, and what keeps their files there: they are read when they are first needed."""
    kept = ExitStack()
    folder = kept.enter_context(as_file(files(__package__) / "fonts"))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]), kept
