"""Rendering pages from templates, strictly.

* Whatever a template prints is escaped; a name that nobody gave stops the rendering.
* Visible words are printed with ``say("中文", "English")``, or ``say(title)`` for what has both texts.
* Templates carry no script and no style of their own: :mod:`ballots.screen.policy` forbids both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import jinja2

from ballots.paper.qr import qr_path, qr_size
from ballots.screen.assets import address_of
from ballots.screen.words import Bilingual, Language, Said, in_language

SHARED: Final = "ballots.screen"


@dataclass(frozen=True, slots=True)
class Pages:
    """Templates of one shell, with the shared ones below them. A package's own template goes before a shared one.

    `package` is the importable package whose folder `templates` they lie in.
    """

    package: str

    def render(self, template: str, language: Language, **values: object) -> str:
        """The page as HTML.

        Raises:
            jinja2.TemplateError: the template is wrong, or a value that it prints was not given.
        """
        return (
            _environment(self.package)
            .get_template(template)
            .render(say=_sayer(language), lang=language, other_lang=language.other, Said=Said, **values)
        )


_ENVIRONMENTS: Final[dict[str, jinja2.Environment]] = {}


def _environment(package: str) -> jinja2.Environment:
    if package not in _ENVIRONMENTS:
        packages = dict.fromkeys((package, SHARED))
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.PackageLoader(name, "templates") for name in packages]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.globals["asset"] = address_of
        environment.globals["qr_path"] = qr_path
        environment.globals["qr_size"] = qr_size
        environment.filters["number"] = _number
        _ENVIRONMENTS[package] = environment
    return _ENVIRONMENTS[package]


def _sayer(language: Language) -> Callable[..., str]:
    def say(first: str | Bilingual, english: str | None = None, /, **values: object) -> str:
        if isinstance(first, str):
            if english is None:
                raise TypeError(f"no English is given for {first!r}")
            first = Said(first, english)
        text = in_language(first, language)
        return text.format(**values) if values else text

    return say


def _number(value: int) -> str:
    """An integer with thin groups of three digits, as both languages read it."""
    return f"{value:,}"
