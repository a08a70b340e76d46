"""The whole way from a value to the delivery it came in, each step with what proves it.

    value ─ page or row ─ part ─ file ─ container … ─ delivery: event, receipt, checkpoint

- Nothing here is judged: it is what was read, what the containers say, and what the journal holds.
"""

import msgspec

from muniment.catalog.chain import Link, chain
from muniment.catalog.custody import CustodyEvent, Intake, custody_of, intake_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.lookup import Standing
from muniment.catalog.object_view import ObjectView, object_view
from muniment.catalog.values import row_around, values_at
from muniment.core import Area, Cell, CellArea, Citation, Element, parse_digest
from muniment.vault import Case

_MOST = 20  # things at a place that are listed one by one


class Step(msgspec.Struct, frozen=True):
    """One object on the way: what it is, and how it lay in the next one."""

    object: ObjectView
    link: Link


class Trace(msgspec.Struct, frozen=True):
    """The way of a citation.

    `values` are what stands there, `row` the cells of the row around a cited cell, `member` the
    file inside the file that a place names. `arrived` is the event that received the outermost
    object, `intake` the delivery around it.
    """

    citation: Citation
    values: tuple[Standing, ...]
    row: tuple[Cell, ...]
    member: str
    steps: tuple[Step, ...]
    arrived: CustodyEvent | None
    intake: Intake | None

    @property
    def has_picture(self) -> bool:
        """Whether the place is one that a page or a picture can be cut at."""
        return isinstance(self.citation.place, Area)


def trace(case: Case, ledger: Ledger, citation: Citation) -> Trace:
    """The way of a citation; the journal is not opened for it, however long it is.

    Raises:
        UsageError: the case has no such object.
    """
    links = chain(ledger, citation.digest)
    steps = tuple(Step(object_view(ledger, parse_digest(link.sha256)), link) for link in links)
    last = links[-1]
    arrived = _event(case, ledger, last)
    place = citation.place
    return Trace(
        citation=citation,
        values=_telling(values_at(case, ledger, citation, _MOST)),
        row=row_around(case, ledger, citation) if isinstance(place, CellArea) else (),
        member=place.member if isinstance(place, Element) else "",
        steps=steps,
        arrived=arrived,
        intake=None if last.intake is None else intake_of(ledger, last.intake),
    )


def _telling(values: tuple[Standing, ...]) -> tuple[Standing, ...]:
    """Where letters stand, they are what is asked for; the picture under them is not."""
    letters = tuple(each for each in values if each.kind in ("text", "cell"))
    return letters or values


def _event(case: Case, ledger: Ledger, link: Link) -> CustodyEvent | None:
    """The event that received an object."""
    if link.event is None:
        return None
    outer = parse_digest(link.sha256)
    told = custody_of(ledger, outer, case.journal_folder, since=link.event, most=1)
    return told[0] if len(told) > 0 and told[0].seq == link.event else None
