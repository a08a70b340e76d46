"""What is known from others: files of other organisations, and what people told."""

from muniment.facts.sources.form import BELOW, CONSENT, REPORT, fields_of, form_text
from muniment.facts.sources.source import (
    SCOPES,
    SOURCE,
    WITHDRAWAL,
    Consent,
    Form,
    Ids,
    Imported,
    Report,
    Source,
    may_be_read_in_the_case,
    may_leave_for_partners,
    reason_of,
    source_body,
    source_of,
    withdrawal_body,
)
from muniment.facts.sources.telling import Telling, statements_of_report

__all__ = [
    "BELOW",
    "CONSENT",
    "REPORT",
    "SCOPES",
    "SOURCE",
    "WITHDRAWAL",
    "Consent",
    "Form",
    "Ids",
    "Imported",
    "Report",
    "Source",
    "Telling",
    "fields_of",
    "form_text",
    "may_be_read_in_the_case",
    "may_leave_for_partners",
    "reason_of",
    "source_body",
    "source_of",
    "statements_of_report",
    "withdrawal_body",
]
