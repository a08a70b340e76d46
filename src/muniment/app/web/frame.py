"""The room's application: every page behind the guard, every trouble a page with a next step.

- The order of `PAGES` has no meaning: no two pages answer to one address.
- No error shows a traceback, and none is logged with what a file says.
"""

import sys
from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from muniment.app.disk_trouble import disk_advice, disk_reason
from muniment.app.web import plots
from muniment.app.web.answers import answer_to
from muniment.app.web.api import make_api
from muniment.app.web.gate import Gate, csrf_holds
from muniment.app.web.guard import Guard
from muniment.app.web.pages import PAGES
from muniment.app.web.room import Room
from muniment.app.web.templating import page
from muniment.core import Error, PolicyError

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_STATIC = Path(__file__).parent / "static"
_YEAR_S = 31_536_000


async def _check_form(request: Request) -> None:
    """Refuse a change that was not asked for on a page of this session."""
    if request.method in _SAFE or request.state.by_token:
        return
    told = request.headers.get("x-csrf-token")
    if told is None and not request.headers.get("content-type", "").startswith("application/json"):
        held = (await request.form()).get("csrf")
        told = held if isinstance(held, str) else None
    if told is None or not csrf_holds(request.state.session, told):
        raise PolicyError(
            "the form does not belong to this session",
            next_step="go back, load the page again and send the form once more",
        )


def make_app(room: Room, gate: Gate, *, shared: bool = False) -> FastAPI:
    """The application that shows `room` to whom `gate` lets in; `shared`: by several processes."""
    app = FastAPI(
        title="Muniment",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(_check_form)],
    )
    app.state.room = room
    app.state.plots = plots.Plots(room.cache / "plots")
    app.include_router(plots.router)
    for router in PAGES:
        app.include_router(router)
    app.state.api = make_api(room)
    app.mount("/api/v1", app.state.api)
    app.mount("/static", _Static(directory=_STATIC))
    app.add_middleware(Guard, gate=gate, shared=shared)
    app.add_exception_handler(Error, _our_error)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(RequestValidationError, _bad_address)
    app.add_exception_handler(OSError, _on_disk)
    app.add_exception_handler(Exception, _fault)
    return app


class _Static(StaticFiles):
    """Our own files: their address changes with their content, so they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = f"public, max-age={_YEAR_S}, immutable"
        return answer


def _our_error(request: Request, why: Exception) -> Response:
    return trouble(request, *answer_to(why))


def _no_such_page(request: Request, why: Exception) -> Response:
    status = why.status_code if isinstance(why, HTTPException) else 404
    told = {404: "there is nothing at this address", 405: "this address is not asked that way"}
    detail = why.detail if isinstance(why, HTTPException) else ""
    standard = {"Not Found", "Method Not Allowed"}
    message = told.get(status, detail) if detail in standard else detail
    return trouble(request, status, message, "start from the overview, or search for it")


def _bad_address(request: Request, why: Exception) -> Response:
    found = why.errors() if isinstance(why, RequestValidationError) else ()
    unknown = [str(each["loc"][-1])[:40] for each in found if each["type"] == "extra_forbidden"]
    if len(unknown) > 0:
        known = ", ".join(_fields_of(request))
        told = f"nothing here is asked for by the name {unknown[0]!r}"
        return trouble(request, 400, told, f"there is: {known}")
    named = ", ".join(sorted({str(each["loc"][-1]) for each in found}))
    return trouble(
        request,
        400,
        f"the address or form is not complete or not of the right form: {named}",
        "start from the overview, or correct these fields",
    )


def _fields_of(request: Request) -> list[str]:
    """What an address may ask for, where its fields are those of a model."""
    route = request.scope.get("route")
    asked = route.dependant.query_params if isinstance(route, APIRoute) else ()
    models = (each.field_info.annotation for each in asked)
    return [name for model in models for name in getattr(model, "model_fields", ())]


def _on_disk(request: Request, why: Exception) -> Response:
    """The disk cannot be read or written: not a fault of the program, and something can be done."""
    if not isinstance(why, OSError):
        return _fault(request, why)
    return trouble(request, 500, disk_reason(why), disk_advice(why))


def _fault(request: Request, why: Exception) -> Response:
    sys.stderr.write(f"page-failed kind={type(why).__name__} path={request.url.path}\n")
    return trouble(
        request,
        500,
        f"a fault in Muniment: {type(why).__name__}",
        "nothing received is lost; load the page again, and report what you did if it stays",
    )


def trouble(request: Request, status: int, message: str, next_step: str) -> Response:
    """A page that says what is wrong and what to do."""
    return page(request, "trouble.html", status, message=message, next_step=next_step, code=status)
