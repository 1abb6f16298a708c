"""The county's own rule sets: their files as text, with what the checker says of the text beside it."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.errors import MissingError
from api.pages.setup_draft import ask_again, draft_of, edit, problems_of, saved, setup_page
from api.pages.setup_words import KINDS
from api.policies import Needs, form_of, page_router
from api.services.setup import Draft
from ballots.screen.words import Said
from tally.drafting.problem_words import ProblemWords, words_of
from tally.drafting.rule_files import (
    CheckedRules,
    check_rules,
    new_rules,
    remove_rules,
    rule_files,
    rule_text,
    save_rules,
)
from tally.rules.county_file import MAX_FILE_BYTES
from tally.rules.difference import differences
from tally.rules.instruments import instrument_words
from tally.rules.loader import available_rule_sets, load_rule_set
from voting_core.errors import InputError

router = page_router()

FORM_BYTES: Final = 4 * MAX_FILE_BYTES
"""A form writes a Chinese character of three bytes in nine."""

Official = Needs(Role.OFFICIAL)
OfficialWithText = Needs(Role.OFFICIAL, form_bytes=FORM_BYTES)
_REMOVE: Final = Said("删除这个规则文件？", "Remove this rule file?")
_FILE: Final = Said("文件", "File")


@router.get("/setup/rule-files", dependencies=[Official])
async def rules_list(request: Request) -> Response:
    """The rule files of the draft, and the packaged sets that a new one can begin with."""
    draft = await draft_of(request)
    return setup_page(
        request,
        "rule_files.html",
        draft,
        names=rule_files(draft.files),
        sets=[load_rule_set(name) for name in available_rule_sets()],
        kinds=KINDS,
    )


@router.get("/setup/new-rule-file", dependencies=[Official])
async def new(request: Request) -> Response:
    """A text that inherits the packaged set which the address names; nothing is saved yet."""
    draft = await draft_of(request)
    try:
        name, text = new_rules(draft.files, request.query_params.get("source", ""))
    except InputError as error:
        raise MissingError("there is no such rule set") from error
    return await _show(request, draft, name, text, new=True)


@router.post("/setup/new-rule-file", dependencies=[OfficialWithText])
async def add(request: Request) -> Response:
    """Check a new text, or save it."""
    return await _check_or_save(request, form_of(request).text("name"), new=True)


@router.get("/setup/rule-files/{name}", dependencies=[Official])
async def text_of(request: Request, name: str) -> Response:
    """A rule file as text, with what the checker says of it."""
    draft = await draft_of(request)
    return await _show(request, draft, name, _text(draft, name), checked=True)


@router.post("/setup/rule-files/{name}", dependencies=[OfficialWithText])
async def change(request: Request, name: str) -> Response:
    """Check another text, or save it."""
    _text(await draft_of(request), name)
    return await _check_or_save(request, name)


@router.get("/setup/rule-files/{name}/remove", dependencies=[Official])
async def remove_form(request: Request, name: str) -> Response:
    """Ask once more before a rule file is removed."""
    draft = await draft_of(request)
    _text(draft, name)
    address = f"/setup/rule-files/{name}"
    return ask_again(request, draft, _REMOVE, [(_FILE, name)], f"{address}/remove", address)


@router.post("/setup/rule-files/{name}/remove", dependencies=[Official])
async def remove(request: Request, name: str) -> Response:
    """Remove a rule file."""
    draft = await draft_of(request)
    text = _text(draft, name)
    problems = await edit(request, lambda files: remove_rules(files, name))
    return await _show(request, draft, name, text, problems) if problems else saved(request, "/setup/rule-files")


async def _check_or_save(request: Request, name: str, *, new: bool = False) -> Response:
    # Spaces at the end of a text are part of it.
    form = form_of(request)
    text = form.every("text")[-1] if form.every("text") else ""
    if form.text("action") == "check":
        return await _show(request, await draft_of(request), name, text, checked=True, new=new)
    problems = await edit(request, lambda files: save_rules(files, name, text))
    if problems:
        return await _show(request, await draft_of(request), name, text, problems, new=new)
    return saved(request, f"/setup/rule-files/{name}")


async def _show(
    request: Request,
    draft: Draft,
    name: str,
    text: str,
    problems: tuple[ProblemWords, ...] = (),
    *,
    checked: bool = False,
    new: bool = False,
) -> Response:
    """The text; `checked` tells what the checker says of it, and is no refusal."""
    found: CheckedRules | None = None
    if checked:
        try:
            found = await asyncio.to_thread(check_rules, draft.files, name, text)
        except InputError as error:
            problems = problems_of(error)
    county = found.county if found else None
    return setup_page(
        request,
        "rule_file.html",
        draft,
        problems=problems,
        name=name,
        text=text,
        new=new,
        checked=found is not None,
        wrong=[words_of(one) for one in found.problems] if found else (),
        consequences=[words_of(one) for one in found.consequences] if found else (),
        rules=county.rules if county else None,
        instrument=instrument_words(county.rules.instrument) if county else None,
        parent=county.parent if county else None,
        changed=differences(county.parent, county.rules) if county and county.parent else (),
    )


def _text(draft: Draft, name: str) -> str:
    try:
        return rule_text(draft.files, name)
    except InputError as error:
        raise MissingError("the draft has no such rule file") from error
