"""The mappings that people confirmed, as they stand: who, when, which replaced which."""

import msgspec
from sqlalchemy import Row, select

from muniment.catalog.by_id import named_by_id
from muniment.catalog.fact_tables import APPLIED, DECISIONS
from muniment.catalog.ledger import Ledger
from muniment.core import UsageError
from muniment.facts import Mapping, parse_mapping

MAPPING, WITHDRAWAL = "mapping", "mapping-withdrawal"


class MappingView(msgspec.Struct, frozen=True):
    """A mapping that somebody confirmed; `id` is the leaf hash of its event, in hex."""

    id: str
    event: int
    actor: str
    at: str
    state: str  # applied, superseded, withdrawn, shadowed by a later one, unreadable
    supersedes: str
    superseded_by: str
    tables: int  # that it is applied to
    mapping: Mapping | None


def mappings(ledger: Ledger) -> tuple[MappingView, ...]:
    """Every mapping that was ever confirmed, the newest first."""
    with ledger.engine.connect() as connection:
        chosen = select(DECISIONS).where(DECISIONS.c.kind == MAPPING)
        rows = connection.execute(chosen.order_by(DECISIONS.c.seq.desc())).fetchall()
        withdrawals = select(DECISIONS.c.id).where(DECISIONS.c.kind == WITHDRAWAL)
        withdrawn = frozenset(connection.scalars(withdrawals))
        applied = connection.execute(select(APPLIED.c.mapping)).fetchall()
    counts: dict[str, int] = {}
    for row in applied:
        counts[row.mapping] = counts.get(row.mapping, 0) + 1
    shapes: set[str] = set()
    found = []
    for row in rows:
        mapping = _parsed(row.body)
        state = _state(row, mapping, withdrawn, shapes)
        if state == "applied" and mapping is not None:
            shapes.add(mapping.shape)
        found.append(
            MappingView(
                row.id,
                row.seq,
                row.actor,
                row.at,
                state,
                row.supersedes,
                row.superseded_by,
                counts.get(row.id, 0),
                mapping,
            )
        )
    return tuple(found)


def standing(ledger: Ledger) -> dict[str, MappingView]:
    """The mappings that are applied, by the shape of the tables they read."""
    return {
        view.mapping.shape: view
        for view in mappings(ledger)
        if view.state == "applied" and view.mapping is not None
    }


def mapping_named(ledger: Ledger, name: str) -> MappingView:
    """A mapping by its id, or by the first eight or more hex digits of it.

    Raises:
        UsageError: none or several are called so.
    """
    known, listed = mappings(ledger), "muniment map list CASE"
    none, several = "no mapping of this case", "several mappings of this case"
    return named_by_id(known, name, none, several, listed)


def _parsed(body: str) -> Mapping | None:
    try:
        return parse_mapping(body)
    except UsageError:
        return None  # of a newer version: it is listed as unreadable


def _state(
    row: Row[tuple[object, ...]],
    mapping: Mapping | None,
    withdrawn: frozenset[str],
    shapes: set[str],
) -> str:
    if row.superseded_by != "":
        return "withdrawn" if row.superseded_by in withdrawn else "superseded"
    if mapping is None:
        return "unreadable"
    return "shadowed" if mapping.shape in shapes else "applied"
