"""Stands before every page: lets in whom the gate knows, and sends each answer under strict rules.

- Nothing from another origin is loaded, nothing inline is run or styled, no page is framed.
- Answers are not kept by the browser unless they say so themselves, and never by anybody between.
- A request's body is bounded before anything reads it.
- Browsers are refused in plain text, programs (below `/api/`) with a problem like any other.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from muniment.app.web.api.troubles import trouble
from muniment.app.web.gate import Gate

_LARGEST_BODY = 2_000_000  # bytes
_LONGEST_ADDRESS = 16_000  # bytes of the query
_CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_RULES = {
    "content-security-policy": _CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": browsers then send `Origin: null` with a form, and it would be refused.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-robots-tag": "noindex",
}
_NOT_KEPT = "no-store"
_NEW_LINK = "Ask the terminal where the room was opened for a new link: press Enter there."
_TOO_LARGE = f"A request holds at most {_LARGEST_BODY:,} bytes."
_TOO_LONG = f"The address is too long: its fields may have {_LONGEST_ADDRESS:,} bytes."
_SHORTER = "Go back and write a shorter one; a search has at most 2,000 characters."
_FOR_SCRIPTS = (
    "Send the token that `muniment open CASE --api-token-file FILE` writes as `Authorization: "
    "Bearer TOKEN`, or the cookie of an open room. Enter in the room's terminal gives a new link."
)


class TooLargeError(Exception):
    """A body went on beyond what is read; seen by the person as status 413."""


class Guard:
    """The middleware: refuses, or hands on with the session in the request's state."""

    def __init__(self, app: ASGIApp, gate: Gate, *, shared: bool) -> None:
        """Stand before `app`; where it is `shared`, a connection carries one request."""
        self._app = app
        self._gate = gate
        self._shared = shared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._entry(scope)
        await self._answer(answer, scope, receive, send)

    async def _answer(
        self, answer: Response | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        ruled = _Ruled(send, shared=self._shared)
        if answer is not None:
            await answer(scope, receive, ruled.send)
            return
        try:
            await self._app(scope, _bounded(receive), ruled.send)
        except TooLargeError:
            await _told(scope, 413, _TOO_LARGE, "Send less.")(scope, receive, ruled.send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._gate.is_ours(headers):
            return _told(scope, 421, "This room is open under its own address only.", _NEW_LINK)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and int(length) <= _LARGEST_BODY):
            return _told(scope, 413, _TOO_LARGE, "Send less.")
        if len(scope["query_string"]) > _LONGEST_ADDRESS:
            return _told(scope, 414, _TOO_LONG, _SHORTER)
        if not self._gate.is_from_here(scope["method"], headers):
            said = "Changes are asked for on the room's own pages only."
            return _told(scope, 403, said, "Ask without `Origin` and `Sec-Fetch-Site`.")
        return None

    def _entry(self, scope: Scope) -> Response | None:
        """What a request is told before it may go on; None where it may."""
        path, headers = scope["path"], Headers(scope=scope)
        if path.startswith("/static/"):
            return None
        if path.startswith("/enter/") and scope["method"] == "GET":
            return self._enter(path.removeprefix("/enter/"), Request(scope))
        state = scope.setdefault("state", {})
        state["session"] = self._gate.session_of(headers)
        state["by_token"] = _of_api(path) and self._gate.holds_token(headers)
        if state["session"] is None and not state["by_token"]:
            said = "This room is open to whoever holds its link, and a link opens once."
            return _told(scope, 403, said, _FOR_SCRIPTS if _of_api(path) else _NEW_LINK)
        return None

    def _enter(self, key: str, request: Request) -> Response:
        # Whoever is in already (a reload, a click on the old link) stays in.
        if self._gate.session_of(request.headers) is not None:
            return RedirectResponse("/", 303)
        session = self._gate.enter(key)
        if session is None:
            return _told(request.scope, 403, "This link was used, or is none.", _NEW_LINK)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._gate.cookie, session, httponly=True, samesite="strict", path="/")
        return answer


def _of_api(path: str) -> bool:
    """Whether an address is the API's, or the page that describes it."""
    return path == "/api" or path.startswith("/api/")


def _told(scope: Scope, status: int, said: str, next_step: str) -> Response:
    """A refusal, in the form that whoever asked can read."""
    if _of_api(scope["path"]):
        return trouble(status, said, next_step)
    return PlainTextResponse(f"{said}\n{next_step}\n", status)


class _Ruled:
    """Puts the rules on an answer's head."""

    def __init__(self, send: Send, *, shared: bool) -> None:
        self._send = send
        self._shared = shared

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _RULES.items():
                headers[name] = value
            headers.setdefault("cache-control", _NOT_KEPT)
            if self._shared:
                headers["connection"] = "close"
        await self._send(message)


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > _LARGEST_BODY:
            raise TooLargeError
        return message

    return bounded
