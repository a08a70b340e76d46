"""Who may come in: the holder of a one-time link, from this machine, under this machine's name.

    GET /enter/<key>     a key opens once; the browser is handed a session cookie and led to `/`
    cookie               HttpOnly, SameSite=Strict, ends with the browser; 256 random bits
    Authorization        `Bearer <token>` for scripts, on `/api/` only

- A request whose `Host` is not the address that was served is refused (DNS rebinding).
- A request that changes something must come from a page of this room: `Origin` and
  `Sec-Fetch-Site` say so where the browser sends them, and the form holds a token made from the
  session (`csrf`, or the header `X-CSRF-Token`).
- Everything but the stylesheet and the script is behind the gate, error pages included.
- Sessions live in memory: when the room closes, every link and cookie is worth nothing.
"""

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from starlette.datastructures import Headers

_KEY_BYTES = 32
_SESSIONS = 64  # browsers at once; the oldest leaves first
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """The keys and sessions of one room, served at one port."""

    def __init__(self, port: int, *, token: str | None = None) -> None:
        """A gate for `port` of the loopback addresses; `token` lets scripts ask the API."""
        self.cookie = f"muniment-{port}"
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        self._token = token
        self._lock = Lock()
        self._keys: set[str] = set()
        self._sessions: dict[str, None] = {}

    def new_key(self) -> str:
        """A key that opens once."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        with self._lock:
            self._keys.add(_trace(key))
        return key

    def enter(self, key: str) -> str | None:
        """The session that `key` opens; None where it is unknown or was used."""
        session = secrets.token_urlsafe(_KEY_BYTES)
        with self._lock:
            if _trace(key) not in self._keys:
                return None
            self._keys.remove(_trace(key))
            self._sessions[_trace(session)] = None
            while len(self._sessions) > _SESSIONS:
                del self._sessions[next(iter(self._sessions))]
        return session

    def session_of(self, headers: Headers) -> str | None:
        """The session that a request's cookie names, where there is one."""
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        held = jar[self.cookie].value if self.cookie in jar else ""
        with self._lock:
            return held if _trace(held) in self._sessions else None

    def holds_token(self, headers: Headers) -> bool:
        """Whether a request names the token for scripts."""
        kind, _, told = headers.get("authorization", "").partition(" ")
        known = self._token is not None and kind.lower() == "bearer"
        return known and hmac.compare_digest(told.encode(), str(self._token).encode())

    def is_ours(self, headers: Headers) -> bool:
        """Whether a request is addressed to this room, under a name of this machine."""
        return headers.get("host", "").lower() in self.hosts

    def is_from_here(self, method: str, headers: Headers) -> bool:
        """Whether a request that changes something comes from a page of this room."""
        if method in _SAFE:
            return True
        origin = headers.get("origin", "")
        same = origin in ("", f"http://{headers.get('host', '').lower()}")
        return same and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def csrf_token(session: str) -> str:
    """What a form of this session must hold."""
    return hmac.new(session.encode(), b"a form of this room", hashlib.sha256).hexdigest()


def csrf_holds(session: str, told: str) -> bool:
    """Whether `told` is the session's token."""
    return hmac.compare_digest(csrf_token(session).encode(), told.encode("utf-8", "replace"))


def _trace(key: str) -> str:
    """Keys and sessions are looked up by their hash, so that the look-up's time says nothing."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
