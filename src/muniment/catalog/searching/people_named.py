"""The people whom headers and properties of an object name.

- A person is a name or an address as it stands there. Nothing is matched, and no two are one.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from muniment.catalog.searching.fields import AUTHORS, RECIPIENTS, SENDERS
from muniment.core import Field, Metadata, Part, Place, TextSpan
from muniment.text import fold

_TRAILING = re.compile(r"\s+\S*\d{4}-\d\d-\d\d\S*$")
# "Name" <address>, Name <address>, address: what RFC 5322 means, read as senders write it.
_MAILBOX = re.compile(
    r'\s*(?:"((?:[^"\\]|\\.){0,1000})"|([^<>",;]{0,1000}))\s*<([^<>]{0,1000})>'
    r'|([^\s<>",;]{1,500}@[^\s<>",;]{1,500})'
)
_LONGEST = 500  # code points of a name
_MOST = 2_000  # people of one object


class Person(msgspec.Struct, frozen=True):
    """Somebody named: `sender`, `recipient` or `author`; a name, an address, or both."""

    role: str
    name: str
    address: str
    at: Place


def people(parts: Iterable[Part]) -> Iterator[Person]:
    """Everybody whom headers and properties name, each once a role; at most a bounded number.

    Where a header has encoded words, what they say stands after it as text: that is taken.
    """
    seen: set[tuple[str, str, str]] = set()
    for role, at, written in _entries(parts):
        for name, address in _named("\n".join(written), role):
            if (role, name, address) not in seen and len(seen) < _MOST:
                seen.add((role, name, address))
                yield Person(role, name, address, at)


def _entries(parts: Iterable[Part]) -> list[tuple[str, Place, list[str]]]:
    """Each header or property that names somebody: the role, the place, what is written there."""
    entries: list[tuple[str, Place, list[str]]] = []
    headers: dict[tuple[str, Place], list[str]] = {}
    for part in parts:
        if isinstance(part, TextSpan):
            for named in ("sender", "recipient"):
                if (named, part.at) in headers:
                    headers[named, part.at][:] = [part.text]
            continue
        role = _role(part) if isinstance(part, Metadata) else None
        if not isinstance(part, Metadata) or role is None:
            continue
        known = headers.get((role, part.at))
        if known is not None and _is_recipient(part):
            known.append(part.written)
            continue
        entries.append((role, part.at, [part.written]))
        if isinstance(part.at, Field):
            headers[role, part.at] = entries[-1][2]
    return entries


def _is_recipient(part: Metadata) -> bool:
    return isinstance(part.at, Field) and part.at.name == "recipient"


def _role(part: Metadata) -> str | None:
    if _is_recipient(part):
        known = ("display_name", "email_address", "smtp_address")
        return "recipient" if fold(part.name) in known else None
    name = fold(part.name)
    if name in SENDERS:
        return "sender"
    if name in RECIPIENTS:
        return "recipient"
    return "author" if name in AUTHORS else None


def _named(written: str, role: str) -> Iterator[tuple[str, str]]:
    """Names and addresses in a header or a property."""
    if role == "author":
        name = " ".join(_TRAILING.sub("", written).split())[:_LONGEST]
        if name != "":
            yield name, ""
        return
    if "\n" in written:  # a recipient's own properties: a name, an address
        lines = [line for line in written.split("\n") if not line.startswith("/")]  # no X.500 name
        address = next((line for line in lines if "@" in line), "")
        name = next((line for line in lines if "@" not in line and line != "SMTP"), "")
        if name + address != "":
            yield name[:_LONGEST], address.lower()[:_LONGEST]
        return
    if "@" not in written:
        for name in written.split(";"):
            if name.strip() not in ("", "''") and not name.startswith("/"):
                yield name.strip().strip("'\"")[:_LONGEST], ""
        return
    for match in _MAILBOX.finditer(written):
        name = " ".join((match[1] or match[2] or "").replace("\\", "").split()).strip("'\"")
        address = (match[3] or match[4] or "").strip().lower()
        if name + address != "":
            yield name[:_LONGEST], address[:_LONGEST]
