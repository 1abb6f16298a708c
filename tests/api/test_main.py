from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import ROUTERS, app_around
from tests.api.hall import Hall


def test_telemetry_of_the_framework_is_off(empty_hall: Hall) -> None:
    app = empty_hall.client.app
    assert isinstance(app, FastAPI)
    names = {type(layer.cls).__name__ + str(layer.cls) for layer in app.user_middleware}
    assert not any("elemetry" in name for name in names)


def test_no_page_loads_anything_from_elsewhere(empty_hall: Hall) -> None:
    assert empty_hall.client.get("/docs").status_code == 404
    assert empty_hall.client.get("/redoc").status_code == 404


def test_the_same_routes_serve_a_service_that_runs_already(hall: Hall) -> None:
    with TestClient(app_around(hall.service)) as client:
        assert client.get("/v1/status").json() == hall.client.get("/v1/status").json()
    assert len(ROUTERS) == 12
