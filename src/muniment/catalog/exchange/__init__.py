"""What is known from others, as statements of the case; and all statements, in order, to leave."""

from muniment.catalog.exchange.lines import count_of_sources, statement_lines
from muniment.catalog.exchange.projecting import bring_sources_up_to_date
from muniment.catalog.exchange.standing import KnownSource, imported_files, known_sources
from muniment.catalog.source_tallies import SourceTally, tally_of

__all__ = [
    "KnownSource",
    "SourceTally",
    "bring_sources_up_to_date",
    "count_of_sources",
    "imported_files",
    "known_sources",
    "statement_lines",
    "tally_of",
]
