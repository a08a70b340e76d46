"""Keeps received bytes unchanged, named by SHA-256, and the journal of everything decided."""

from muniment.vault.case import Case, Header, header_bytes, locked, new_header, open_case
from muniment.vault.event import Event, EventDraft, Outcome
from muniment.vault.intake import Delivery, Receipt, take_in
from muniment.vault.journal import Clock, Journal
from muniment.vault.objects import Added, ObjectStore

__all__ = [
    "Added",
    "Case",
    "Clock",
    "Delivery",
    "Event",
    "EventDraft",
    "Header",
    "Journal",
    "ObjectStore",
    "Outcome",
    "Receipt",
    "header_bytes",
    "locked",
    "new_header",
    "open_case",
    "take_in",
]
