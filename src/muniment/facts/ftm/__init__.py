"""Statements as FollowTheMoney knows them: leaving and arriving, without input or output."""

from muniment.facts.ftm.arriving import (
    Arriving,
    Misread,
    Row,
    citations_in,
    entities_in,
    statements_in,
)
from muniment.facts.ftm.clean import clean, why_unread
from muniment.facts.ftm.leaving import (
    BASE,
    Kept,
    Left,
    Line,
    Profile,
    Stayed,
    ftm_id,
    leave,
    line_of,
)
from muniment.facts.ftm.overlay import overlay_files

__all__ = [
    "BASE",
    "Arriving",
    "Kept",
    "Left",
    "Line",
    "Misread",
    "Profile",
    "Row",
    "Stayed",
    "citations_in",
    "clean",
    "entities_in",
    "ftm_id",
    "leave",
    "line_of",
    "overlay_files",
    "statements_in",
    "why_unread",
]
