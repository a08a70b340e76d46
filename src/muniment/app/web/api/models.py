"""What the API takes and gives, as types: the OpenAPI is made from these and from nothing else.

- Members are named as the commands name them with `--json`.
- What the API takes is bounded here; what it gives is bounded where it is asked for.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from muniment.vault import (
    LONGEST_CITATION,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_QUERY,
    MOST_FILTERS,
)

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="64 hexadecimal digits.")]
WrittenCitation = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_CITATION,
        description="A citation: `ni:///sha-256;…#…`, or 64 hexadecimal digits for a whole file.",
    ),
]


class Given(BaseModel):
    """What the API gives: made from the records of the rooms."""

    model_config = ConfigDict(from_attributes=True, extra="forbid")


class Taken(BaseModel):
    """What the API takes: nothing that it does not know."""

    model_config = ConfigDict(extra="forbid")


class Trouble(Given):
    """What went wrong (RFC 9457), and what to do next."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    next_step: str


class PartModel(Given):
    """One thing that stands at a place."""

    kind: str
    at: str
    shown: str
    written: str


class LinkModel(Given):
    """One step from an object towards the delivery."""

    sha256: str
    name: str
    name_hex: str
    relation: str
    parent: str | None
    index: int | None
    at: str | None
    event: int | None
    intake: str | None


class Addresses(Given):
    """Where a place is shown and followed, in the same room."""

    page: str
    object: str
    trace: str
    text: str
    picture: str


class PlaceModel(Given):
    """What stands at a citation, and how its file came to the case.

    `text` holds letters of a document, `value` what else stands there; `written` is as the file
    stores it. Where `truncated`, more stands there than is given.
    """

    citation: str
    sha256: str
    text: str | None = None
    value: str | None = None
    written: str
    parts: list[PartModel]
    truncated: bool
    chain: list[LinkModel]
    links: Addresses


class ParentModel(Given):
    """Where an object lay."""

    sha256: str
    member: str
    index: int


class ItemModel(Given):
    """One object."""

    sha256: str
    bytes: int
    names: list[str]
    parents: list[ParentModel]
    type: str
    state: str
    reason: str
    reader: str
    parts: dict[str, int]


class ItemsModel(Given):
    """Some objects, by digest; `next` is the address of those after them."""

    items: list[ItemModel]
    next: str | None


class OneItemModel(ItemModel):
    """One object, its way from the delivery, and what to do where it was not read."""

    chain: list[LinkModel]
    next_step: str
    links: dict[str, str]


class TextModel(Given):
    """A window of an object's text, in letters; `next` is the address of the next one."""

    sha256: str
    start: int
    text: str
    next: str | None


class HitModel(Given):
    """One place that was found.

    `marks` are the letters of `snippet` that were found, from and up to; `found_as` the word in
    another script that stands there. `sort` is text, row, metadata or name.
    """

    citation: str
    sha256: str
    type: str
    sort: str
    snippet: str
    marks: list[tuple[int, int]]
    found_as: list[str]
    score: float


class HitsModel(Given):
    """Some of the places that were found, and how many there are; `next` is the address of more.

    The same words found twice where two passages overlap are given once.
    """

    query: str
    total: int
    hits: list[HitModel]
    next: str | None


class ProblemModel(Given):
    """Trouble in a source, with its place; `sha256` and `at` are null where no bytes arrived.

    `name` is that of the file, empty where it has none.
    """

    sha256: str | None
    at: str | None
    code: str
    message: str
    name: str
    next_step: str


class ProblemsModel(Given):
    """Some problems; `next` is the address of those after them."""

    problems: list[ProblemModel]
    next: str | None


class TableModel(Given):
    """One table: where it is, and what it holds."""

    sha256: str
    number: int
    sheet: str | None
    name: str
    state: str
    rows: int
    columns: int
    cells: int
    hidden: int
    comments: int
    formulas: int
    page: str


class TablesModel(Given):
    """Some tables, those of most cells first; `next` is the address of those after them."""

    tables: list[TableModel]
    next: str | None


class CellModel(Given):
    """One cell of a window; `shown` is what the file displays, `written` what it stores."""

    column: int
    citation: str
    shown: str
    written: str
    hidden: bool


class RowModel(Given):
    """One row of a window, by its number in the file."""

    row: int
    cells: list[CellModel]


class WindowModel(Given):
    """Some rows of a table under some conditions, and how many answer them."""

    sha256: str
    sheet: str | None
    total: int
    start: int
    columns: list[int]
    rows: list[RowModel]
    next: str | None


class LogModel(Given):
    """The journal as its newest checkpoint signs it: how many events, the root of their tree."""

    size: int
    root: str


class StatusModel(Given):
    """What the case holds."""

    name: str
    items: int
    received: int
    bytes: int
    by_state: dict[str, int]
    by_type: dict[str, int]
    problems: dict[str, int]
    log: LogModel
    version: str


class SessionModel(Given):
    """Who reads, and what a request that changes something sends as `X-CSRF-Token`."""

    reader: str
    csrf: str | None


class ChangeModel(Given):
    """A correction or a withdrawal."""

    id: str
    event: int
    kind: str
    actor: str
    at: str
    written: str
    body: str


class AnnotationModel(Given):
    """A note, tag, highlight or saved search, as it stands and as it came to."""

    id: str
    citation: str
    event: int
    kind: str
    actor: str
    at: str
    written: str
    target: str | None
    sha256: str | None
    body: str
    first: str
    standing: bool
    query: str
    filters: list[tuple[str, str]]
    changes: list[ChangeModel]


class AnnotationsModel(Given):
    """Some annotations, the newest first; `next` is the address of those before them."""

    annotations: list[AnnotationModel]
    next: str | None


_Text = Annotated[str, StringConstraints(max_length=LONGEST_NOTE)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]


class NoteAsked(Taken):
    """A note at a place."""

    kind: Literal["note"]
    target: WrittenCitation
    body: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE)]


class TagAsked(Taken):
    """A tag at a place."""

    kind: Literal["tag"]
    target: WrittenCitation
    body: _Name


class HighlightAsked(Taken):
    """A place that is marked, perhaps with a word why."""

    kind: Literal["highlight"]
    target: WrittenCitation
    body: _Text = ""


class SearchAsked(Taken):
    """A search to be kept under a name."""

    kind: Literal["search"]
    body: _Name
    query: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)] = ""
    filters: Annotated[
        list[tuple[str, Annotated[str, StringConstraints(max_length=LONGEST_QUERY)]]],
        Field(max_length=MOST_FILTERS),
    ] = []


class CorrectionAsked(Taken):
    """Another text for an annotation of one's own, named by its id."""

    kind: Literal["correction"]
    of: Sha256
    body: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NOTE)]


class WithdrawalAsked(Taken):
    """An annotation of one's own, or a tag, taken back, perhaps with a word why."""

    kind: Literal["withdrawal"]
    of: Sha256
    body: _Text = ""


Asked = Annotated[
    NoteAsked | TagAsked | HighlightAsked | SearchAsked | CorrectionAsked | WithdrawalAsked,
    Field(discriminator="kind"),
]


class DecidedModel(Given):
    """The ids of what was recorded; or why it is kept and waits, and what to do."""

    ids: list[str]
    waits: bool
    why: str
    next_step: str


def given(model: type[Given], record: Any, **more: Any) -> dict[str, Any]:
    """The members of `model` that a record has, and some more."""
    names = [name for name in model.model_fields if name not in more and hasattr(record, name)]
    return {name: getattr(record, name) for name in names} | more
