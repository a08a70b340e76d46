"""What people write beside the evidence: notes, tags, highlights, saved searches, as events.

    event     annotation
    actor     who reads: a pseudonym
    objects   the object that is annotated; none for a saved search, a correction, a withdrawal
    detail    annotation   note, tag, highlight, search, correction, withdrawal
              motivation   the W3C Web Annotation term for it
              target       citation of the place; of the annotation for a correction or withdrawal
              body         what was written: the note, the tag, the search's name, the reason
              query, filters    of a saved search, which has no target
              draft        32 hex digits at random, so that one draft is never recorded twice
              written      when it was typed, by this machine's clock; `at` is when it was recorded

- An annotation is named by the leaf hash of its event. Nothing is ever changed: a correction and a
  withdrawal are annotations of their own, whose target is that name.
- `annotation_of` accepts only what `annotation_draft` writes: one annotation has one spelling.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from muniment.core import Citation, Digest, parse_citation
from muniment.vault.event import Event, EventDraft, parse_time, print_time

ANNOTATION = "annotation"
ANNOTATION_KINDS = ("note", "tag", "highlight", "search")  # the others change one of these
LONGEST_NOTE = 20_000  # letters: some ten pages; what is longer is a document of its own
LONGEST_NAME = 200  # letters of a tag, of a search's name, of a pseudonym
LONGEST_CITATION = 4_000  # letters
LONGEST_QUERY = 2_000  # letters
MOST_FILTERS = 50

_DRAFT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FILTER = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
_LINES = "\n\t"


class Note(msgspec.Struct, frozen=True, tag="note"):
    """A comment on a place."""

    target: Citation
    body: str

    def __post_init__(self) -> None:
        """Refuse an empty, an overlong and an untidy text."""
        _check_target(self.target)
        _check("a note", self.body, LONGEST_NOTE, lines=True)


class Tag(msgspec.Struct, frozen=True, tag="tag"):
    """A word by which places of a kind are found again."""

    target: Citation
    body: str

    def __post_init__(self) -> None:
        """Refuse an empty, an overlong and an untidy word."""
        _check_target(self.target)
        _check("a tag", self.body, LONGEST_NAME)


class Highlight(msgspec.Struct, frozen=True, tag="highlight"):
    """A place that somebody marked, perhaps with a word why."""

    target: Citation
    body: str = ""

    def __post_init__(self) -> None:
        """Refuse an overlong and an untidy text."""
        _check_target(self.target)
        _check("the word beside a highlight", self.body, LONGEST_NOTE, lines=True, empty=True)


class SavedSearch(msgspec.Struct, frozen=True, tag="search"):
    """A query under a name; `filters` are the further fields of the search's address, in order."""

    body: str
    query: str
    filters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no search: no name, no words, or fields that no address has."""
        _check("the name of a search", self.body, LONGEST_NAME)
        _check("a query", self.query, LONGEST_QUERY, empty=len(self.filters) > 0)
        if len(self.filters) > MOST_FILTERS:
            raise ValueError(f"a search has at most {MOST_FILTERS} filters")
        for name, value in self.filters:
            if _FILTER.fullmatch(name) is None:
                raise ValueError("a filter is named in lower-case letters")
            _check("a filter", value, LONGEST_QUERY, empty=True)


class Correction(msgspec.Struct, frozen=True, tag="correction"):
    """Another text for an annotation, which is named by its event's leaf hash."""

    of: Digest
    body: str

    def __post_init__(self) -> None:
        """Refuse an empty, an overlong and an untidy text."""
        _check("a correction", self.body, LONGEST_NOTE, lines=True)


class Withdrawal(msgspec.Struct, frozen=True, tag="withdrawal"):
    """That an annotation is taken back, perhaps with a word why; of a tag: that it is taken off."""

    of: Digest
    body: str = ""

    def __post_init__(self) -> None:
        """Refuse an overlong and an untidy text."""
        _check("the reason of a withdrawal", self.body, LONGEST_NOTE, lines=True, empty=True)


Annotation = Note | Tag | Highlight | SavedSearch | Correction | Withdrawal

# W3C Web Annotation Vocabulary, §3.3.5 (instances of oa:Motivation).
_MOTIVATIONS: dict[type[Annotation], str] = {
    Note: "commenting",
    Tag: "tagging",
    Highlight: "highlighting",
    SavedSearch: "bookmarking",
    Correction: "editing",
    Withdrawal: "editing",
}
_KINDS = ("note", "tag", "highlight", "search", "correction", "withdrawal")


class Annotated(msgspec.Struct, frozen=True):
    """An annotation as it was typed: which draft it was, and when that was."""

    annotation: Annotation
    draft: str
    written: datetime

    def __post_init__(self) -> None:
        """Refuse a draft without a name."""
        if _DRAFT.fullmatch(self.draft) is None:
            raise ValueError("a draft is named by 32 lower-case hex digits")


