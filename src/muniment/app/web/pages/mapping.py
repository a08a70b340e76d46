"""`/mappings`, `/mapping/<sha256>`: what columns state, proposed here, corrected, confirmed.

- The form has one line a column, a hundred lines at once; trying it shows what would be read, and
  changes nothing. What was changed on other pages of columns goes along in hidden fields.
- A long table is proposed from some hundred of its rows, and the page says so; `whole` asks for
  all.
- Confirming is a decision in the journal: it is recorded by the same command that a terminal
  gives, as work that survives the page and the room.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from muniment.app.jobs import Action, Wanted, start
from muniment.app.told_fields import FIELDS, said_of, told_from
from muniment.app.web.fact_words import misfit_label, property_label, schema_label, why_unread
from muniment.app.web.pages.table import digest_in_address, known_table
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.catalog.facts import (
    Proposed,
    applied_mappings,
    confirmable,
    mapping_named,
    mappings,
    misfits,
    proposed_for,
    tried_on,
    withdrawal,
)
from muniment.catalog.sheets import TableView, letters, tables_in_case
from muniment.catalog.sheets import Wanted as TablesWanted
from muniment.core import Error, UsageError, digest_of
from muniment.facts import ColumnRule, Scope, check_mapping, mapping_bytes, printed_mapping
from muniment.facts import Mapping as FactMapping
from muniment.facts.editing import Choice, Sharing, edited
from muniment.facts.model import SCHEMATA, Kind, properties_of
from muniment.facts.readings import READINGS
from muniment.facts.readings.offered import OFFERED
from muniment.facts.shape import ACROSS, BESIDE, FORM
from muniment.facts.told import LIST
from muniment.vault import tidy, tidy_name, write_new

router = APIRouter()

_OFFERED = (
    "Person", "Detention", "Sentence", "Charge", "Facility", "FacilityState", "Order", "Post",
    "Relation", "Age", "Organization", "PublicBody", "Address", "Event", "Testimony",
)  # fmt: skip
_TABLES = 100
_MISFITS = 500
_COLUMNS = 100  # on one page
_MOST_FIELDS = 20_000  # of a form: four for each column that was changed
_TURNED = "columns-"  # what the button of another page of columns begins with
_KINDS_OF_RECORDS = {
    LIST: "a record a row",
    BESIDE: "lists beside each other",
    FORM: "forms: labels, answers on their right",
    ACROSS: "labels in one column, a record in each other",
}
_READER_WORDS = {
    "text": "text as it is",
    "code": "word of a vocabulary",
    "identity": "identity number",
}


async def _form(request: Request) -> dict[str, str]:
    """The fields of the form, whose names say their column."""
    form = await request.form(max_fields=_MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


TheForm = Annotated[dict[str, str], Depends(_form)]


@router.get("/mappings")
def all_mappings(request: Request, room: TheRoom) -> Response:
    """The mappings that were confirmed, and the largest tables that have none."""
    applied = applied_mappings(room.ledger)
    have = {(each.sha256, each.sheet) for each in applied}
    largest = tables_in_case(room.ledger, TablesWanted(least_rows=2), limit=_TABLES)
    return page(
        request,
        "mappings.html",
        mappings=mappings(room.ledger),
        applied=applied,
        unmapped=[view for view in largest if (view.sha256, view.sheet) not in have],
        counted=_counted(applied),
    )


@router.get("/mappings/{name}/misfits")
def misfits_of(request: Request, room: TheRoom, name: str) -> Response:
    """What of its tables a mapping does not fit: rows and cells, each with its place and why."""
    view = mapping_named(room.ledger, name)
    found = list(misfits(room.facts, view.id, _MISFITS + 1))
    counts: Counter[str] = Counter()
    for each in applied_mappings(room.ledger, view.id):
        counts.update(each.misfits)
    return page(
        request,
        "misfits.html",
        mapping=view,
        misfits=found[:_MISFITS],
        more=len(found) > _MISFITS,
        counts=[(misfit_label(code), count) for code, count in counts.most_common()],
        label=misfit_label,
        address=_first_table(room, view.id),
    )


@router.post("/mappings/{name}/withdrawal")
def withdraw(room: TheRoom, fields: TheForm, name: str) -> Response:
    """Take a mapping back; what it stated goes."""
    _refuse_read_only(room)
    view = mapping_named(room.ledger, name)
    withdrawal(view, "")
    # An argument that begins with a hyphen would be an option of the command.
    reason = tidy(fields.get("reason", "")).lstrip("-")
    options = ("--as", room.reader, view.id, *((reason,) if reason else ()))
    asked = Wanted(Action.MAP, "map withdraw", options, room.reader, room.passphrase_file)
    return RedirectResponse(f"/work/{start(room.case, asked, room.clock())}", 303)


@router.get("/mapping/{sha256}")
def proposal(
    request: Request,
    room: TheRoom,
    sha256: str,
    sheet: Annotated[str | None, Query(max_length=2_000)] = None,
    *,
    whole: bool = False,
) -> Response:
    """The mapping that stands for a table's shape, or the one that is proposed.

    With what a person says in the address of where the records lie, the one proposed for that.
    """
    view = known_table(room, digest_in_address(sha256), sheet)
    lie, trouble = dict(request.query_params), None
    try:
        proposed = _proposed(room, view, lie, whole=whole)
    except Error as why:
        proposed, trouble = _proposed(room, view, {}, whole=whole), why
    before = proposed.standing
    base = proposed.mapping if before is None or before.mapping is None else before.mapping
    shown = _Shown(proposed, base, whole=whole)
    return _page(request, room, shown, fields=lie if trouble else None, trouble=trouble)


@router.post("/mapping/{sha256}")
def change(
    request: Request,
    room: TheRoom,
    fields: TheForm,
    sha256: str,
    sheet: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """Try what the form says, or confirm it."""
    view = known_table(room, digest_in_address(sha256), sheet)
    whole, done = fields.get("whole", "") != "", fields.get("do", "")
    proposed = _proposed(room, view, fields, whole=whole)
    turned = done if done.startswith(_TURNED) else fields.get("at", "")
    first = _start(turned.removeprefix(_TURNED))
    try:
        wanted = _asked(proposed.mapping, fields)
        check_mapping(wanted)
        if done != "confirm":
            note = fields.get("note", "")
            return _page(request, room, _Shown(proposed, wanted, first, whole=whole, note=note))
        return _confirmed(room, wanted, fields.get("note", ""))
    except Error as why:
        shown = _Shown(proposed, proposed.mapping, first, whole=whole)
        return _page(request, room, shown, fields=fields, trouble=why)


def _proposed(room: Room, view: TableView, fields: Mapping[str, str], *, whole: bool) -> Proposed:
    told = told_from(fields)
    return proposed_for(room.case, room.ledger, view, told=told, whole=whole)


def _start(written: str) -> int:
    """Where a page of columns begins."""
    known = written.isascii() and written.isdecimal() and len(written) < 6  # noqa: PLR2004 - digits
    return int(written) // _COLUMNS * _COLUMNS if known else 0


def _confirmed(room: Room, wanted: FactMapping, note: str) -> Response:
    """Start the command that records the decision and applies it."""
    _refuse_read_only(room)
    confirmable(room.case, room.ledger, wanted, lambda *_: None)
    written = printed_mapping(wanted).encode()
    folder = room.case.work / "mappings"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest_of(mapping_bytes(wanted)).hex}.json"
    if not path.exists():
        write_new(path, written)
    options = (str(path), "--as", room.reader, *(("--note", note) if note.strip() else ()))
    asked = Wanted(Action.MAP, "map confirm", options, room.reader, room.passphrase_file)
    return RedirectResponse(f"/work/{start(room.case, asked, room.clock())}", 303)


def _refuse_read_only(room: Room) -> None:
    if room.read_only:
        raise UsageError(
            "this case is read-only here: nothing can be decided in it",
            next_step="copy its folder to a disk that can be written, and open the copy",
        )


def _first_table(room: Room, mapping: str) -> str:
    """The address of a mapping's form, by the first table that it is applied to."""
    for each in applied_mappings(room.ledger):
        if each.mapping == mapping:
            query = "" if each.sheet is None else "?" + urlencode({"sheet": each.sheet})
            return f"/mapping/{each.sha256}{query}"
    return ""


