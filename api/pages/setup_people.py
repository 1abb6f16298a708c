"""The tables of people: the roll, its changes, and the list of each contest; looked through, and edited row by row."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.errors import MissingError
from api.pages.render import go_to
from api.pages.setup_draft import Official, ask_again, draft_of, edit, saved, setup_page
from api.policies import form_of, page_router
from api.services.setup import Draft
from ballots.contest import Kind
from ballots.screen.words import Said
from tally.drafting.problem_words import ProblemWords, words_of
from tally.drafting.rows import add_row, change_row, move_row, open_table, remove_row
from tally.drafting.sheet import Sheet
from tally.drafting.survey import line_of
from tally.drafting.tables import CHANGES, ROLL, TableRef, contest_target, find_table, required_columns
from tally.plan.people import CAPACITY, NUMBER, STATUS
from tally.plan.problems import InputErrors
from tally.roll.standing import StatusWord
from voting_core.errors import InputError
from voting_core.params import MAX_CREDENTIALS

router = page_router()

PAGE_ROWS: Final = 100
SHOWN_COLUMNS: Final = 7
"""Columns of a table on the page; the others stand together in the last one, so that no page scrolls sideways."""

_FIELD: Final = "cell-"
_YES: Final = "是"
_NO: Final = "否"
_REMOVE_ROW: Final = Said("删除这一行？", "Remove this row?")
_TITLES: Final = {ROLL: Said("名册", "Roll"), CHANGES: Said("名册变动记录", "Changes of the roll")}
_CHOICES: Final = {STATUS: tuple(word.value for word in StatusWord), CAPACITY: ("委员", "候补委员", "列席")}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the page: its place in the table, its cells, the rest, and what is wrong with it."""

    place: int
    cells: tuple[str, ...]
    rest: str
    problems: tuple[ProblemWords, ...]


@router.get("/setup/tables/{target}", dependencies=[Official])
async def table(request: Request, target: str) -> Response:
    """A table with its rows; `q` filters them, `page` counts from 1."""
    return await _show(request, target)


@router.post("/setup/tables/{target}/rows", dependencies=[Official])
async def add(request: Request, target: str) -> Response:
    """Add a row."""
    values = _values(request)
    problems = await edit(request, lambda files: add_row(files, target, values))
    return await _show(request, target, problems, values) if problems else saved(request, f"/setup/tables/{target}")


@router.get("/setup/tables/{target}/rows/{row}", dependencies=[Official])
async def row_form(request: Request, target: str, row: str) -> Response:
    """One row as a form."""
    draft = await draft_of(request)
    sheet = await _open(draft, target)
    place = _place(row)
    if place >= len(sheet.rows):
        raise MissingError("there is no such row")
    values = dict(zip(sheet.columns, sheet.rows[place], strict=True))
    return _row_page(request, draft, target, sheet, place, values, ())


@router.get("/setup/tables/{target}/rows/{row}/remove", dependencies=[Official])
async def remove_form(request: Request, target: str, row: str) -> Response:
    """Ask once more before a row is removed, with all that it says."""
    draft = await draft_of(request)
    sheet, place = await _open(draft, target), _place(row)
    if place >= len(sheet.rows):
        raise MissingError("there is no such row")
    cells = [
        (Said(column, column), cell) for column, cell in zip(sheet.columns, sheet.rows[place], strict=True) if cell
    ]
    return ask_again(
        request, draft, _REMOVE_ROW, cells, f"/setup/tables/{target}/rows/{place}/remove", f"/setup/tables/{target}"
    )


@router.post("/setup/tables/{target}/rows/{row}/remove", dependencies=[Official])
async def remove(request: Request, target: str, row: str) -> Response:
    """Remove a row."""
    place = _place(row)
    problems = await edit(request, lambda files: remove_row(files, target, place))
    if problems:
        return await _show(request, target, problems)
    return saved(request, f"/setup/tables/{target}")


@router.post("/setup/tables/{target}/rows/{row}", dependencies=[Official])
async def change(request: Request, target: str, row: str) -> Response:
    """Change one row, or move it by one."""
    values, action, place = _values(request), form_of(request).text("action"), _place(row)
    match action:
        case "remove":
            return go_to(f"/setup/tables/{target}/rows/{place}/remove")
        case "up" | "down":
            to = place + (-1 if action == "up" else 1)
            problems = await edit(request, lambda files: move_row(files, target, place, to))
        case _:
            problems = await edit(request, lambda files: change_row(files, target, place, values))
    if problems:
        draft = await draft_of(request)
        return _row_page(request, draft, target, await _open(draft, target), place, values, problems)
    return saved(request, f"/setup/tables/{target}")


def title_of(draft: Draft, target: str) -> Said:
    """What a table is called."""
    contest = target.partition(":")[2]
    plans = [plan for plan in draft.plan.contests if plan.id == contest]
    if plans:
        return Said(f"名单：{plans[0].title}", f"Names: {plans[0].english}")
    return _TITLES.get(target, Said(target, target))


