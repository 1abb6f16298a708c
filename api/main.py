"""The web application: routes and errors. A function makes it, so that nothing exists by being imported."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from time import monotonic
from typing import Final

from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig

from api import errors
from api.clock import Clock
from api.openapi.document import describer
from api.pages import (
    accounts,
    board,
    cards,
    contests,
    hall,
    my_account,
    session,
    setup,
    setup_contests,
    setup_counting,
    setup_create,
    setup_import,
    setup_people,
    setup_rules,
    sign_in,
    static,
    stations,
    waiting,
)
from api.pages import desk as desk_pages
from api.pages import lookup as lookup_page
from api.pages.error_pages import as_page
from api.public_service import PublicService
from api.quick_ballots import QuickBallots
from api.quick_files import QuickFiles
from api.rates import within_rates
from api.routes import (
    ballots,
    desk,
    enrolments,
    entries,
    health,
    log,
    lookup,
    metrics,
    paper,
    proposals,
    queues,
    record,
)
from api.service import running_service
from api.settings import Settings
from api.store.database import Connect
from api.watching.requests import Measured, RequestFigures
from voting_core.rng import Rng

ROUTERS: Final = (
    ballots,
    entries,
    queues,
    log,
    lookup,
    paper,
    proposals,
    desk,
    enrolments,
    record,
    health,
    metrics,
)
"""What programs use; described by OpenAPI."""

SETUP: Final = (setup, setup_people, setup_import, setup_counting, setup_contests, setup_rules, setup_create)

PAGES: Final = (
    static,
    sign_in,
    accounts,
    stations,
    *SETUP,
    desk_pages,
    cards,
    session,
    contests,
    waiting,
    hall,
    my_account,
    lookup_page,
    board,
)
"""What people use."""

TELEMETRY_OFF: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""The framework's own telemetry would record failed validations and exception texts: a way out for ballots."""


def create_app(settings: Settings, *, clock: Clock, rng: Rng, connect: Connect | None = None) -> FastAPI:
    """The application of one data directory; its service starts and stops with its lifespan.

    Arguments are those of :func:`api.service.running_service`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with running_service(settings, clock=clock, rng=rng, connect=connect) as service:
            app.state.service = service
            yield

    return _build(lifespan)


Beside = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def app_around(service: PublicService, beside: Beside | None = None) -> FastAPI:
    """The application of a service that runs already; whoever started it stops it.

    `beside` is entered while the application runs, and left when it has answered everybody.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = service
        async with beside(app) if beside else nullcontext():
            yield

    return _build(lifespan)


def _build(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    app = FastAPI(
        title="Plenum",
        version="1.0",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=TELEMETRY_OFF,
        dependencies=[Depends(within_rates)],
    )
    for module in (*ROUTERS, *PAGES):
        app.include_router(module.router)
    app.state.requests = RequestFigures()
    app.state.reader_figures = None
    app.add_middleware(QuickFiles)
    app.add_middleware(QuickBallots)
    app.add_middleware(Measured, figures=app.state.requests, monotonic=monotonic)
    errors.install(app, as_page)
    app.openapi = describer(app)  # type: ignore[method-assign]  # the framework's documented way
    return app
