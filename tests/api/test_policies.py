"""Deny by default: there is no route without a policy."""

import pytest
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from api.main import ROUTERS
from api.policies import POLICIES, desk, policed_router, public
from tests.api.hall import Hall

OPEN = {"/openapi.json"}


def routes() -> list[APIRoute]:
    return [route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute)]


def test_every_route_has_exactly_one_policy() -> None:
    assert len(routes()) >= 20
    for route in routes():
        given = [item.dependency for item in route.dependencies if item.dependency in POLICIES]
        assert len(given) == 1, route.path


def test_the_application_has_no_other_routes(empty_hall: Hall) -> None:
    app = empty_hall.client.app
    assert isinstance(app, FastAPI)
    listed = set(app.openapi()["paths"])
    assert listed == {route.path for route in routes()}


@pytest.mark.parametrize("dependencies", [[], [Depends(public), Depends(desk)]])
def test_a_route_without_one_policy_cannot_be_made(dependencies: list[object]) -> None:
    router = policed_router()
    with pytest.raises(TypeError, match="policies"):
        router.get("/open", dependencies=dependencies)(lambda: None)  # type: ignore[arg-type]


def test_desk_routes_need_the_token(empty_hall: Hall) -> None:
    desk_routes = [route for route in routes() if any(item.dependency is desk for item in route.dependencies)]
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
