"""Records what a person wrote, or keeps it until the journal is free.

- What was typed is durable before the lock is asked for: a long `muniment process`, a kill or a
  wrong passphrase loses none of it.
- Whoever next writes to the case records what waits, whoever typed it.
"""

import secrets
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from muniment.app.session import TOOL, now, writing
from muniment.catalog import Ledger, catch_up, ids_of_drafts
from muniment.core import Error, UsageError
from muniment.vault import (
    Annotated,
    Annotation,
    Case,
    Draft,
    EventDraft,
    HeldError,
    Waiting,
    annotation_draft,
)

_POLL = 0.05  # seconds between two attempts at the lock


class Decided(msgspec.Struct, frozen=True):
    """What came of it: the ids (hex) of what was recorded; or why it waits, and what to do."""

    ids: tuple[str, ...]
    why: str = ""
    next_step: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is kept, not yet in the journal."""
        return self.why != ""


class Notebook(msgspec.Struct, frozen=True):
    """Where somebody writes: the case, its ledger, who they are, and how long to wait for it.

    `patience` is in seconds; a page waits for another page's note, not for a long run.
    """

    case: Case
    ledger: Ledger
    actor: str
    passphrase_file: Path | None = None
    patience: float = 0.0

    def decide(self, asked: Iterable[Annotation]) -> Decided:
        """Record these annotations, in order.

        Raises:
            UsageError: the pseudonym is none.
            Error: the disk cannot be written.
        """
        drafts = [self._draft(each) for each in asked]
        waiting = Waiting(self.case.waiting_folder)
        try:
            for draft in drafts:
                waiting.keep(draft)
        except OSError as why:
            raise Error(
                f"nothing can be written into this case: {why.strerror}",
                next_step="keep the text elsewhere, or write it into a copy of the case on a disk "
                "that can be written",
            ) from why
        return self._record([str(draft.detail["draft"]) for draft in drafts])

    def waiting(self) -> tuple[Draft, ...]:
        """What is kept and not yet in the journal."""
        return Waiting(self.case.waiting_folder).drafts()

    def record_waiting(self) -> Decided:
        """Record what waits, if nobody holds the case at this moment."""
        if len(self.waiting()) == 0:
            return Decided(())
        return self._record(())

    def _draft(self, asked: Annotation) -> EventDraft:
        annotated = Annotated(asked, secrets.token_hex(16), now())
        try:
            return annotation_draft(annotated, self.actor, TOOL)
        except ValueError as why:
            raise UsageError(
                str(why), next_step="name yourself with --as NAME; no real name is needed"
            ) from why

    def _record(self, drafts: Sequence[str]) -> Decided:
        """Take the lock, which records what waits; the ids of the events of `drafts`."""
        trouble = self._try_until(time.monotonic() + self.patience)
        # Whoever held the lock may have recorded them: what counts is what the ledger has.
        ids = ids_of_drafts(self.ledger, drafts)
        if trouble is None or 0 < len(drafts) == len(ids):
            return Decided(ids)
        return Decided(ids, trouble.message, trouble.next_step)

    def _try_until(self, give_up: float) -> Error | None:
        """Record what waits as soon as the case is free; why it could not be."""
        while True:
            try:
                with writing(self.case.folder, self.passphrase_file) as opened:
                    catch_up(self.ledger, opened.journal)
            except HeldError as why:
                if time.monotonic() > give_up:
                    step = "nothing: it is recorded when that has ended"
                    return HeldError(why.message, next_step=step)
                time.sleep(_POLL)
            except Error as why:
                return why
            except OSError as why:
                return Error(str(why), next_step="make room on the disk, or repair it")
            else:
                return None
