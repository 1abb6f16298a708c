"""No word of a template is in one language alone, and no template carries script, style or another site's address."""

import re
from importlib import resources
from pathlib import Path

import jinja2
import pytest

from tests.architecture.tree import ROOT

FOLDERS = [
    path
    for path in sorted(ROOT.glob("*/**/templates"))
    if path.parts[len(ROOT.parts)] in ("api", "ballots", "kiosk", "tally")
]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"(?:aria-label|title|alt|placeholder|aria-description)\s*=\s*[\"']([^\"']*)[\"']")
ALLOWED = {"Plenum", "· Plenum", "PDF"}
FORBIDDEN = re.compile(
    r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:|(?:href|src|action)\s*=\s*[\"']?https?://|\|\s*safe\b|autoescape",
    re.IGNORECASE,
)


def bare_words(text: str) -> list[str]:
    """Words outside of expressions: text between tags, and attributes that are read out."""
    plain = JINJA.sub(" ", text)
    found = [part.strip() for part in TAGS.sub("\n", plain).splitlines()]
    found += [part.strip() for part in SPOKEN.findall(plain)]
    return [part for part in found if re.search(r"[A-Za-z\u3400-\u9fff]", part) and part not in ALLOWED]


def one_language(text: str) -> list[str]:
    """Chinese literals of expressions that are not the first of a pair."""
    problems = []
    for literal in re.finditer(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", " ".join(JINJA.findall(text))):
        words = literal[1] if literal[1] is not None else literal[2]
        if not CHINESE.search(words) or words == "中文":
            continue
        rest = " ".join(JINJA.findall(text))[literal.end() :]
        second = re.match(r"(?:\s*~[^,]*)?\s*,\s*[\"']", rest)
        if second is None:
            problems.append(words)
    return problems


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_word_is_in_both_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert bare_words(text) == []
    assert one_language(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_script_or_style(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert FORBIDDEN.findall(text) == []
    jinja2.Environment(autoescape=True).parse(text)


def test_templates_are_found() -> None:
    assert len(TEMPLATES) >= 8
    assert resources.files("ballots.screen").joinpath("templates/layout.html").is_file()


@pytest.mark.parametrize(
    "text",
    ["<p>Hello</p>", "<p>你好</p>", '<a title="Hello">{{ x }}</a>', '<img alt="图">', "<b>{{ a }} of {{ b }}</b>"],
)
def test_a_bare_word_is_found(text: str) -> None:
    assert bare_words(text)


def test_a_lonely_literal_is_found() -> None:
    assert one_language('{{ say("签到") }}') == ["签到"]
    assert one_language('{{ say("签到", "Check in") }}') == []


@pytest.mark.parametrize(
    "text",
    ["<style>", '<p style="x">', "<script>x</script>", '<b onclick="x">', '<a href="https://a.b">', "{{ x | safe }}"],
)
def test_forbidden_things_are_found(text: str) -> None:
    assert FORBIDDEN.search(text)
