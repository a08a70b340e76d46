"""Keeps received bytes unchanged, named by SHA-256, and the journal of everything decided."""

from muniment.vault.annotations import (
    ANNOTATION,
    ANNOTATION_KINDS,
    LONGEST_CITATION,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_QUERY,
    MOST_FILTERS,
    Annotated,
    Annotation,
    Correction,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    annotation_draft,
    annotation_of,
    check_name,
    kind_of,
    motivation_of,
    target_of,
    tidy,
    tidy_name,
)
from muniment.vault.case import (
    Case,
    Header,
    HeldError,
    header_bytes,
    links_in,
    locked,
    new_header,
    open_case,
)
from muniment.vault.checkpoint import (
    Checkpoint,
    checkpoint_path,
    checkpoint_sizes,
    open_checkpoint,
    write_checkpoint,
)
from muniment.vault.commitment_lists import CommitmentLists, Line
from muniment.vault.commitments import Commitment, Record, commit
from muniment.vault.cosign import Request as CosigningRequest
from muniment.vault.cosign import cosign, cosigned_note, import_cosignature, last_seen
from muniment.vault.custody import Custody, custody
from muniment.vault.decisions import DECISION, LONGEST_BODY, Decision, decision_draft, decision_of
from muniment.vault.durable import write_new
from muniment.vault.event import Event, EventDraft, Outcome, print_time
from muniment.vault.file_digest import digest_of_file
from muniment.vault.founding import Founding, create_case
from muniment.vault.holding import holder_of
from muniment.vault.intake import Delivery, Receipt, take_in
from muniment.vault.journal import Clock, Journal
from muniment.vault.key_ring import Key, KeyRing, missing_keys
from muniment.vault.keys import (
    Algorithm,
    SigningKey,
    VerifierKey,
    create_signing_key,
    load_signing_key,
    parse_verifier_key,
)
from muniment.vault.object_check import ObjectCheck, Unsound
from muniment.vault.objects import Added, ObjectStore
from muniment.vault.proofs import (
    parse_consistency_proof,
    print_proof,
    prove_consistency,
    prove_inclusion,
)
from muniment.vault.receipt_proof import Proved, case_key, prove_event
from muniment.vault.salts import Salts
from muniment.vault.timestamps import import_token, message, request_timestamp, verify_token
from muniment.vault.timestamps import parse_request as parse_timestamp_request
from muniment.vault.verification import Verification, verify_journal
from muniment.vault.waiting import Draft, Waiting

__all__ = [
    "ANNOTATION",
    "ANNOTATION_KINDS",
    "DECISION",
    "LONGEST_BODY",
    "LONGEST_CITATION",
    "LONGEST_NAME",
    "LONGEST_NOTE",
    "LONGEST_QUERY",
    "MOST_FILTERS",
    "Added",
    "Algorithm",
    "Annotated",
    "Annotation",
    "Case",
    "Checkpoint",
    "Clock",
    "Commitment",
    "CommitmentLists",
    "Correction",
    "CosigningRequest",
    "Custody",
    "Decision",
    "Delivery",
    "Draft",
    "Event",
    "EventDraft",
    "Founding",
    "Header",
    "HeldError",
    "Highlight",
    "Journal",
    "Key",
    "KeyRing",
    "Line",
    "Note",
    "ObjectCheck",
    "ObjectStore",
    "Outcome",
    "Proved",
    "Receipt",
    "Record",
    "Salts",
    "SavedSearch",
    "SigningKey",
    "Tag",
    "Unsound",
    "Verification",
    "VerifierKey",
    "Waiting",
    "Withdrawal",
    "annotation_draft",
    "annotation_of",
    "case_key",
    "check_name",
    "checkpoint_path",
    "checkpoint_sizes",
    "commit",
    "cosign",
    "cosigned_note",
    "create_case",
    "create_signing_key",
    "custody",
    "decision_draft",
    "decision_of",
    "digest_of_file",
    "header_bytes",
    "holder_of",
    "import_cosignature",
    "import_token",
    "kind_of",
    "last_seen",
    "links_in",
    "load_signing_key",
    "locked",
    "message",
    "missing_keys",
    "motivation_of",
    "new_header",
    "open_case",
    "open_checkpoint",
    "parse_consistency_proof",
    "parse_timestamp_request",
    "parse_verifier_key",
    "print_proof",
    "print_time",
    "prove_consistency",
    "prove_event",
    "prove_inclusion",
    "request_timestamp",
    "take_in",
    "target_of",
    "tidy",
    "tidy_name",
    "verify_journal",
    "verify_token",
    "write_checkpoint",
    "write_new",
]
