"""`metadata/items.jsonl`: what the sender's case says of each object, one statement a line.

    {"event":17,"kind":"received","modified":…,"name":"…","raw_name":"<hex>","sha256":"…","size":"12"}
    {"index":3,"kind":"contained","name":"…","parent":"…","raw_name":"<hex>","relation":"member",
     "sha256":"…","size":"12"}

- A received line repeats what event number `event` says, which the log proves.
- A contained line is the sender's word: no event names it, only the bag's seal covers it.
- A line that is not exactly of one of these forms is refused when it is read.
"""

import re
from typing import Any

import msgspec

from muniment.core import Digest, Relation, canonical_json, parse_digest
from muniment.publish.selection import Containment
from muniment.vault import Event

LINE_LIMIT = 1 << 20  # bytes; a name is at most some thousand

_DIGITS = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class Received(msgspec.Struct, frozen=True, tag_field="kind", tag="received", kw_only=True):
    """That an object arrived: which event says so, and what it says of name, size and time."""

    event: int
    modified: dict[str, str]
    name: str
    raw_name: str
    sha256: str
    size: str


class Contained(msgspec.Struct, frozen=True, tag_field="kind", tag="contained", kw_only=True):
    """That an object lies in another one."""

    index: int
    name: str
    parent: str
    raw_name: str
    relation: Relation
    sha256: str
    size: str


Item = Received | Contained

_DECODER = msgspec.json.Decoder(Item)


def received_lines(event: Event) -> list[bytes]:
    """The lines, with newline, of what an `ingestion` event took in; none for other events."""
    if event.event != "ingestion":
        return []
    detail = event.detail
    return [
        canonical_json(
            {
                "event": event.seq,
                "kind": "received",
                "modified": detail.get("modified", {}),
                "name": detail.get("name", ""),
                "raw_name": detail.get("name_hex", ""),
                "sha256": digest.hex,
                "size": detail.get("size", ""),
            }
        )
        + b"\n"
        for digest in event.objects
    ]


def contained_line(step: Containment) -> bytes:
    """The line, with newline, of one containment."""
    return (
        canonical_json(
            {
                "index": step.index,
                "kind": "contained",
                "name": step.name,
                "parent": step.parent.hex,
                "raw_name": step.raw_name.hex(),
                "relation": step.relation.value,
                "sha256": step.child.hex,
                "size": str(step.size),
            }
        )
        + b"\n"
    )


def parse_item(untrusted_line: bytes) -> Item:
    """What a line (without newline) states.

    Raises:
        ValueError: it is not a line that this module writes.
    """
    try:
        item: Item = _DECODER.decode(untrusted_line)
        spelled: dict[str, Any] = msgspec.to_builtins(item)
        if canonical_json(spelled) != untrusted_line:
            raise ValueError("not the canonical JSON of what it says")
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    digest_in(item)
    bytes.fromhex(item.raw_name)
    if item.size != "" and _DIGITS.fullmatch(item.size) is None:
        raise ValueError("a size is written in decimal digits")
    if isinstance(item, Contained):
        parse_digest(item.parent)
    return item


def digest_in(item: Item) -> Digest:
    """The object that the item is about."""
    return parse_digest(item.sha256)
