"""Opens a case for one command: for reading, or for writing under its lock.

- The clock is read here and in no other room.
- What a command wrote is closed with a signed checkpoint, so the next verification covers it.
- Decisions that waited for the journal are recorded before anything else, and those that came while
  the command worked, at its end.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec

from muniment import __version__
from muniment.app.show import hint
from muniment.core import IntegrityError, UsageError
from muniment.vault import (
    Case,
    EventDraft,
    Journal,
    KeyRing,
    SigningKey,
    Waiting,
    case_key,
    checkpoint_sizes,
    load_signing_key,
    locked,
    open_case,
    write_checkpoint,
)

TOOL = f"muniment {__version__}"
ACTOR = "custodian"
_BATCH = 1_000
_FILE_VARIABLE = "MUNIMENT_PASSPHRASE_FILE"


class Writing(msgspec.Struct, frozen=True):
    """A case that this command may write to."""

    case: Case
    journal: Journal
    key: SigningKey

    @property
    def ring(self) -> KeyRing:
        """The passwords that opened something in the case."""
        return KeyRing(self.case.key_ring_folder, self.key)

    @property
    def memory_key(self) -> bytes:
        """What hides which passwords were tried; 32 bytes."""
        return self.key.derived(b"tried passwords")

    def append(self, drafts: Iterable[EventDraft]) -> None:
        """Record these events, a thousand at a time."""
        waiting = iter(drafts)
        while len(batch := list(islice(waiting, _BATCH))) > 0:
            self.journal.append(batch)


def now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


def passphrase(file: Path | None = None) -> str | None:
    """The passphrase of the signing key: the first line of a file, never an argument.

    Raises:
        UsageError: the file cannot be read or is empty.
    """
    written = file or (Path(os.environ[_FILE_VARIABLE]) if _FILE_VARIABLE in os.environ else None)
    if written is None:
        return None
    try:
        line = written.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as why:
        reason = why.strerror if isinstance(why, OSError) else "it is not UTF-8"
        raise UsageError(
            f"the passphrase file {written} cannot be read: {reason}",
            next_step="write the passphrase into a file that only you can read, and name that file",
        ) from why
    if line == "":
        raise UsageError(
            f"the passphrase file {written} is empty", next_step="its first line is the passphrase"
        )
    return line


@contextmanager
def writing(folder: Path, passphrase_file: Path | None = None) -> Iterator[Writing]:
    """A case under its lock; at the end, whatever was written is signed.

    Raises:
        UsageError: no case, held by another process, or the key's passphrase is wrong.
        IntegrityError: the journal is not what was recorded.
    """
    case = open_case(folder)
    with locked(case):
        # The key is opened first: a wrong passphrase must stop the command before it does anything.
        secret = passphrase(passphrase_file)
        key = load_signing_key(case.key_path, case.header.origin, secret)
        with Journal.open(
            case.journal_folder, now, writable=True, case_header=case.header_bytes
        ) as journal:
            _refuse_other_key(journal, key)
            covered = max(checkpoint_sizes(case.journal_folder), default=0)
            if covered < journal.size:
                hint(
                    f"note: events from {covered} on are under no signature yet: a command was cut"
                )
                hint("      off, or somebody wrote them. They will be signed now.")
            waiting = Waiting(case.waiting_folder)
            try:
                waiting.record(journal)
                yield Writing(case, journal, key)
                if len(waiting.record(journal)) > 0:
                    _show_what_came(case, journal)
            finally:
                # Also after trouble: what was acknowledged before it deserves a signature too.
                write_checkpoint(journal, key)


def _show_what_came(case: Case, journal: Journal) -> None:
    """Take what came meanwhile into the ledger: an open reading room shows it at once."""
    # Not above: it costs a second that the commands of the journal alone should not pay.
    from muniment.catalog import catch_up, open_ledger  # noqa: PLC0415

    try:
        ledger = open_ledger(case)
    except UsageError:
        # A ledger of another version: `process` makes it again, notes and all.
        return
    try:
        catch_up(ledger, journal)
    finally:
        ledger.close()


def _refuse_other_key(journal: Journal, key: SigningKey) -> None:
    """Before anything is written: what cannot be signed must not be begun."""
    if str(case_key(journal)) != str(key.verifier()):
        raise IntegrityError(
            "the signing key is not the one that the journal's first event names",
            next_step="restore keys/signing.pem of this case from its backup; nothing was changed",
        )


@contextmanager
def journal_of(case: Case) -> Iterator[Journal]:
    """The case's journal, for reading."""
    with Journal.open(case.journal_folder, now, case_header=case.header_bytes) as journal:
        yield journal
