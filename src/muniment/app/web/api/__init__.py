"""The API: the same places, searches and notes as the pages, as JSON, under `/api/v1`.

- It is asked with the session of the room, or with the token that `muniment open` wrote.
- What changes something also sends `X-CSRF-Token`, unless it is asked with the token.
- Its description is `/api/v1/openapi.json`; `/api` shows that as a page.
"""

from fastapi import FastAPI

from muniment import __version__
from muniment.app.web.api import facts, noting, objects, places, searching, sheets
from muniment.app.web.api.troubles import TROUBLES, add_troubles
from muniment.app.web.room import Room

_DESCRIPTION = (
    "What a case holds, each value with the citation that leads to its cell, page or characters. "
    "A citation is the same text here, on the pages and on the command line."
)


def make_api(room: Room) -> FastAPI:
    """The application that answers below `/api/v1`."""
    api = FastAPI(
        title="Muniment",
        version=__version__,
        summary="A case, read by programs.",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses=TROUBLES,
        root_path_in_servers=False,
    )
    api.state.room = room
    for part in (places, objects, searching, sheets, facts, noting):
        api.include_router(part.router)
    add_troubles(api)
    return api
