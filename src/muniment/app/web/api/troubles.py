"""Every trouble as `application/problem+json` (RFC 9457), with a next step, and never a traceback.

- `OPTIONS` is answered with what the address can be asked; `HEAD` is `GET` without a body.
"""

import http
import re
import sys
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from muniment.app.web.answers import answer_to
from muniment.app.web.api.models import Trouble
from muniment.core import Error

ROOT = "/api/v1"
PROBLEM_JSON = "application/problem+json"
_TOLD = (
    (400, "It cannot be meant so."),
    (403, "It is not for this session."),
    (404, "It is not there."),
    (413, "The body is too long."),
    (414, "The address is too long."),
    (422, "A field is missing, or is not of its type."),
    (500, "What is stored is not what was recorded."),
)
TROUBLES: dict[int | str, dict[str, Any]] = {
    status: {"model": Trouble, "description": told} for status, told in _TOLD
}
_STEPS = {
    404: "look the address up in /api/v1/openapi.json",
    405: "look up in /api/v1/openapi.json how this address is asked",
}


class Problem(JSONResponse):
    """An answer that says what is wrong."""

    media_type = PROBLEM_JSON


def add_troubles(api: FastAPI) -> None:
    """Let every error of this application be told in one way, and its OpenAPI say so."""
    api.add_exception_handler(Error, _ours)
    api.add_exception_handler(HTTPException, _of_http)
    api.add_exception_handler(RequestValidationError, _of_fields)
    api.add_exception_handler(Exception, _fault)
    api.add_middleware(_Heads)
    api.openapi = lambda: _openapi(api)  # type: ignore[method-assign]


def trouble(
    status: int, detail: str, next_step: str, headers: dict[str, str] | None = None
) -> Response:
    """The answer for one trouble."""
    title = http.HTTPStatus(status).phrase
    body = Trouble(title=title, status=status, detail=detail, next_step=next_step)
    return Problem(body.model_dump(), status, headers=headers)


def _ours(_: Request, why: Exception) -> Response:
    return trouble(*answer_to(why))


def _of_http(request: Request, why: Exception) -> Response:
    if not isinstance(why, HTTPException):
        return _fault(request, why)
    if why.status_code == http.HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = _allowed(request)
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": allowed})
        told = f"this address is asked with {allowed}"
        return trouble(405, told, _STEPS[405], {"allow": allowed})
    step = _STEPS.get(why.status_code, "see that to it and ask again")
    return trouble(why.status_code, str(why.detail), step)


def _of_fields(_: Request, why: Exception) -> Response:
    told = []
    if isinstance(why, RequestValidationError):
        told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in why.errors()]
    return trouble(422, "; ".join(told)[:2_000], "correct these fields; /api says what they hold")


def _fault(request: Request, why: Exception) -> Response:
    sys.stderr.write(f"api-failed kind={type(why).__name__} path={request.url.path}\n")
    told = f"a fault in Muniment: {type(why).__name__}"
    return trouble(500, told, "nothing received is lost; report what was asked")


def _allowed(request: Request) -> str:
    """The methods that an address takes, as the description says."""
    path = request.url.path.removeprefix(ROOT)
    methods = {"OPTIONS"}
    for template, operations in request.app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{[a-z0-9]+\}", "[^/]+", template.replace(".", r"\.")), path):
            methods |= {method.upper() for method in operations}
    if "GET" in methods or path == "/openapi.json":
        methods |= {"GET", "HEAD"}
    return ", ".join(sorted(methods))


def _openapi(api: FastAPI) -> dict[str, Any]:
    """The description of the API, its troubles under their own media type."""
    if api.openapi_schema is None:
        made = get_openapi(
            title=api.title,
            version=api.version,
            summary=api.summary,
            description=api.description,
            routes=api.routes,
            servers=[{"url": ROOT}],
        )
        for operations in made["paths"].values():
            for operation in operations.values():
                for answer in operation["responses"].values():
                    _say_problem(answer)
        api.openapi_schema = made
    return api.openapi_schema


def _say_problem(answer: dict[str, Any]) -> None:
    """Let a described answer that is a trouble have the media type of troubles."""
    for said in tuple(answer.get("content", {}).values()):
        if said.get("schema", {}).get("$ref", "").endswith("/Trouble"):
            answer["content"] = {PROBLEM_JSON: said}


class _Heads:
    """Asks `GET` where somebody asked `HEAD`, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def head_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, head_only)
