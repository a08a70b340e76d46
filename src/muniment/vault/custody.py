"""How far the journal reaches and how far it is signed: what can be said of custody at a glance.

- A glance is no verification: it holds one signature to the key that the journal itself names, and
  hashes nothing. `verify_journal` is the whole of it.
- Costs the same for ten events and for ten million.
"""

import msgspec

from muniment.core import Digest
from muniment.vault.case import Case
from muniment.vault.checkpoint import (
    ForeignError,
    checkpoint_path,
    checkpoint_sizes,
    open_checkpoint,
)
from muniment.vault.event import decode_event
from muniment.vault.keys import parse_verifier_key
from muniment.vault.leaves import Leaves
from muniment.vault.segments import read_lines, segment_path


class Custody(msgspec.Struct, frozen=True):
    """The journal's state. `covered` is the size of the newest checkpoint, 0 where there is none.

    `root` is the one that checkpoint states; `trouble` says why its signature does not hold, and is
    empty where it does. `key` is the verifier key that the first event names. `stamps` counts time
    stamps of any checkpoint.
    """

    events: int
    covered: int
    root: Digest | None
    key: str
    stamps: int
    trouble: str

    @property
    def unsigned(self) -> int:
        """How many events are under no checkpoint yet."""
        return max(0, self.events - self.covered)


def custody(case: Case) -> Custody:
    """The custody of a case, at a glance; trouble is said in the answer, never raised."""
    folder = case.journal_folder
    sizes = checkpoint_sizes(folder)
    events = Leaves(folder / "leaves.bin").count
    stamps = sum(1 for _ in (folder / "timestamps").glob("*.tsr"))
    covered, root, key, trouble = (sizes[-1] if len(sizes) > 0 else 0), None, "", ""
    try:
        first = next(read_lines(segment_path(folder, 0)), b"")
        key = decode_event(first.rstrip(b"\n")).detail["verifier_key"]
        if covered > 0:
            note = checkpoint_path(folder, covered).read_bytes()
            root = open_checkpoint(note, case.header.origin, [parse_verifier_key(key)]).root
    except ForeignError as why:
        trouble = str(why)
    except (OSError, KeyError, TypeError, ValueError) as why:
        trouble = f"it cannot be read ({type(why).__name__})"
    return Custody(events, covered, root, key, stamps, trouble)
