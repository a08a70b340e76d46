"""What a document's text seems to state: proposed each time it is asked for, and never kept.

A proposal is no statement: a person looks at its place first.
"""

from collections.abc import Iterator

import msgspec

from muniment.catalog.processing import parts_of
from muniment.core import Citation, Digest, Part, TextSpan
from muniment.facts.judgement import proposal_name
from muniment.facts.prose.placing import narrowed
from muniment.facts.prose.proposed import Proposed as Found
from muniment.facts.prose.proposing import propose
from muniment.vault import Case

LONGEST = 200_000  # letters of a document that are read here; what lies behind is said


class ProseView(msgspec.Struct, frozen=True):
    """Something that a text seems to state; `read` is empty where `unread` says why.

    `id` names it, whichever version finds it; `places` are those of its `pieces`, by their names.
    """

    id: str
    sort: str
    written: str
    read: dict[str, str]
    unread: str
    pieces: dict[str, str]
    places: dict[str, str]
    citation: str


class Prose(msgspec.Struct, frozen=True):
    """What is proposed of a document, in the order of its text; whether all of it was read."""

    proposed: tuple[ProseView, ...]
    letters: int
    whole: bool


def proposed_of_prose(case: Case, digest: Digest, *, most: int = LONGEST) -> Prose:
    """What the text of an object seems to state, of its first `most` letters."""
    return proposed_of_parts(digest, parts_of(case, digest), most)


def proposed_of_parts(digest: Digest, parts: Iterator[Part] | list[Part], most: int) -> Prose:
    """What some parts of an object seem to state, of their first `most` letters."""
    found: list[ProseView] = []
    letters = 0
    for part in parts:
        if not isinstance(part, TextSpan):
            continue
        if letters + len(part.text) > most and letters > 0:
            return Prose(tuple(found), letters, whole=False)
        letters += len(part.text)
        found += [_view(digest, part, each) for each in propose(part)]
    return Prose(tuple(found), letters, whole=True)


def _view(digest: Digest, part: TextSpan, found: Found) -> ProseView:
    citation = str(Citation(digest, found.at))
    return ProseView(
        proposal_name(found.sort.value, found.written, citation),
        found.sort.value,
        found.written,
        dict(found.read),
        found.unread,
        {each.name: each.written for each in found.pieces},
        {
            each.name: str(
                Citation(digest, narrowed(part.at, len(part.text), each.start, each.end))
            )
            for each in found.pieces
        },
        citation,
    )
