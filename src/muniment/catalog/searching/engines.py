"""Which engine serves a case: the embedded one, or a server that a team shares.

- The choice is a file of the case folder, `search.json`; without it the engine is embedded.
- No password stands in it: PostgreSQL's own files and variables give one (`~/.pgpass`, PGPASSWORD).
"""

from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.catalog.searching.engine import EMBEDDED, SearchEngine
from muniment.core import IntegrityError, UsageError
from muniment.vault import Case

_FILE = "search.json"
_SCHEMES = ("postgresql", "postgres")


class _Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    engine: str


def engine_named(written: str) -> str:
    """The name of an engine as a person wrote it: `embedded`, or the address of a server.

    Raises:
        UsageError: it is neither, or it has a password in it.
    """
    if written == EMBEDDED:
        return written
    try:
        parts = urlsplit(written)
        password = parts.password
    except ValueError:
        parts, password = urlsplit(""), None
    if parts.scheme not in _SCHEMES:
        raise UsageError(
            f"{written!r} is no search engine",
            next_step="write embedded, or postgresql://USER@HOST/DATABASE",
        )
    if password is not None or "password=" in parts.query:
        raise UsageError(
            "the address of the server has a password in it, which would lie open in the case",
            next_step="leave it out, and put it into ~/.pgpass or PGPASSWORD",
        )
    return written


def chosen_engine(case: Case) -> str:
    """The name of the engine that serves the case.

    Raises:
        IntegrityError: the file that says so cannot be read.
    """
    path = _path(case)
    try:
        return engine_named(msgspec.json.decode(path.read_bytes(), type=_Chosen).engine)
    except FileNotFoundError:
        return EMBEDDED
    except (OSError, msgspec.MsgspecError, UsageError) as why:
        raise IntegrityError(
            f"{path} is damaged: {why}",
            next_step="delete it to use the embedded index, or give `muniment index CASE --engine`",
        ) from why


def choose_engine(case: Case, name: str) -> None:
    """Let this engine serve the case from now on. The caller holds the case's lock."""
    path = _path(case)
    if name == EMBEDDED:
        path.unlink(missing_ok=True)
        return
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(_Chosen(name)) + b"\n")
    partial.rename(path)


def open_engine(case: Case) -> SearchEngine:
    """The engine that serves the case; the caller closes it.

    Raises:
        UsageError: the server does not answer, or its library is not installed.
    """
    return engine_of(case, chosen_engine(case))


def engine_of(case: Case, name: str) -> SearchEngine:
    """An engine for this case by name."""
    if name == EMBEDDED:
        return EmbeddedEngine(case.work / "index")
    # Its library is an extra, and would slow the start of every command.
    from muniment.catalog.searching.postgres import PostgresEngine  # noqa: PLC0415

    return PostgresEngine(name, case.header.case)


def _path(case: Case) -> Path:
    return case.folder / _FILE
