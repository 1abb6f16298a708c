"""Style sheets, scripts and letters of the pages."""

from starlette.responses import Response

from api.errors import MissingError
from api.policies import Public, page_router
from ballots.screen.assets import PREFIX, at_address
from ballots.screen.policy import ASSET_HEADERS

router = page_router()


@router.get(PREFIX + "{digits}/{name}", dependencies=[Public])
async def static(digits: str, name: str) -> Response:
    """A file of the screens, under the address that its content has."""
    found = at_address(digits, name)
    if found is None:
        raise MissingError("there is no such file")
    return Response(found.content, media_type=found.media_type, headers=ASSET_HEADERS)
