"""Statements as FollowTheMoney knows them: leaving and arriving, without input or output."""

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
    "Kept",
    "Left",
    "Line",
    "Profile",
    "Stayed",
    "clean",
    "ftm_id",
    "leave",
    "line_of",
    "overlay_files",
    "why_unread",
]
