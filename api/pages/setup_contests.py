"""The contests of the draft: list, form, rule set in words, the ballot as the kiosk shows it, the order of names."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.errors import MissingError
from api.pages.render import go_to
from api.pages.setup_draft import Official, ask_again, draft_of, edit, saved, setup_page
from api.pages.setup_words import BODIES, CAPTURES, KINDS, PURPOSES, STAGES, WRITE_INS
from api.policies import form_of, page_router
from api.service import service_of
from api.services.setup import Draft
from ballots.contest import Kind
from ballots.screen.ballot import Shape, ballot_view, is_paper
from ballots.screen.words import Said
from tally.drafting.contest_edit import (
    add_contest,
    change_contest,
    move_contest,
    number_keys,
    remove_contest,
    text_keys,
)
from tally.drafting.name_order import by_strokes, name_lines, order_of
from tally.drafting.problem_words import ProblemWords
from tally.drafting.rows import place_by_hand
from tally.drafting.tables import contest_target
from tally.plan.contest_plan import ContestPlan
from tally.plan.contests import marks_of
from tally.plan.scales import scale_of
from tally.rules.evaluation import EvaluationRules
from tally.rules.explain import explain, other_articles
from tally.rules.instruments import instrument_words
from tally.rules.ruleset import RuleSet
from tally.rules.words import CERTAINTY_WORDS

router = page_router()

_REMOVE: Final = Said("删除这项表决和它的名单？", "Remove this contest, and its table?")
_NAMES: Final = Said("名单行数", "Rows of its table")
_KEYS: Final = tuple(dict.fromkeys(key for kind in Kind for key in (*text_keys(kind), *number_keys(kind))))


@router.get("/setup/contests", dependencies=[Official])
async def contests(request: Request) -> Response:
    """All contests in their order."""
    draft = await draft_of(request)
    return setup_page(
        request,
        "contests.html",
        draft,
        contests=draft.plan.contests,
        ready={contest.id for contest in draft.found.contests},
        rule_sets=draft.plan.rule_sets,
        kinds=KINDS,
        defined=set(service_of(request).sequencer.view.log.contests),
    )


@router.get("/setup/new-contest", dependencies=[Official])
async def new_contest(request: Request) -> Response:
    """An empty form for a contest of the kind that the address names, or the choice of a kind."""
    kind = request.query_params.get("kind", "")
    return await _form(request, "", {"kind": kind if kind in KINDS else ""})


@router.post("/setup/new-contest", dependencies=[Official])
async def add(request: Request) -> Response:
    """Add a contest, and go to its names."""
    values = await _values(request)
    problems = await edit(request, lambda files: add_contest(files, values))
    if problems:
        return await _form(request, "", values, problems)
    motion = values["kind"] == Kind.MOTION
    return saved(request, "/setup/contests" if motion else f"/setup/tables/{contest_target(values['id'])}")


@router.get("/setup/contests/{contest_id}", dependencies=[Official])
async def contest_form(request: Request, contest_id: str) -> Response:
    """A contest as a form."""
    draft = await draft_of(request)
    return await _form(request, contest_id, _values_of(_find(draft, contest_id)))


@router.get("/setup/contests/{contest_id}/remove", dependencies=[Official])
async def remove_form(request: Request, contest_id: str) -> Response:
    """Ask once more before a contest is removed, and say that its table goes with it."""
    draft = await draft_of(request)
    plan = _find(draft, contest_id)
    return ask_again(
        request,
        draft,
        _REMOVE,
        [(Said("名称", "Title"), plan.title), (_NAMES, str(0 if plan.kind is Kind.MOTION else len(plan.rows)))],
        f"/setup/contests/{contest_id}/remove",
        f"/setup/contests/{contest_id}",
    )


@router.post("/setup/contests/{contest_id}/remove", dependencies=[Official])
async def remove(request: Request, contest_id: str) -> Response:
    """Remove a contest."""
    problems = await edit(request, lambda files: remove_contest(files, contest_id))
    if problems:
        return await _form(request, contest_id, await _values(request), problems)
    return saved(request, "/setup/contests")


@router.post("/setup/contests/{contest_id}", dependencies=[Official])
async def change(request: Request, contest_id: str) -> Response:
    """Change a contest, or move it by one."""
    values, action = await _values(request), form_of(request).text("action")
    match action:
        case "remove":
            return go_to(f"/setup/contests/{contest_id}/remove")
        case "up" | "down":
            problems = await edit(request, lambda files: move_contest(files, contest_id, action == "up"))
        case _:
            problems = await edit(request, lambda files: change_contest(files, contest_id, values))
    return await _form(request, contest_id, values, problems) if problems else saved(request, "/setup/contests")


@router.get("/setup/contests/{contest_id}/ballot", dependencies=[Official])
async def ballot(request: Request, contest_id: str) -> Response:
    """The ballot as the kiosk shows it; `shape` and `page` choose what is seen."""
    draft = await draft_of(request)
    plan, contest = _find(draft, contest_id), draft.found.contest(contest_id)
    asked = request.query_params.get("shape", "")
    shape = Shape(asked) if asked in tuple(Shape) else Shape.PORTRAIT
    view = ballot_view(contest, shape=shape) if contest is not None else None
    number = request.query_params.get("page", "1")
    last = len(view.pages) if view is not None else 1
    page_number = min(max(int(number), 1), last) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    return setup_page(
        request,
        "ballot.html",
        draft,
        plan=plan,
        view=view,
        shapes=tuple(Shape),
        shape=shape,
        page_number=page_number,
        last=last,
        paper=contest is not None and is_paper(contest),
    )


@router.get("/setup/contests/{contest_id}/order", dependencies=[Official])
async def order(request: Request, contest_id: str) -> Response:
    """The order of names with its reasons."""
    return await _order(request, contest_id)


@router.post("/setup/contests/{contest_id}/order", dependencies=[Official])
async def place(request: Request, contest_id: str) -> Response:
    """Give one name a place by hand, or take it back."""
    form = form_of(request)
    target, number, position = contest_target(contest_id), form.text("number"), form.text("position")
    problems = await edit(request, lambda files: place_by_hand(files, target, number, position))
    return (
        await _order(request, contest_id, problems)
        if problems
        else saved(request, f"/setup/contests/{contest_id}/order")
    )


@router.get("/setup/rules/{rule_set}", dependencies=[Official])
async def rules_page(request: Request, rule_set: str) -> Response:
    """A rule set in words, with the article behind every parameter."""
    draft = await draft_of(request)
    rules = draft.plan.rule_sets.get(rule_set)
    if rules is None:
        raise MissingError("there is no such rule set")
    return setup_page(
        request,
        "rules.html",
        draft,
        rules=rules,
        instrument=instrument_words(rules.instrument),
        lines=explain(rules),
        others=other_articles(rules),
        certainty=CERTAINTY_WORDS,
        kinds=KINDS,
        day=draft.plan.info.date,
    )


async def _order(request: Request, contest_id: str, problems: tuple[ProblemWords, ...] = ()) -> Response:
    draft = await draft_of(request)
    plan = _find(draft, contest_id)
    rules = _rules(draft, plan)
    return setup_page(
        request,
        "order.html",
        draft,
        problems=problems,
        plan=plan,
        rule=order_of(plan, rules) if rules is not None else None,
        by_strokes=rules is not None and by_strokes(plan, rules),
        lines=name_lines(plan, draft.found.contest(contest_id)) if plan.kind is not Kind.MOTION else (),
    )


async def _form(
    request: Request, contest_id: str, values: Mapping[str, str], problems: tuple[ProblemWords, ...] = ()
) -> Response:
    draft = await draft_of(request)
    kind = values.get("kind", "")
    return setup_page(
        request,
        "contest.html",
        draft,
        problems=problems,
        contest_id=contest_id,
        values={key: values.get(key, "") for key in _KEYS},
        kind=kind,
        keys=(*text_keys(kind), *number_keys(kind)) if kind else (),
        kinds=KINDS,
        rule_sets=_fitting(draft, kind),
        grades={rules.id: _grades(rules) for rules in _fitting(draft, kind)},
        choices={
            "stage": STAGES,
            "body": BODIES,
            "purpose": PURPOSES,
            "capture": CAPTURES,
            "write_ins": WRITE_INS,
        },
        marks=_marks(draft, contest_id),
    )


def _fitting(draft: Draft, kind: str) -> list[RuleSet]:
    return [rules for rules in draft.plan.rule_sets.values() if kind in rules.decides]


def _marks(draft: Draft, contest_id: str) -> tuple[str, ...]:
    plans = [plan for plan in draft.plan.contests if plan.id == contest_id and (plan.scale or plan.kind)]
    return marks_of(plans[0]) if plans and (plans[0].scale or not _scored(plans[0])) else ()


def _scored(plan: ContestPlan) -> bool:
    return plan.kind in (Kind.EVALUATION, Kind.ASSESSMENT)


async def _values(request: Request) -> dict[str, str]:
    """What was sent. The grades of a ballot are those that its rule set counts, so nobody types them a second time."""
    form = form_of(request)
    rules = (await draft_of(request)).plan.rule_sets.get(form.text("rule_set"))
    return {key: form.text(key) for key in _KEYS} | {"scale": scale_of(_grades(rules)) if rules else ""}


def _grades(rules: RuleSet) -> tuple[str, ...]:
    return rules.family.marks if isinstance(rules.family, EvaluationRules) else ()


def _values_of(plan: ContestPlan) -> dict[str, str]:
    """What stands in the file, as text."""
    numbers = {key: getattr(plan, key) for key in ("seats", "quota_percent", "at_most", "at_least")}
    texts = {
        "id": plan.id,
        "kind": plan.kind.value,
        "title": plan.title,
        "title_en": plan.title_en,
        "rule_set": plan.rule_set,
        "capture": plan.capture.value,
        "stage": plan.stage.value,
        "body": plan.body,
        "purpose": plan.purpose.value,
        "scale": plan.scale,
        "write_ins": plan.write_ins.way.value if plan.write_ins is not None else "",
        "write_in_decision": plan.write_ins.decision if plan.write_ins is not None else "",
    }
    return {**texts, **{key: str(value) if value else "" for key, value in numbers.items()}}


def _find(draft: Draft, contest_id: str) -> ContestPlan:
    for plan in draft.plan.contests:
        if plan.id == contest_id:
            return plan
    raise MissingError("the draft has no such contest")


def _rules(draft: Draft, plan: ContestPlan) -> RuleSet | None:
    return draft.plan.rule_sets.get(plan.rule_set)
