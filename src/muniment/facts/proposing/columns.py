"""The proposal of one column: its property, its reader with options, examples as they read."""

from muniment.facts.contents import examples_of
from muniment.facts.layout import RowKind, Rows
from muniment.facts.lexicon import CONCEPTS, Concept
from muniment.facts.model import property_of, read_code
from muniment.facts.notation import Notation, notation_of
from muniment.facts.proposing.choice import Choice, Seen
from muniment.facts.proposing.options import facts_of, options_of_column, texts_of
from muniment.facts.proposing.proposal import ColumnProposal, Example
from muniment.facts.readings import WORKBOOK_EPOCH, read_value, unread
from muniment.facts.table import Held

_READ_AS_CODES = 0.8  # share of a column's different values that a vocabulary must read
_MOST_CODED = 200  # of them that are tried
_EXAMPLES = 5


def column_proposal(
    choice: Choice, rows: Rows, epoch: str | None, stated_epoch: str | None
) -> ColumnProposal:
    """How a column is proposed to be read; `epoch` is inferred, `stated_epoch` the file's own."""
    seen = choice.seen
    concept = CONCEPTS.get(choice.concept)
    reader = "text" if concept is None else concept.reader
    if (
        concept is not None
        and reader == "text"
        and seen.profile.of("date") > 0.9
        and concept.property == "date"
    ):
        reader = "date"
    options = () if concept is None else options_of_column(reader, concept.property, seen, epoch)
    stated = None if concept is None else concept.qualified()
    if concept is not None and (coded := _coded(concept, seen)) is not None:
        reader, stated, options = "code", coded[0], (("vocabulary", coded[1]),)
    held = examples_of(seen.column, rows.of(RowKind.DATA), _EXAMPLES)
    asked = dict(options) | ({} if stated_epoch is None else {WORKBOOK_EPOCH: stated_epoch})
    dates = reader in ("date", "date-range")
    notation = notation_of(seen.header, texts_of(seen)) if dates else None
    return ColumnProposal(
        column=seen.column.number,
        header=seen.header,
        property=stated,
        entity=choice.entity,
        reader=reader,
        options=options,
        confidence=round(choice.confidence, 2),
        examples=tuple(_example(value, reader, asked, notation) for value in held),
        reasons=choice.reasons,
        alternatives=choice.alternatives,
    )


def _coded(concept: Concept, seen: Seen) -> tuple[str, str] | None:
    """The coded property and its vocabulary, where it reads most of what the column holds."""
    name = "kind" if concept.qualified() == "Relation:relationship" else concept.property
    known = property_of(concept.schema, name)
    if known is None or known.vocabulary == "":
        return None
    values = [value.displayed for value in seen.column.values[:_MOST_CODED]]
    read = sum(read_code(known.vocabulary, value) is not None for value in values)
    if read == 0 or read < _READ_AS_CODES * len(values):
        return None
    return f"{concept.schema}:{name}", known.vocabulary


def _example(
    value: Held, reader: str, options: dict[str, str], notation: Notation | None
) -> Example:
    reading = read_value(reader, value.written, facts_of(value), options)
    why = None if notation is None else notation.why_open(value.written)
    if why is not None and reading.read is not None and "calendar" not in options:
        reading = unread(why)
    return Example(value.displayed, reading.read, reading.unread)
