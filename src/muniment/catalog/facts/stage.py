"""Applies the mappings that stand to every table of their shape.

    laid-out tables ──▶ shapes ──▶ statements, entities, misfits (Parquet) ──▶ counts in the ledger

- Without a mapping nothing is done. What is done is noted with what it was made of, so that only
  what changed is done again: a new reading of a file, another version of a mapping.
- A batch enters whole or not at all: its files are written, then one transaction names it. A kill
  costs the batch under way.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.fact_tables import APPLIED, STATED
from muniment.catalog.facts.arrived import first_day_of
from muniment.catalog.facts.finding import shapes_among
from muniment.catalog.facts.flat import (
    batch_name,
    batch_of,
    digest_of_applied,
    remove_unknown_facts,
    write_applied,
)
from muniment.catalog.facts.opening import table_of_sheet
from muniment.catalog.facts.pictures import with_pictures
from muniment.catalog.facts.shapes import Progress, find_shapes
from muniment.catalog.facts.standing import MappingView, standing
from muniment.catalog.ledger import Ledger
from muniment.catalog.sheets import open_view, tables_of
from muniment.core import Digest, canonical_json, digest_of, parse_digest
from muniment.facts.apply import apply_mapping
from muniment.facts.applying.applied import Applied
from muniment.facts.layout import Layout, find_layout, layout_with
from muniment.facts.mapping import Mapping
from muniment.facts.table import Table
from muniment.vault import Case

VERSION = 5  # of how tables are read: a change applies all mappings anew
_BATCH_STATEMENTS = 500_000
_BATCH_OBJECTS = 200


class Waiting(msgspec.Struct, frozen=True):
    """An object to which mappings are to be applied, and which of its tables."""

    digest: Digest
    made_of: str
    arrived: str  # the day of its first delivery
    tables: tuple[tuple[int, str], ...]  # number of the table, id of the mapping


def bring_facts_up_to_date(case: Case, ledger: Ledger, progress: Progress) -> bool:
    """Apply what stands; whether anything changed. The caller holds the case's lock."""
    views = standing(ledger)
    folder = case.work / "tables"
    remove_unknown_facts(folder, _batches(ledger))
    if len(views) > 0:
        told = [view.mapping.told for view in views.values() if view.mapping is not None]
        find_shapes(case, ledger, progress, [each for each in told if each is not None])
    wanted = {each.digest.hex: each for each in _wanted(ledger, views)}
    gone = _forget_changed(ledger, folder, wanted)
    remove_unknown_facts(folder, _batches(ledger))
    waiting = [wanted[key] for key in sorted(wanted) if key not in _known(ledger)]
    by_id = {view.id: view for view in views.values()}
    for count in _work(case, ledger, waiting, by_id):
        progress("statements", count, len(waiting))
    return gone or len(waiting) > 0


def _wanted(ledger: Ledger, views: dict[str, MappingView]) -> Iterator[Waiting]:
    """The objects that have a table of a shape that is mapped."""
    if len(views) == 0:
        return
    rows = shapes_among(ledger, {shape: view.event for shape, view in views.items()})
    with ledger.engine.connect() as connection:
        arrived = {each: first_day_of(connection, each) for each in {row.digest for row in rows}}
    by_object: dict[str, list[tuple[int, str]]] = {}
    sources: dict[str, str] = {}
    for row in rows:
        by_object.setdefault(row.digest, []).append((row.number, views[row.shape].id))
        sources[row.digest] = row.source
    for digest, tables in by_object.items():
        said = [VERSION, sources[digest], arrived[digest], [list(each) for each in tables]]
        made_of = digest_of(canonical_json(said)).hex
        yield Waiting(parse_digest(digest), made_of, arrived[digest], tuple(tables))


def _forget_changed(ledger: Ledger, folder: Path, wanted: dict[str, Waiting]) -> bool:
    """Forget every batch that holds an object which is to be done anew; whether there was one."""
    with ledger.engine.begin() as connection:
        stale = {
            row.batch
            for row in connection.execute(select(STATED))
            if row.digest not in wanted or wanted[row.digest].made_of != row.made_of
        }
        stale |= _without_files(connection, folder)
        for batch in sorted(stale):
            held = select(STATED.c.digest).where(STATED.c.batch == batch)
            connection.execute(APPLIED.delete().where(APPLIED.c.digest.in_(held)))
            connection.execute(STATED.delete().where(STATED.c.batch == batch))
    return len(stale) > 0


