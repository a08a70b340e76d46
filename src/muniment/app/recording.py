"""Records a source: its file goes into the vault, its decision into the journal."""

import os
from pathlib import Path

import msgspec

from muniment.app.session import TOOL, Writing
from muniment.catalog import catch_up, open_ledger, parts_of
from muniment.catalog.exchange import KnownSource, bring_sources_up_to_date, known_sources
from muniment.catalog.judging import bring_judgements_up_to_date
from muniment.core import Digest, stated
from muniment.facts.sources import SOURCE, Source, source_body
from muniment.vault import Decision, Delivery, decision_draft, take_in


class Handed(msgspec.Struct, frozen=True):
    """Files of a source, and what is said of them."""

    paths: tuple[Path, ...]
    source: str
    channel: str | None
    custodian: str | None


def take_files(opened: Writing, handed: Handed, actor: str) -> None:
    """Take files into the vault, as an intake of their own."""
    delivery = Delivery(
        roots=tuple(os.fsencode(path) for path in handed.paths),
        actor=actor,
        tool=TOOL,
        source=stated(handed.source),
        channel=stated(handed.channel),
        custodian=stated(handed.custodian),
        context=stated(None),
    )
    store = opened.case.received
    take_in(delivery, store, opened.journal, workers=1, progress=lambda _files, _bytes: None)


def record_source(opened: Writing, source: Source, actor: str) -> Digest:
    """Record the decision; its id."""
    decision = Decision(SOURCE, source_body(source))
    (event,) = opened.journal.append([decision_draft(decision, actor, TOOL)])
    return event.leaf


def sources_of(opened: Writing) -> tuple[KnownSource, ...]:
    """Every source of a case that is open for writing."""
    ledger = open_ledger(opened.case)
    try:
        catch_up(ledger, opened.journal)
        return known_sources(ledger)
    finally:
        ledger.close()


def bring_up_to_date(opened: Writing) -> tuple[KnownSource, ...]:
    """Make what sources and people state, as far as objects were read; remove what is withdrawn."""
    case = opened.case
    ledger = open_ledger(case)
    try:
        catch_up(ledger, opened.journal)
        sources = known_sources(ledger)
        bring_sources_up_to_date(case, sources, lambda digest: parts_of(case, digest))
        bring_judgements_up_to_date(case, ledger)
    finally:
        ledger.close()
    return sources
