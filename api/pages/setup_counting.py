"""Those who count: scrutineers with the threshold of their key, and counters of paper."""

from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.forms import Form
from api.pages.setup_draft import Official, draft_of, edit, saved, setup_page
from api.policies import form_of, page_router
from api.services.setup import Draft
from tally.drafting.problem_words import ProblemWords
from tally.drafting.session_edit import CountingPerson, set_counters, set_scrutineers
from tally.drafting.session_text import Files
from tally.plan.scrutineer_check import Namesake, unsettled
from tally.plan.scrutineers import Counters
from voting_core.params import MAX_TRUSTEES

router = page_router()

SPARE_LINES: Final = 3
"""Empty lines below the names that are there."""


@router.get("/setup/counting", dependencies=[Official])
async def counting(request: Request) -> Response:
    """Scrutineers and counters as forms."""
    return await _show(request)


@router.post("/setup/counting/scrutineers", dependencies=[Official])
async def save_scrutineers(request: Request) -> Response:
    """Save the scrutineers."""
    form = form_of(request)
    people, threshold = _people(form), form.text("threshold")
    number = int(threshold) if threshold.isascii() and threshold.isdigit() and len(threshold) <= 2 else 0
    problems = await edit(request, lambda files: set_scrutineers(files, number, people))
    return await _show(request, problems, scrutineers=people) if problems else saved(request, "/setup/counting")


@router.post("/setup/counting/counters", dependencies=[Official])
async def save_counters(request: Request) -> Response:
    """Save the counters of paper."""
    people = _people(form_of(request))

    def change(files: Files) -> Files:
        return set_counters(files, people)

    problems = await edit(request, change)
    return await _show(request, problems, counters=people) if problems else saved(request, "/setup/counting")


async def _show(
    request: Request,
    problems: tuple[ProblemWords, ...] = (),
    *,
    scrutineers: list[CountingPerson] | None = None,
    counters: list[CountingPerson] | None = None,
) -> Response:
    draft = await draft_of(request)
    plan = draft.plan
    first, second = plan.scrutineers.counters, plan.counters
    return setup_page(
        request,
        "counting.html",
        draft,
        problems=problems,
        threshold=plan.scrutineers.threshold,
        quorum=plan.scrutineers.quorum,
        most=MAX_TRUSTEES,
        scrutineers=_lines(scrutineers or _of(first), MAX_TRUSTEES),
        counters=_lines(counters or _of(second), None),
        clashes={one.name: one for one in _clashes(draft, first) + _clashes(draft, second)},
    )


def _clashes(draft: Draft, counters: Counters) -> tuple[Namesake, ...]:
    """Everybody with the name of a candidate, also those of whom it was stated that they differ."""
    plain = Counters(counters.names, counters.numbers)
    return unsettled(plain, draft.plan.contests, draft.plan.roll)


def _of(counters: Counters) -> list[CountingPerson]:
    return [CountingPerson(name, number, name in counters.different) for name, number in counters.people]


def _lines(people: list[CountingPerson], most: int | None) -> list[CountingPerson]:
    lines = [*people, *(CountingPerson("") for _ in range(SPARE_LINES))]
    return lines if most is None else lines[: max(most, len(people))]


def _people(form: Form) -> list[CountingPerson]:
    names, numbers = form.every("name"), form.every("number")
    different = set(form.every("different"))
    return [
        CountingPerson(name.strip(), number.strip(), name.strip() in different)
        for name, number in zip(names, numbers, strict=False)
        if name.strip()
    ]
