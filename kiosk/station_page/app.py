"""The page as an application: routes, and the gate in front of all of them."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from kiosk.local_page.gate import Gate
from kiosk.local_page.plain import HANDLERS
from kiosk.local_page.routes import routes_of
from kiosk.station_page.pages import cards, contests, opening, own_key, signing, watching
from kiosk.station_page.station import StationPage
from kiosk.station_page.web import MAX_BODY_BYTES


def create_page(station: StationPage) -> Starlette:
    """The application of one station; whoever made the station closes it."""
    modules = (opening, watching, signing, contests, cards, own_key)
    app = Starlette(
        routes=[*routes_of(station.door), *(route for module in modules for route in module.ROUTES)],
        middleware=[Middleware(Gate, door=station.door, most=MAX_BODY_BYTES)],
        exception_handlers=dict(HANDLERS),
    )
    app.state.station = station
    return app
