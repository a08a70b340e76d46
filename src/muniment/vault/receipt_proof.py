"""Proves that the event which received a file is in the signed journal.

- The proof is checked here as a stranger would check it, before anybody is told of it.
"""

import msgspec

from muniment.core import IntegrityError
from muniment.vault.checkpoint import checkpoint_path, checkpoint_sizes
from muniment.vault.event import Event
from muniment.vault.journal import Journal
from muniment.vault.keys import VerifierKey, parse_verifier_key
from muniment.vault.proofs import check_inclusion, prove_inclusion


class Proved(msgspec.Struct, frozen=True):
    """An event, the checkpoint that covers it, and how many hashes lead from one to the other."""

    event: Event
    size: int
    root: str
    steps: int
    key: str


def case_key(journal: Journal) -> VerifierKey:
    """The key that the first event of the journal names.

    Raises:
        IntegrityError: there is no such event, or it names none.
    """
    for first in journal.events(0, 1):
        try:
            return parse_verifier_key(first.detail["verifier_key"])
        except (KeyError, TypeError, ValueError):
            break
    raise IntegrityError(
        "the journal's first event does not name the case's key",
        next_step="run `muniment verify`, and restore the journal from a copy",
    )


def prove_event(journal: Journal, seq: int) -> Proved | None:
    """The proof of event `seq` in the newest checkpoint; None where none covers it yet.

    Raises:
        IntegrityError: the checkpoint or the proof does not hold.
    """
    sizes = [size for size in checkpoint_sizes(journal.folder) if size > seq]
    if len(sizes) == 0:
        return None
    size = sizes[-1]
    key = case_key(journal)
    proof = prove_inclusion(journal, seq, checkpoint_path(journal.folder, size).read_bytes())
    event = check_inclusion(proof, key.name, [key])
    return Proved(event, size, journal.root(size).hex, len(proof.nodes), str(key))