def _asked(base: FactMapping, fields: Mapping[str, str]) -> FactMapping:
    """The mapping that the form says."""
    choices = {}
    for rule in base.columns:
        said = fields.get(f"p{rule.column}")
        if said is not None:
            choices[rule.column] = Choice(
                said,
                fields.get(f"e{rule.column}", ""),
                fields.get(f"r{rule.column}", "") or "text",
                tuple(_options(fields.get(f"o{rule.column}", ""))),
            )
    sharing = {
        name.removeprefix("keys-"): Sharing(
            tuple(_columns(value)), _scope(fields.get(name.replace("keys-", "scope-", 1), ""))
        )
        for name, value in fields.items()
        if name.startswith("keys-")
    }
    title = tidy_name(fields.get("title", ""))[:200].strip()
    if not title.isprintable():
        raise UsageError(
            "the title holds signs that cannot be shown", next_step="type it anew, in plain letters"
        )
    changed = edited(base, choices, sharing)
    return msgspec.structs.replace(changed, title=title) if title else changed


def _options(written: str) -> Iterator[tuple[str, str]]:
    for word in written.split():
        name, equals, value = word.partition("=")
        if equals == "" or name == "":
            raise UsageError(
                f"{word!r} is no option", next_step="write name=value, such as order=dmy"
            )
        yield name, value


def _columns(written: str) -> Iterator[int]:
    for word in written.replace(",", " ").split():
        if not (word.isascii() and word.isdecimal()):
            raise UsageError(
                f"{word!r} is no column", next_step="write the numbers of columns, such as 3 5"
            )
        yield int(word[:9])


