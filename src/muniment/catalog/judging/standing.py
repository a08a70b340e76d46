"""Which judgements stand: decisions less those taken back, replaced, or about what is withheld.

- What cites the object of a report that nobody here may read (its consent was withdrawn, or is for
  its custodian alone) does not stand, whoever stated it, and is not listed either: it quotes it.
- A decision of another version of this program is passed over.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import select

from muniment.catalog.by_id import named_by_id
from muniment.catalog.exchange.standing import KnownSource, known_sources
from muniment.catalog.fact_tables import DECISIONS
from muniment.catalog.ledger import Ledger
from muniment.catalog.withholding import FOR_CUSTODIAN, WITHDRAWN
from muniment.core import parse_citation
from muniment.facts.judgement import (
    REJECTED,
    STATED,
    TAKEN_BACK,
    Judgement,
    Stated,
    judgement_of,
)
from muniment.facts.sources import Report, reason_of


class JudgementView(msgspec.Struct, frozen=True):
    """A judgement by the leaf hash of its event; `state` is stands, replaced or withdrawn."""

    id: str
    event: int
    actor: str
    at: str
    state: str
    supersedes: str
    superseded_by: str
    reason: str  # of a withdrawal
    judgement: Judgement

    @property
    def stands(self) -> bool:
        """Whether it holds."""
        return self.state == "stands"

    @property
    def sha256(self) -> str:
        """The object that it is about."""
        return parse_citation(self.judgement.citation).digest.hex


def judgements(ledger: Ledger) -> tuple[JudgementView, ...]:
    """Every judgement that was recorded, the newest first, but those of withheld reports."""
    return _known(ledger)[0]


def judgements_withheld(ledger: Ledger) -> int:
    """How many judgements are about reports that nobody here may read."""
    return _known(ledger)[1]


def decided_of(ledger: Ledger, sha256: str) -> dict[str, JudgementView]:
    """What stands of the proposals of an object, by their names."""
    found: dict[str, JudgementView] = {}
    for view in judgements(ledger):
        if view.stands and view.judgement.proposal != "" and view.sha256 == sha256:
            found.setdefault(view.judgement.proposal, view)
    return found


def state_of(view: JudgementView) -> str:
    """What became of a proposal by a judgement that stands: accepted or rejected."""
    return "accepted" if isinstance(view.judgement, Stated) else "rejected"


def judgement_named(ledger: Ledger, name: str) -> JudgementView:
    """A judgement by its id, or by the first eight or more hex digits of it.

    Raises:
        UsageError: none or several are called so.
    """
    none, several = "nothing that people stated", "several things that people stated"
    return named_by_id(judgements(ledger), name, none, several, "muniment fact list CASE")


def withheld_from(sources: Iterable[KnownSource], *, for_partners: bool = False) -> frozenset[str]:
    """The objects of reports whose consent was withdrawn, or does not reach to whoever reads.

    That is whoever works on the case, or partners. An object stays where another report of the same
    bytes still allows it.
    """
    withheld, allowed = set[str](), set[str]()
    for each in sources:
        may = each.reaches_partners if for_partners else each.is_for_the_case
        (allowed if may else withheld).update(_objects(each))
    return frozenset(withheld - allowed)


def reasons_to_withhold(sources: Sequence[KnownSource]) -> dict[str, str]:
    """The objects of which nobody who works on the case may read anything, and why."""
    withheld = withheld_from(sources)
    alone = {digest for each in sources if each.stands for digest in _objects(each)}
    return {each: FOR_CUSTODIAN if each in alone else WITHDRAWN for each in withheld}


def _objects(each: KnownSource) -> set[str]:
    """The objects of a report: as it was recorded, and as it was given."""
    if not isinstance(each.source, Report):
        return set()
    return {each.source.object, each.source.given} - {""}


def _known(ledger: Ledger) -> tuple[tuple[JudgementView, ...], int]:
    """What may be listed and how much may not; kept until the ledger changes."""

    def found() -> tuple[tuple[JudgementView, ...], int]:
        every, withheld = _judgements(ledger), withheld_from(known_sources(ledger))
        listed = tuple(view for view in every if view.sha256 not in withheld)
        return listed, len(every) - len(listed)

    return ledger.remembered(("judgements",), found)


def _judgements(ledger: Ledger) -> tuple[JudgementView, ...]:
    kinds = DECISIONS.c.kind.in_((STATED, REJECTED, TAKEN_BACK))
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(DECISIONS).where(kinds).order_by("seq")).fetchall()
    withdrawn: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for row in rows:
        if row.kind == TAKEN_BACK:
            withdrawn.setdefault(row.supersedes, _reason(row.body))
        elif row.supersedes != "":
            replaced.setdefault(row.supersedes, row.id)
    found = []
    for row in reversed(rows):
        if row.kind == TAKEN_BACK:
            continue
        try:
            judgement = judgement_of(row.body)
        except (ValueError, msgspec.MsgspecError):
            continue
        if row.kind != _kind(judgement):
            continue
        state = "withdrawn" if row.id in withdrawn else "stands"
        found.append(
            JudgementView(
                row.id,
                row.seq,
                row.actor,
                row.at,
                "replaced" if state == "stands" and row.id in replaced else state,
                row.supersedes,
                replaced.get(row.id, ""),
                withdrawn.get(row.id, ""),
                judgement,
            )
        )
    return tuple(found)


def _kind(judgement: Judgement) -> str:
    return STATED if isinstance(judgement, Stated) else REJECTED


def _reason(body: str) -> str:
    try:
        return reason_of(body)
    except ValueError:
        return ""