def _without_files(connection: Connection, folder: Path) -> set[str]:
    """The batches that hold statements and whose files were deleted."""
    there = {batch_of(path) for path in (folder / "statements").glob("*.parquet")}
    joined = STATED.join(APPLIED, APPLIED.c.digest == STATED.c.digest)
    stated = func.json_extract(APPLIED.c.counts, "$.statements") > 0
    chosen = select(STATED.c.batch).select_from(joined).where(stated).distinct()
    return set(connection.scalars(chosen)) - there


def _known(ledger: Ledger) -> frozenset[str]:
    with ledger.engine.connect() as connection:
        return frozenset(connection.scalars(select(STATED.c.digest)))


def _batches(ledger: Ledger) -> frozenset[str]:
    with ledger.engine.connect() as connection:
        return frozenset(connection.scalars(select(STATED.c.batch).distinct()))


def _work(
    case: Case, ledger: Ledger, waiting: list[Waiting], views: dict[str, MappingView]
) -> Iterator[int]:
    """Apply and write, a batch at a time; how many objects are done."""
    batch: list[tuple[Waiting, list[tuple[int, Applied]]]] = []
    for count, each in enumerate(waiting, start=1):
        batch.append((each, _apply(case, ledger, each, views)))
        held = sum(applied.counts["statements"] for _, tables in batch for _, applied in tables)
        if held >= _BATCH_STATEMENTS or len(batch) >= _BATCH_OBJECTS or count == len(waiting):
            _write(case.work / "tables", ledger, batch)
            batch = []
            yield count


def _apply(
    case: Case,
    ledger: Ledger,
    waiting: Waiting,
    views: dict[str, MappingView],
) -> list[tuple[int, Applied]]:
    found = []
    for number, name in waiting.tables:
        (view,) = tables_of(ledger, waiting.digest, start=number, limit=1)
        mapping = views[name].mapping
        if mapping is None:
            continue
        table = table_of_sheet(open_view(case, ledger, view), view, mapping.told)
        layout = _layout(table, mapping)
        applied = apply_mapping(table, mapping, layout, name, as_of=waiting.arrived or None)
        found.append((number, with_pictures(ledger, applied, mapping)))
    return found


def _layout(table: Table, mapping: Mapping) -> Layout:
    """The layout of a table as its mapping knows the headers."""
    names = {place: text for place, text in enumerate(mapping.headers, 1) if text != ""}
    if len(names) == 0 or mapping.told is not None:
        return find_layout(table)
    return layout_with(table, names) or find_layout(table)


def _write(
    folder: Path, ledger: Ledger, batch: list[tuple[Waiting, list[tuple[int, Applied]]]]
) -> None:
    name = batch_name([(each.digest.hex, each.made_of) for each, _ in batch])
    write_applied(folder, name, [applied for _, tables in batch for _, applied in tables])
    with ledger.engine.begin() as connection:
        for each, tables in batch:
            stated = {"digest": each.digest.hex, "made_of": each.made_of, "batch": name}
            connection.execute(insert(STATED).prefix_with("OR REPLACE").values(stated))
            for number, applied in tables:
                _note(connection, number, applied)


def _note(connection: Connection, number: int, applied: Applied) -> None:
    misfits: dict[str, int] = {}
    for misfit in applied.misfits:
        misfits[misfit.code] = misfits.get(misfit.code, 0) + 1
    if applied.left_out > 0:
        misfits["not-listed"] = applied.left_out
    row = {
        "digest": applied.table.digest.hex,
        "number": number,
        "sheet": applied.table.sheet,
        "mapping": applied.source,
        "counts": json.dumps(applied.counts, sort_keys=True),
        "unread": json.dumps(applied.unread, sort_keys=True),
        "misfits": json.dumps(misfits, sort_keys=True),
        "content": digest_of_applied(applied),
    }
    connection.execute(insert(APPLIED).prefix_with("OR REPLACE").values(row))