async def _show(
    request: Request, target: str, problems: tuple[ProblemWords, ...] = (), values: dict[str, str] | None = None
) -> Response:
    draft = await draft_of(request)
    ref = await asyncio.to_thread(_find, draft, target)
    try:
        sheet = await _open(draft, target)
    except InputErrors as error:
        # A file that cannot be read as a table is replaced by another one.
        sheet, problems = Sheet((), ()), tuple(words_of(one) for one in error.problems)
    wanted = request.query_params.get("q", "").strip()
    places = [n for n, row in enumerate(sheet.rows) if not wanted or any(wanted in cell for cell in row)]
    first, rest = _places(sheet.columns, required_columns(draft.files, target))
    pages = max(1, -(-len(places) // PAGE_ROWS))
    number = request.query_params.get("page", "1")
    page_number = min(max(int(number), 1), pages) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    shown = places[(page_number - 1) * PAGE_ROWS : page_number * PAGE_ROWS]
    wrong: dict[int, list[ProblemWords]] = {}
    for problem in draft.found.of_file(ref.file):
        line = line_of(problem.place, ref.file)
        wrong.setdefault(-1 if line is None else line, []).append(words_of(problem))
    return setup_page(
        request,
        "table.html",
        draft,
        problems=problems,
        target=target,
        title=title_of(draft, target),
        file=ref.file,
        contest=ref.contest,
        columns=tuple(sheet.columns[at] for at in first),
        rest=tuple(sheet.columns[at] for at in rest),
        rows=[_row(sheet, place, wrong, first, rest) for place in shown],
        total=len(sheet.rows),
        matching=len(places),
        whole=wrong.get(-1, []) + wrong.get(1, []),
        q=wanted,
        page_number=page_number,
        pages=pages,
        form_columns=_form_columns(draft, target, sheet),
        required=required_columns(draft.files, target),
        values=values or {},
        choices=_CHOICES,
        refs=_others(draft),
    )


def _places(columns: Sequence[str], required: Collection[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of the page and the rest of them: what every row must have is never among the rest."""
    late = [at for at, name in enumerate(columns) if at >= SHOWN_COLUMNS and name in required]
    others = [at for at, name in enumerate(columns) if at < SHOWN_COLUMNS and name not in required]
    moved = others[len(others) - min(len(late), len(others)) :]
    first = tuple(at for at in range(len(columns)) if at in late or (at < SHOWN_COLUMNS and at not in moved))
    return first, tuple(at for at in range(len(columns)) if at not in first)


def _row(
    sheet: Sheet, place: int, wrong: dict[int, list[ProblemWords]], first: tuple[int, ...], rest: tuple[int, ...]
) -> ShownRow:
    cells = sheet.rows[place]
    # Beside others, 是 would not say what is so.
    told = (sheet.columns[at] if cells[at] == _YES else cells[at] for at in rest)
    text = " · ".join(cell for cell in told if cell and cell != _NO)
    return ShownRow(place, tuple(cells[at] for at in first), text, tuple(wrong.get(sheet.line(place), ())))


def _row_page(
    request: Request,
    draft: Draft,
    target: str,
    sheet: Sheet,
    row: int,
    values: dict[str, str],
    problems: tuple[ProblemWords, ...],
) -> Response:
    return setup_page(
        request,
        "row.html",
        draft,
        problems=problems,
        target=target,
        title=title_of(draft, target),
        row=row,
        last=len(sheet.rows) - 1,
        form_columns=_form_columns(draft, target, sheet),
        required=required_columns(draft.files, target),
        values=values,
        choices=_CHOICES,
        name=values.get("姓名", "") or values.get(NUMBER, ""),
    )


def _place(text: str) -> int:
    """The place of a row as an address has it."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_CREDENTIALS)):
        raise MissingError("there is no such row")
    return int(text)


def _values(request: Request) -> dict[str, str]:
    form = form_of(request)
    return {name[len(_FIELD) :]: form.text(name) for name in form.values if name.startswith(_FIELD)}


def _form_columns(draft: Draft, target: str, sheet: Sheet) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*required_columns(draft.files, target), *sheet.columns)))


def _others(draft: Draft) -> list[tuple[str, Said]]:
    """The other tables, to go to."""
    lists = [contest_target(plan.id) for plan in draft.plan.contests if plan.kind is not Kind.MOTION]
    targets = [ROLL, *lists]
    return [(target, title_of(draft, target)) for target in targets]


async def _open(draft: Draft, target: str) -> Sheet:
    await asyncio.to_thread(_find, draft, target)
    return await asyncio.to_thread(open_table, draft.files, target)


def _find(draft: Draft, target: str) -> TableRef:
    try:
        return find_table(draft.files, target)
    except InputError as error:
        raise MissingError("the draft has no such table") from error
