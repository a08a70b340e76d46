"""What people wrote beside one object, and the forms to write more: a fragment for any page.

    handler     page(request, "document.html", margin=margin_of(room, citation), …)
    template    {% import "annotations.html" as notes with context %}
                {{ notes.beside(margin) }}

- `citation` is the place that the page shows: what is written is tied to that.
- What waits for the journal is shown among the rest, as kept and not yet recorded.
"""

import msgspec

from muniment.app.deciding import Notebook
from muniment.app.web.room import Room
from muniment.catalog import AnnotationView, annotations_at, tags_counted
from muniment.core import Citation, Digest, Whole, parse_citation
from muniment.vault import (
    Draft,
    kind_of,
    target_of,
)

_PATIENCE = 0.6  # seconds: another page's note is recorded in less, a long run is not waited for
_TAGS_OFFERED = 200


class Waits(msgspec.Struct, frozen=True):
    """A draft as a page shows it; `target` is the citation of a place, or of an annotation."""

    kind: str
    actor: str
    written: str
    target: str | None
    sha256: str | None
    body: str


class Margin(msgspec.Struct, frozen=True):
    """What stands at one object, here and elsewhere in it, what waits, and the tags in use."""

    citation: str
    whole: bool
    here: tuple[AnnotationView, ...]
    elsewhere: tuple[AnnotationView, ...]
    waiting: tuple[Waits, ...]
    tags: tuple[str, ...]


def notebook_of(room: Room) -> Notebook:
    """Where the reader of a room writes."""
    return Notebook(room.case, room.ledger, room.reader, room.passphrase_file, _PATIENCE)


def margin_of(room: Room, citation: Citation) -> Margin:
    """What was written beside the object of `citation`; what is at that very place comes first."""
    found = annotations_at(room.ledger, citation.digest)
    here = str(citation)
    return Margin(
        citation=here,
        whole=isinstance(citation.place, Whole),
        here=tuple(each for each in found if each.target == here),
        elsewhere=tuple(each for each in found if each.target != here),
        waiting=waiting_in(room, citation.digest),
        tags=tuple(each.name for each in tags_counted(room.ledger)[:_TAGS_OFFERED]),
    )


def waiting_in(room: Room, digest: Digest | None = None) -> tuple[Waits, ...]:
    """What is kept and not yet in the journal: of one object, or all of it."""
    waiting = tuple(waits_of(draft) for draft in notebook_of(room).waiting())
    return tuple(each for each in waiting if digest is None or each.sha256 == digest.hex)


def waits_of(draft: Draft) -> Waits:
    """A draft as a page shows it."""
    annotation = draft.annotated.annotation
    target = target_of(annotation)
    return Waits(
        kind=kind_of(annotation),
        actor=draft.asked.actor,
        written=draft.annotated.written.strftime("%Y-%m-%dT%H:%M:%SZ"),
        target=target,
        sha256=None if target is None else parse_citation(target).digest.hex,
        body=annotation.body,
    )
