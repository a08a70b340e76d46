"""Keeps received bytes unchanged, named by SHA-256, and the journal of everything decided."""

from muniment.vault.case import Case, Header, header_bytes, locked, new_header, open_case
from muniment.vault.checkpoint import (
    Checkpoint,
    checkpoint_path,
    checkpoint_sizes,
    open_checkpoint,
    write_checkpoint,
)
from muniment.vault.commitment_lists import CommitmentLists, Line
from muniment.vault.commitments import Commitment, Record, commit
from muniment.vault.event import Event, EventDraft, Outcome, print_time
from muniment.vault.founding import Founding, create_case
from muniment.vault.intake import Delivery, Receipt, take_in
from muniment.vault.journal import Clock, Journal
from muniment.vault.keys import SigningKey, VerifierKey, load_signing_key, parse_verifier_key
from muniment.vault.object_check import ObjectCheck, Unsound
from muniment.vault.objects import Added, ObjectStore
from muniment.vault.proofs import print_proof, prove_consistency, prove_inclusion
from muniment.vault.receipt_proof import Proved, case_key, prove_event
from muniment.vault.salts import Salts
from muniment.vault.verification import Verification, verify_journal

__all__ = [
    "Added",
    "Case",
    "Checkpoint",
    "Clock",
    "Commitment",
    "CommitmentLists",
    "Delivery",
    "Event",
    "EventDraft",
    "Founding",
    "Header",
    "Journal",
    "Line",
    "ObjectCheck",
    "ObjectStore",
    "Outcome",
    "Proved",
    "Receipt",
    "Record",
    "Salts",
    "SigningKey",
    "Unsound",
    "Verification",
    "VerifierKey",
    "case_key",
    "checkpoint_path",
    "checkpoint_sizes",
    "commit",
    "create_case",
    "header_bytes",
    "load_signing_key",
    "locked",
    "new_header",
    "open_case",
    "open_checkpoint",
    "parse_verifier_key",
    "print_proof",
    "print_time",
    "prove_consistency",
    "prove_event",
    "prove_inclusion",
    "take_in",
    "verify_journal",
    "write_checkpoint",
]
