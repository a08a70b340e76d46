"""Web archives of Safari (.webarchive): the page and all that it loaded, each as a child.

    property list: WebMainResource, WebSubresources[], WebSubframeArchives[] (the same again)

- Each resource is a child with its exact bytes; its address, type and encoding are stated.
- Frames inside frames are walked with a list, not by recursion.
"""

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from muniment.core import Member, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 28
_MOST = 100_000
_MAIN, _SUB, _FRAMES = "WebMainResource", "WebSubresources", "WebSubframeArchives"
_STATED = (
    ("address", "WebResourceURL"),
    ("content type", "WebResourceMIMEType"),
    ("encoding", "WebResourceTextEncodingName"),
    ("frame", "WebResourceFrameName"),
)
# What plistlib raises on files that somebody broke.
_BROKEN = (
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
)


def read_web_archive(source: Source, context: Context) -> Iterator[Part]:
    """The resources of a web archive."""
    if source.size > _LARGEST:
        raise RefusedError(f"a web archive of more than {_LARGEST} bytes")
    try:
        archive = plistlib.loads(source.read_all())
    except _BROKEN as why:
        raise UnreadableError("its property list is damaged") from why
    resources = list(_resources(archive))
    yield Tally(Whole(), "members", len(resources))
    for index, (sort, resource) in enumerate(resources):
        data = resource.get("WebResourceData")
        if not isinstance(data, bytes):
            yield Problem(Member(index), "member-damaged", "a resource has no data")
            continue
        said = [(label, str(resource[key])[:4_000]) for label, key in _STATED if key in resource]
        address = str(resource.get("WebResourceURL", ""))
        entry = Entry(
            at=Member(index),
            index=index,
            relation=Relation.MEMBER,
            raw_name=address.encode("utf-8", "replace"),
            name=address,
            stated=(("what", sort), *said),
        )
        yield child_or_problem(context.children, entry, (data,))
    if len(resources) == 0:
        raise UnreadableError("no resource stands in it")


def _resources(archive: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    pending = [archive]
    count = 0
    while len(pending) > 0 and count < _MOST:
        current = pending.pop()
        count += 1
        if not isinstance(current, dict):
            continue
        main = current.get(_MAIN)
        if isinstance(main, dict):
            yield "page", main
        for resource in _list(current.get(_SUB)):
            if isinstance(resource, dict):
                count += 1
                yield "resource", resource
        pending.extend(reversed(_list(current.get(_FRAMES))))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_web_archive(head: bytes) -> bool:
    is_list = head.startswith(b"bplist00") or (head.lstrip()[:5] == b"<?xml" and b"<plist" in head)
    return is_list and _MAIN.encode() in head


WEB_ARCHIVE = Reader(
    name="web-archive",
    version=1,
    media_types=("application/x-webarchive",),
    read=read_web_archive,
    recognises=_is_web_archive,
    begins=rb"bplist|\s*<",
)
