"""Statements of people as a projection: one file for all that stand.

    tables/statements/source-judged.parquet
    tables/entities/<the same>.parquet, tables/mentions/<the same>.parquet
    sources/judged.json     which judgements the files are made of

- Made from the journal alone, anew whenever another judgement stands; the same by `rebuild`.
- A reader sees the files from before or from after; a run that was cut off is done again.
"""

import os
from pathlib import Path

import msgspec

from muniment.catalog.exchange.captions import write_entities
from muniment.catalog.fact_columns import FACT_COLUMNS, OF_SOURCES, statement_row
from muniment.catalog.fact_mentions import write_mentions
from muniment.catalog.flat import pack_rows
from muniment.catalog.judging.standing import JudgementView, judgements
from muniment.catalog.ledger import Ledger
from muniment.core import canonical_json, digest_of
from muniment.facts.judgement import Stated, statements_of_judgement
from muniment.vault import Case

VERSION = 1  # of the files: a change makes them anew
_NAME = f"{OF_SOURCES}judged"
_TABLES = ("statements", "entities", "mentions")
_STORED = {
    name: kind
    for name, kind in FACT_COLUMNS["statements"].items()
    if name not in ("statement", "place")  # which the view of `muniment sql` works out
}


class _Made(msgspec.Struct, frozen=True):
    """What the files were made of: a digest, and how many statements there are."""

    of: str
    statements: int


def bring_judgements_up_to_date(case: Case, ledger: Ledger) -> bool:
    """Make the statements of people anew where others stand than before; whether that was so."""
    standing = [
        view
        for view in reversed(judgements(ledger))
        if view.stands and isinstance(view.judgement, Stated)
    ]
    made = _made(case)
    of = digest_of(canonical_json([VERSION, [view.id for view in standing]])).hex
    if made is not None and made.of == of and _is_there(case, made):
        return False
    if made is None and len(standing) == 0:
        return False
    _state(case).unlink(missing_ok=True)
    count = _write(case, standing)
    _state(case).parent.mkdir(parents=True, exist_ok=True)
    _state(case).write_bytes(msgspec.json.encode(_Made(of, count)))
    return True


def _write(case: Case, standing: list[JudgementView]) -> int:
    rows = [
        statement_row(statement)
        for view in standing
        if isinstance(view.judgement, Stated)
        for statement in statements_of_judgement(view.judgement, view.id)
    ]
    if len(rows) == 0:
        for table in _TABLES:
            _file(case, table).unlink(missing_ok=True)
        return 0
    # Beside the folder first: who reads while it is written sees the file from before.
    aside = case.work / "sources"
    pack_rows(aside, _NAME, _STORED, rows)
    written = aside / f"{_NAME}.parquet"
    write_entities(written, _file(case, "entities"), bare=True)
    write_mentions(written, _file(case, "mentions"))
    _file(case, "statements").parent.mkdir(parents=True, exist_ok=True)
    os.replace(written, _file(case, "statements"))
    return len(rows)


def _is_there(case: Case, made: _Made) -> bool:
    return made.statements == 0 or all(_file(case, table).exists() for table in _TABLES)


def _made(case: Case) -> _Made | None:
    try:
        return msgspec.json.decode(_state(case).read_bytes(), type=_Made)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _file(case: Case, table: str) -> Path:
    return case.work / "tables" / table / f"{_NAME}.parquet"


def _state(case: Case) -> Path:
    return case.work / "sources" / "judged.json"
