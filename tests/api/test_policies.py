"""Deny by default: there is no route without a policy, and every role is kept out of what is not its own."""

import re

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute

from api.accounts.roles import Role
from api.main import PAGES, ROUTERS
from api.policies import (
    Needs,
    RolePolicy,
    account_of,
    desk,
    form_of,
    is_policy,
    policed_router,
    public,
)
from tests.api.hall import Hall
from tests.api.people import person

SAMPLES = {
    "proposal_id": "0" * 64,
    "size": "1",
    "index": "0",
    "slot": "0",
    "key": "0" * 64,
    "ballot": "A",
    "name": "a.css",
}
"""What stands in the places of addresses; anything else gets `x`."""


def routes(modules: tuple[object, ...] = (*ROUTERS, *PAGES)) -> list[APIRoute]:
    return [route for module in modules for route in module.router.routes if isinstance(route, APIRoute)]  # type: ignore[attr-defined]


def filled(path: str) -> str:
    """An address with something in each of its places."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda place: SAMPLES.get(place[1], "x"), path)


def policy_of(route: APIRoute) -> object:
    (policy,) = [item.dependency for item in route.dependencies if is_policy(item)]
    return policy


def test_every_route_has_exactly_one_policy() -> None:
    assert len(routes()) >= 30
    for route in routes():
        assert len([item for item in route.dependencies if is_policy(item)]) == 1, route.path


def test_the_application_has_no_other_routes(empty_hall: Hall) -> None:
    app = empty_hall.client.app
    assert isinstance(app, FastAPI)
    assert set(app.openapi()["paths"]) == {route.path for route in routes(ROUTERS)}
    included = [route.original_router for route in app.routes if hasattr(route, "original_router")]
    assert included == [module.router for module in (*ROUTERS, *PAGES)]
    others = {getattr(route, "path", "") for route in app.routes if not hasattr(route, "original_router")}
    assert others == {"/openapi.json"}


def pages_with_roles() -> list[tuple[APIRoute, RolePolicy]]:
    return [(route, policy) for route in routes(PAGES) if isinstance(policy := policy_of(route), RolePolicy)]


def test_every_role_reaches_its_pages_and_no_others(empty_hall: Hall) -> None:
    assert len(pages_with_roles()) >= 7
    for role in Role:
        someone = person(empty_hall, role)
        for route, policy in pages_with_roles():
            if "/sign-out" in route.path or (route.path.endswith("/stream") and role in policy.roles):
                continue
            for method in route.methods:
                answer = someone.send(method, filled(route.path))
                if role in policy.roles:
                    assert answer.status_code not in (401, 403), (role, method, route.path)
                else:
                    assert answer.status_code == 403, (role, method, route.path)


def test_nobody_reaches_a_page_without_signing_in(empty_hall: Hall) -> None:
    for route, _ in pages_with_roles():
        for method in route.methods:
            answer = empty_hall.client.request(method, filled(route.path), follow_redirects=False)
            assert answer.status_code == 303, (method, route.path)
            assert answer.headers["location"].startswith("/sign-in")


def test_a_form_without_its_token_changes_nothing(empty_hall: Hall) -> None:
    for route, policy in pages_with_roles():
        someone = person(empty_hall, sorted(policy.roles)[0])
        for method in route.methods - {"GET", "HEAD"}:
            for form in ({}, {"csrf": "0" * 64}):
                answer = someone.client.request(method, filled(route.path), data=form, follow_redirects=False)
                assert (answer.status_code, "登录" in answer.text) in ((403, True), (400, True)), route.path


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "http://["}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_from_another_site_is_refused(empty_hall: Hall, headers: dict[str, str]) -> None:
    someone = person(empty_hall, Role.OBSERVER)
    assert someone.post("/me/sign-out-everywhere", headers=headers).status_code == 403
    assert someone.get("/me").status_code == 200
    assert empty_hall.client.post("/sign-in", data={"account": "a"}, headers=headers).status_code == 403


def test_a_policy_for_nobody_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Needs()


def test_only_routes_with_a_role_know_who_asks() -> None:
    request = Request({"type": "http", "state": {"account": None, "form": None}})
    with pytest.raises(TypeError):
        account_of(request)
    with pytest.raises(TypeError):
        form_of(request)


@pytest.mark.parametrize("dependencies", [[], [Depends(public), Depends(desk)]])
def test_a_route_without_one_policy_cannot_be_made(dependencies: list[object]) -> None:
    router = policed_router()
    with pytest.raises(TypeError, match="policies"):
        router.get("/open", dependencies=dependencies)(lambda: None)  # type: ignore[arg-type]


def test_desk_routes_need_the_token(empty_hall: Hall) -> None:
    desk_routes = [route for route in routes() if policy_of(route) is desk]
    assert {route.path for route in desk_routes} == {
        "/v1/roll",
        "/v1/checkins",
        "/v1/attendance",
        "/v1/proposals/{proposal_id}",
    }
    for route in desk_routes:
        path = route.path.replace("{proposal_id}", "0" * 64)
        for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic " + "0" * 64}):
            for method in route.methods:
                answer = empty_hall.client.request(method, path, headers=header)
                assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")