def tidy(typed: str) -> str:
    """What a person typed, as it is recorded: lines end in a newline, nothing empty around it."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def tidy_name(typed: str) -> str:
    """A tag, a name or a pseudonym as it is recorded: in one line, composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def check_name(what: str, name: str) -> None:
    """Refuse a name or a pseudonym that is empty, overlong or untidy.

    Raises:
        ValueError: it is one of these.
    """
    _check(what, name, LONGEST_NAME)


def annotation_draft(annotated: Annotated, actor: str, tool: str) -> EventDraft:
    """The event that records it.

    Raises:
        ValueError: `actor` is no pseudonym that can be written.
    """
    check_name("a pseudonym", actor)
    annotation = annotated.annotation
    detail: dict[str, Any] = {
        "annotation": kind_of(annotation),
        "body": annotation.body,
        "draft": annotated.draft,
        "motivation": motivation_of(annotation),
        "written": print_time(annotated.written),
    }
    objects: tuple[Digest, ...] = ()
    target = target_of(annotation)
    if target is not None:
        detail["target"] = target
    match annotation:
        case Note() | Tag() | Highlight():
            objects = (annotation.target.digest,)
        case SavedSearch():
            detail["query"] = annotation.query
            detail["filters"] = [list(pair) for pair in annotation.filters]
        case Correction() | Withdrawal():
            pass
    return EventDraft(event=ANNOTATION, actor=actor, tool=tool, objects=objects, detail=detail)


def annotation_of(event: Event | EventDraft) -> Annotated:
    """The annotation that an event records.

    Raises:
        ValueError: the event is not one that `annotation_draft` writes.
    """
    if event.event != ANNOTATION:
        raise ValueError(f"{event.event!r} is no annotation")
    detail = event.detail
    annotated = Annotated(
        _annotation(detail), _text(detail, "draft"), parse_time(_text(detail, "written"))
    )
    again = annotation_draft(annotated, event.actor, event.tool)
    if again.detail != detail or (again.objects, again.outcome) != (event.objects, event.outcome):
        raise ValueError("the members of an annotation are not those of its kind")
    return annotated


def kind_of(annotation: Annotation) -> str:
    """The word for its kind: note, tag, highlight, search, correction or withdrawal."""
    return str(annotation.__struct_config__.tag)


def target_of(annotation: Annotation) -> str | None:
    """The citation of what it is about: a place, or the annotation it changes; None of a search."""
    match annotation:
        case Note() | Tag() | Highlight():
            return str(annotation.target)
        case Correction() | Withdrawal():
            return annotation.of.ni
        case SavedSearch():
            return None


def motivation_of(annotation: Annotation) -> str:
    """The W3C Web Annotation motivation of its kind."""
    return _MOTIVATIONS[type(annotation)]


def _annotation(detail: Mapping[str, Any]) -> Annotation:
    body = _text(detail, "body")
    match _text(detail, "annotation"):
        case "note":
            return Note(parse_citation(_text(detail, "target")), body)
        case "tag":
            return Tag(parse_citation(_text(detail, "target")), body)
        case "highlight":
            return Highlight(parse_citation(_text(detail, "target")), body)
        case "search":
            return SavedSearch(body, _text(detail, "query"), _filters(detail.get("filters")))
        case "correction":
            return Correction(parse_citation(_text(detail, "target")).digest, body)
        case "withdrawal":
            return Withdrawal(parse_citation(_text(detail, "target")).digest, body)
        case other:
            raise ValueError(f"an annotation is one of {', '.join(_KINDS)}, not {other[:40]!r}")


def _text(detail: Mapping[str, Any], name: str) -> str:
    value = detail.get(name)
    if not isinstance(value, str):
        raise ValueError(f"an annotation says its {name}")  # noqa: TRY004 one error for all of it
    return value


def _filters(value: Any) -> tuple[tuple[str, str], ...]:
    try:
        return msgspec.convert(value, tuple[tuple[str, str], ...])
    except msgspec.ValidationError as why:
        raise ValueError(f"filters are pairs of texts: {why}") from why


def _check_target(target: Citation) -> None:
    if len(str(target)) > LONGEST_CITATION:
        raise ValueError(f"a citation has at most {LONGEST_CITATION:,} letters")


def _check(what: str, text: str, longest: int, *, lines: bool = False, empty: bool = False) -> None:
    if text.strip() == "" and not (empty and text == ""):
        raise ValueError(f"{what} says something")
    if len(text) > longest:
        raise ValueError(f"{what} has at most {longest:,} letters, not {len(text):,}")
    if text != text.strip():
        raise ValueError(f"{what} has no white space around it")
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs") and not (lines and letter in _LINES):
            raise ValueError(f"{what} has no control letter such as \\u{ord(letter):04x}")
