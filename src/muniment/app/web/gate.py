"""Who may come in: the holder of a one-time link, from this machine, under this machine's name.

    GET /enter/<key>     a key opens once; the browser is handed a session cookie and led to `/`
    cookie               HttpOnly, SameSite=Strict, ends with the browser; 256 random bits
    Authorization        `Bearer <token>` for scripts, on `/api/` only

- A request whose `Host` is not the address that was served is refused (DNS rebinding).
- A request that changes something must come from a page of this room: `Origin` and
  `Sec-Fetch-Site` say so where the browser sends them, and the form holds a token made from the
  session (`csrf`, or the header `X-CSRF-Token`).
- Everything but the stylesheet and the script is behind the gate, error pages included.
- What is known of keys and sessions are the names of empty files in a folder of this run alone,
  for this user alone: hashes, which open nothing. Several processes may ask one gate: a key opens
  where its file could be removed, and a file is removed once. When the room closes the folder goes,
  and every link and cookie is worth nothing.
"""

import hashlib
import hmac
import secrets
import shutil
import tempfile
import weakref
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from starlette.datastructures import Headers

_KEY_BYTES = 32
_SESSIONS = 64  # browsers at once; the oldest leaves first
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """The keys and sessions of one room, served at one port."""

    def __init__(self, port: int, *, token: str | None = None, folder: Path | None = None) -> None:
        """A gate for `port` of the loopback addresses; `token` lets scripts ask the API.

        With `folder`, that of another process's gate, it is the same gate.
        """
        self.cookie = f"muniment-{port}"
        self.hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        self._token = token
        self.folder = folder or Path(tempfile.mkdtemp(prefix="muniment-gate-"))
        if folder is None:
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._keys, self._sessions = self.folder / "keys", self.folder / "sessions"
        for each in (self._keys, self._sessions):
            each.mkdir(mode=0o700, exist_ok=True)

    def new_key(self) -> str:
        """A key that opens once."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        (self._keys / _trace(key)).touch()
        return key

    def enter(self, key: str) -> str | None:
        """The session that `key` opens; None where it is unknown or was used."""
        session = secrets.token_urlsafe(_KEY_BYTES)
        try:
            (self._keys / _trace(key)).unlink()
        except FileNotFoundError:
            return None
        (self._sessions / _trace(session)).touch()
        self._let_oldest_leave()
        return session

    def _let_oldest_leave(self) -> None:
        entered = []
        for path in self._sessions.iterdir():
            with suppress(FileNotFoundError):  # another process lets it leave
                entered.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(entered)[:-_SESSIONS]:
            path.unlink(missing_ok=True)

    def session_of(self, headers: Headers) -> str | None:
        """The session that a request's cookie names, where there is one."""
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        held = jar[self.cookie].value if self.cookie in jar else ""
        return held if (self._sessions / _trace(held)).exists() else None

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