def _scope(written: str) -> Scope:
    if written == "":  # a form that does not offer it
        return Scope.TABLE
    try:
        return Scope(written)
    except ValueError:
        known = ", ".join(each.value for each in Scope)
        raise UsageError(f"{written!r} is no scope", next_step=f"name one of {known}") from None


class _Words:
    """What the template asks for words."""

    schema = staticmethod(schema_label)
    property = staticmethod(property_label)
    unread = staticmethod(why_unread)
    letters = staticmethod(letters)

    @staticmethod
    def qualified(written: str) -> str:
        """A property with its schema in words; empty where there is no such."""
        schema, _, name = written.partition(":")
        known = schema in SCHEMATA and name in properties_of(schema)
        return f"{schema_label(schema)}: {property_label(schema, name)}" if known else ""

    @staticmethod
    def reader(name: str) -> str:
        """A reader of values in words."""
        return _READER_WORDS.get(name, name.replace("-", " "))


class _Shown(msgspec.Struct, frozen=True):
    """What was proposed, the mapping in the form, and from which of its columns on."""

    proposed: Proposed
    mapping: FactMapping
    start: int = 0
    whole: bool = False
    note: str = ""

    @property
    def rules(self) -> tuple[ColumnRule, ...]:
        """The columns that this page shows."""
        return self.mapping.columns[self.start : self.start + _COLUMNS]

    def carried(self, fields: Mapping[str, str]) -> dict[str, str]:
        """What is chosen for columns that this page does not show, as fields of the form."""
        shown = {rule.column for rule in self.rules}
        before = {rule.column: rule for rule in self.proposed.mapping.columns}
        found: dict[str, str] = {}
        for rule in self.mapping.columns:
            if rule.column in shown:
                continue
            said = {f"{mark}{rule.column}": fields.get(f"{mark}{rule.column}") for mark in "pero"}
            if rule != before.get(rule.column):
                found |= self._fields(rule)
            found |= {name: value for name, value in said.items() if value is not None}
        return found

    def _fields(self, rule: ColumnRule) -> dict[str, str]:
        entity = self.mapping.entity(rule.entity)
        qualified = "" if entity is None else f"{entity.schema}:{rule.property}"
        options = " ".join(f"{name}={value}" for name, value in rule.options)
        return {
            f"p{rule.column}": qualified,
            f"e{rule.column}": rule.entity,
            f"r{rule.column}": rule.reader,
            f"o{rule.column}": options,
        }


def _page(
    request: Request,
    room: Room,
    shown: _Shown,
    *,
    fields: Mapping[str, str] | None = None,
    trouble: Error | None = None,
) -> Response:
    proposed, mapping = shown.proposed, shown.mapping
    count, given = len(mapping.columns), fields or {}
    return page(
        request,
        "mapping.html",
        200 if trouble is None else 400,
        view=proposed.table,
        proposed={each.column: each for each in proposed.proposal.columns},
        doubts=proposed.proposal.doubts,
        layout=proposed.proposal.layout,
        standing=proposed.standing,
        lie=said_of(mapping.told) | {name: said for name in FIELDS if (said := given.get(name))},
        kinds=_KINDS_OF_RECORDS,
        mapping=mapping,
        rules=shown.rules,
        carried=shown.carried(given),
        start=shown.start,
        starts=range(0, count, _COLUMNS) if count > _COLUMNS else (),
        each=_COLUMNS,
        turned=_TURNED,
        whole=shown.whole,
        note=shown.note,
        looked_at=proposed.looked_at,
        schemata={rule.name: rule.schema for rule in mapping.entities},
        tried=tried_on(room.case, room.ledger, proposed.table, mapping),
        offered=_offered(mapping),
        readers=tuple(READINGS),
        options=OFFERED,
        scopes=tuple(each.value for each in Scope),
        fields=given,
        trouble=trouble,
        words=_Words(),
        address=_address(proposed.table),
    )


def _offered(mapping: FactMapping) -> list[tuple[str, list[tuple[str, str]]]]:
    """Properties to choose from, by schema: those of people first."""
    used = [rule.schema for rule in mapping.entities if rule.schema in SCHEMATA]
    return [
        (
            schema,
            [
                (f"{schema}:{name}", each.label)
                for name, each in properties_of(schema).items()
                if each.kind is not Kind.ENTITY
            ],
        )
        for schema in dict.fromkeys((*_OFFERED, *used))
        if schema in SCHEMATA
    ]


def _address(view: TableView) -> tuple[str, dict[str, str]]:
    return view.sha256, {} if view.sheet is None else {"sheet": view.sheet}


def _counted(applied: tuple[Any, ...]) -> dict[str, dict[str, int]]:
    """What came of each mapping, over its tables."""
    found: dict[str, dict[str, int]] = {}
    for each in applied:
        own = found.setdefault(
            each.mapping, {"tables": 0, "statements": 0, "unread": 0, "misfits": 0}
        )
        own["tables"] += 1
        own["statements"] += each.counts.get("statements", 0)
        own["unread"] += each.counts.get("unread", 0)
        own["misfits"] += sum(each.misfits.values())
    return found
