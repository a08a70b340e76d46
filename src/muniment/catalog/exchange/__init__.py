"""What is known from others, as statements of the case; and all statements, in order, to leave."""

from muniment.catalog.exchange.lines import count_of_sources, statement_lines
from muniment.catalog.exchange.projecting import (
    SourceTally,
    bring_sources_up_to_date,
    tally_of,
)
from muniment.catalog.exchange.standing import KnownSource, known_sources

__all__ = [
    "KnownSource",
    "SourceTally",
    "bring_sources_up_to_date",
    "count_of_sources",
    "known_sources",
    "statement_lines",
    "tally_of",
]
