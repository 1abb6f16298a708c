"""The page as an application: routes, and the gate in front of all of them."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kiosk.station_page.gate import Gate
from kiosk.station_page.pages import cards, contests, opening, own_key, signing, watching
from kiosk.station_page.station import StationPage


def create_page(station: StationPage) -> Starlette:
    """The application of one station; whoever made the station closes it."""
    routes = [route for module in (opening, watching, signing, contests, cards, own_key) for route in module.ROUTES]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Gate, keys=station.keys, port=station.port)],
        exception_handlers={500: _failed},
    )
    app.state.station = station
    return app


async def _failed(_request: Request, _error: Exception) -> Response:
    """A defect of the program. What it says goes to the terminal, never to the page."""
    return PlainTextResponse("程序出错，请看启动工作站的窗口。 A defect: look at the terminal.", 500)
