"""Decisions that were made while another process held the case: kept until the journal is free.

    vault/waiting/<32 hex>.json            a draft: canonical JSON of the event that it asks for
    vault/waiting/<32 hex>.at-000000000120.json    the same, while it is being recorded

- A draft is durable before anybody is told that it is kept, and leaves only after its event is.
- It lies in the vault because it is a decision: `work/` may be deleted at any time.
- Before a draft is recorded its name says how long the journal was. Where a kill comes between the
  event and the removal of the draft, the events from there on are looked at: it is recorded once.
- A file that is not what was written is left where it is, named, and never recorded.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from muniment.core import IntegrityError, canonical_json
from muniment.vault.annotations import Annotated, annotation_of
from muniment.vault.durable import create_file, sync_folder
from muniment.vault.event import Event, EventDraft, Outcome, hex_digest
from muniment.vault.journal import Journal
from muniment.vault.object_check import Unsound

_NAME = re.compile(r"([0-9a-f]{32})(?:\.at-([0-9]{12}))?\.json", re.ASCII)
_REMEDY = "write its text again, then delete the file"


class Draft(msgspec.Struct, frozen=True):
    """A draft that waits: the event that it asks for, and what that says.

    `tried_at` is how many events the journal held when its recording was begun, if it was.
    """

    asked: EventDraft
    annotated: Annotated
    tried_at: int | None


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """The members of a draft's file."""

    actor: str
    detail: dict[str, Any]
    event: str
    objects: list[str]
    outcome: Outcome
    tool: str


class Waiting:
    """The drafts in one folder (`vault/waiting`), made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, asked: EventDraft) -> None:
        """Keep the draft of an annotation; durable on return.

        Raises:
            ValueError: it is not the draft of an annotation.
            FileExistsError: a draft of that name waits already.
            IntegrityError: the folder is a link.
        """
        name = annotation_of(asked).draft
        if self._folder.is_symlink():
            raise IntegrityError(
                f"{self._folder} is a link: writing there would change files outside the case",
                next_step="find out who put it there, and remove it",
            )
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._folder.parent)
        create_file(self._folder / f"{name}.json", _encode(asked), mode=0o600)

    def drafts(self) -> tuple[Draft, ...]:
        """Those that wait and can be read, in the order in which they were typed."""
        found = [found for _, found in self._found() if isinstance(found, Draft)]
        return tuple(sorted(found, key=lambda one: (one.annotated.written, one.annotated.draft)))

    def failures(self) -> Iterator[Unsound]:
        """The files that are not what was written."""
        for name, found in self._found():
            if isinstance(found, str):
                yield Unsound("waiting draft", f"vault/waiting/{name}", f"{found}: {_REMEDY}")

    def record(self, journal: Journal) -> tuple[Event, ...]:
        """Record all that waits, in order; the events that were appended. Holds the case's lock.

        Raises:
            Error: as `Journal.append`; what was not recorded waits on.
        """
        waiting = self.drafts()
        begun = [draft.tried_at for draft in waiting if draft.tried_at is not None]
        known = _recorded(journal, min(begun)) if len(begun) > 0 else frozenset()
        new = [draft for draft in waiting if draft.annotated.draft not in known]
        self._begin(new, journal.size)
        events = journal.append([draft.asked for draft in new]) if len(new) > 0 else []
        self._remove(waiting)
        return tuple(events)

    def _found(self) -> Iterator[tuple[str, Draft | str]]:
        """The name of each file, and the draft it holds or why it holds none."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir()):
            name = _NAME.fullmatch(path.name)
            if name is None:
                continue
            try:
                yield path.name, _decode(path.read_bytes(), name)
            except FileNotFoundError:
                continue  # recorded meanwhile, by another process
            except (OSError, ValueError) as why:
                yield path.name, str(why)

    def _begin(self, drafts: Iterable[Draft], size: int) -> None:
        """Say in the drafts' names that they are about to be recorded from event `size` on."""
        for draft in drafts:
            old = self._folder / _name(draft)
            os.rename(old, self._folder / f"{draft.annotated.draft}.at-{size:012d}.json")
        if self._folder.is_dir():
            sync_folder(self._folder)

    def _remove(self, drafts: Iterable[Draft]) -> None:
        done = {draft.annotated.draft for draft in drafts}
        if len(done) == 0:
            return
        for path in sorted(self._folder.iterdir()):
            name = _NAME.fullmatch(path.name)
            if name is not None and name.group(1) in done:
                path.unlink()
        sync_folder(self._folder)


def _name(draft: Draft) -> str:
    at = "" if draft.tried_at is None else f".at-{draft.tried_at:012d}"
    return f"{draft.annotated.draft}{at}.json"


def _recorded(journal: Journal, start: int) -> frozenset[str]:
    """The names of the drafts that events from `start` on record."""
    events = journal.events(min(start, journal.size))
    return frozenset(str(event.detail.get("draft")) for event in events)


def _encode(asked: EventDraft) -> bytes:
    return canonical_json(
        {
            "actor": asked.actor,
            "detail": asked.detail,
            "event": asked.event,
            "objects": [digest.hex for digest in asked.objects],
            "outcome": asked.outcome.value,
            "tool": asked.tool,
        }
    )


def _decode(data: bytes, name: re.Match[str]) -> Draft:
    line = msgspec.json.decode(data, type=_Line)
    asked = EventDraft(
        event=line.event,
        actor=line.actor,
        tool=line.tool,
        objects=tuple(hex_digest(written) for written in line.objects),
        outcome=line.outcome,
        detail=line.detail,
    )
    annotated = annotation_of(asked)
    if annotated.draft != name.group(1) or _encode(asked) != data:
        raise ValueError("it is not the draft that its name says")
    return Draft(asked, annotated, None if name.group(2) is None else int(name.group(2)))
