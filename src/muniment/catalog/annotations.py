"""The journal's `annotation` events, taken into the ledger.

- An event that says what this version does not know is kept as of kind `unknown`, with all that it
  says, so that nobody's words vanish because an older program opened the case.
- What is corrected or withdrawn keeps its first text; both stay to be shown.
"""

import json
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.annotation_tables import ANNOTATIONS, CHANGES
from muniment.core import canonical_json, print_place
from muniment.text import fold
from muniment.vault import (
    Annotated,
    Correction,
    Event,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    annotation_of,
    kind_of,
    print_time,
)

UNKNOWN = "unknown"


def take_annotation(connection: Connection, event: Event) -> None:
    """Take one event into the ledger; again is the same."""
    try:
        annotated = annotation_of(event)
    except ValueError:
        _add(connection, _unknown(event))
        return
    annotation = annotated.annotation
    match annotation:
        case Note() | Tag() | Highlight():
            target = annotation.target
            place = {"digest": target.digest.hex, "place": print_place(target.place)}
            _add(connection, _row(event, annotated) | place)
        case SavedSearch():
            filters = json.dumps(annotation.filters, ensure_ascii=False)
            search = {"query": annotation.query, "filters": filters}
            _add(connection, _row(event, annotated) | search)
        case Correction() | Withdrawal():
            _change(connection, event, annotated, annotation)


def _change(
    connection: Connection, event: Event, annotated: Annotated, change: Correction | Withdrawal
) -> None:
    row = {
        "id": event.leaf.hex,
        "seq": event.seq,
        "draft": annotated.draft,
        "of": change.of.hex,
        "kind": kind_of(change),
        "actor": event.actor,
        "at": print_time(event.at),
        "written": print_time(annotated.written),
        "body": change.body,
    }
    connection.execute(insert(CHANGES).values(row).on_conflict_do_nothing())
    changed = ANNOTATIONS.update().where(ANNOTATIONS.c.id == change.of.hex)
    match change:
        case Correction():
            text = {"now": change.body, "folded": fold(change.body)}
            connection.execute(changed.values(text))
        case Withdrawal():
            connection.execute(changed.values(standing=0))


def _row(event: Event, annotated: Annotated) -> dict[str, Any]:
    body = annotated.annotation.body
    return {
        "id": event.leaf.hex,
        "seq": event.seq,
        "draft": annotated.draft,
        "kind": kind_of(annotated.annotation),
        "actor": event.actor,
        "at": print_time(event.at),
        "written": print_time(annotated.written),
        "digest": "",
        "place": "",
        "body": body,
        "now": body,
        "folded": fold(body),
    }


def _unknown(event: Event) -> dict[str, Any]:
    said = canonical_json(msgspec.to_builtins(event.detail)).decode()
    return {
        "id": event.leaf.hex,
        "seq": event.seq,
        "draft": "",
        "kind": UNKNOWN,
        "actor": event.actor,
        "at": print_time(event.at),
        "written": print_time(event.at),
        "digest": event.objects[0].hex if len(event.objects) > 0 else "",
        "place": "",
        "body": said,
        "now": said,
        "folded": fold(said),
    }


def _add(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(insert(ANNOTATIONS).values(row).on_conflict_do_nothing())
