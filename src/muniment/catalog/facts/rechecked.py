"""The printed figures of a table, computed again when somebody asks, each with its places."""

import msgspec

from muniment.catalog.ledger import Ledger
from muniment.catalog.processing import parts_of
from muniment.catalog.sheets import TableView
from muniment.core import Cell, Citation, UsageError, parse_digest
from muniment.facts.totals import Finding, check_table, tables_of
from muniment.vault import Case

MOST_CELLS = 400_000  # of a table: every cell is held, and looked at several times
_PLACES = 40  # of a finding, that are listed; the first is of what is stated


class FindingView(msgspec.Struct, frozen=True):
    """Two numbers of a table that were to agree; `difference` is stated less computed.

    `stated_at` is the place of what is printed, `computed_from` are the first places of what it
    was computed from, `places` is how many there are.
    """

    kind: str
    sha256: str
    sheet: str | None
    stated: str
    computed: str
    difference: str
    stated_at: str
    computed_from: tuple[str, ...]
    places: int
    observations: tuple[str, ...]
    innocent_explanations: tuple[str, ...]


class Rechecked(msgspec.Struct, frozen=True):
    """What of a table's printed figures was compared: how many agree, and those that do not."""

    sha256: str
    sheet: str | None
    name: str
    agree: int
    findings: tuple[FindingView, ...]


def rechecked(case: Case, ledger: Ledger, view: TableView) -> Rechecked:
    """The figures of a table computed again; kept until the ledger changes.

    Raises:
        UsageError: the table is too large to be held.
    """
    if view.cells > MOST_CELLS:
        raise UsageError(
            f"a table of {view.cells:,} cells is not computed again: at most {MOST_CELLS:,} are",
            next_step="ask for sums of it with `muniment sql`, or for a smaller table",
        )
    return ledger.remembered(("rechecked", view.sha256, view.sheet), lambda: _rechecked(case, view))


def _rechecked(case: Case, view: TableView) -> Rechecked:
    digest = parse_digest(view.sha256)
    cells = (part for part in parts_of(case, digest) if isinstance(part, Cell))
    own = (cell for cell in cells if cell.in_table.sheet == view.sheet)
    agree, findings = 0, []
    for (sheet, _), table in tables_of(own).items():
        checked = check_table(table)
        agree += len(checked.agreements)
        findings += [_view(view, sheet, each) for each in checked.findings]
    return Rechecked(view.sha256, view.sheet, view.name, agree, tuple(findings))


def _view(view: TableView, sheet: str | None, found: Finding) -> FindingView:
    digest = parse_digest(view.sha256)
    places = tuple(str(Citation(digest, place)) for place in found.at[: _PLACES + 1])
    return FindingView(
        found.kind.value,
        view.sha256,
        sheet,
        f"{found.stated:f}",
        f"{found.computed:f}",
        f"{found.difference:f}",
        places[0],
        places[1:],
        len(found.at) - 1,
        found.observations,
        found.innocent_explanations,
    )
