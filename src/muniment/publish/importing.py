"""Takes a partner's transfer bag into a case.

- Everything about it is hostile until the verifier, run with a key that was told by another way
  than the bag, has found nothing wrong. A bag with one failure is refused whole.
- Objects go through the object store, which hashes them again; the partner's log is kept whole
  beside ours; a fork or a rollback of a log that was seen before is refused.
- Names, times and containment come along as stated by the sender, never as measured here.
- Nothing is recorded here: the drafts are for the door to append once `import_bag` has returned,
  when objects and log are durable. Of an object 33 bytes are held.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from muniment.core import Basis, Digest, IntegrityError, UsageError, digest_of, parse_digest
from muniment.publish.bag import object_path
from muniment.publish.encryption import decrypted
from muniment.publish.items import LINE_LIMIT, Contained, Item, Received, digest_in, parse_item
from muniment.publish.partners import (
    ForeignBag,
    checkpoint_of,
    keep,
    partner_folder,
    refuse_other_history,
    told_key,
)
from muniment.publish.tar import Limits, unpack
from muniment.publish.verify import LISTED, Objects, Report, verify
from muniment.vault import (
    Case,
    Checkpoint,
    EventDraft,
    ObjectStore,
    VerifierKey,
    parse_verifier_key,
)
from muniment.vault.names import guess_name

_SHOWN_FAILURES = 3
_INTAKE_DIGITS = 32  # as long as the id of any other intake


class Imported(msgspec.Struct, frozen=True):
    """What came in. `earlier` is the size of the log that was known before, None for the first.

    `open_points` are the sentences of the verifier on what it did not prove.
    """

    kept: Path
    key: VerifierKey
    checkpoint: Checkpoint
    earlier: int | None
    objects: int
    bytes: int
    manifest: Digest
    open_points: tuple[str, ...]


@contextmanager
def unpacked(
    packed: Path, identities: Sequence[str], scratch: Path, limits: Limits
) -> Iterator[Path]:
    """The bag in an encrypted file, as a folder below `scratch` that is removed afterwards.

    Raises:
        UsageError: none of the identities opens it.
        IntegrityError: what is in it is not a packed bag, or is larger than `limits`.
        Error: it is damaged or cut off.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bag-", dir=scratch))
    try:
        with decrypted(packed, identities) as stream:
            unpack(stream, folder / "bag", limits)
        yield folder / "bag"
    finally:
        shutil.rmtree(folder)


def import_bag(case: Case, bag: Path, told: str | None) -> Imported:
    """Verify the bag in the folder `bag`, then take its objects and its log into the vault.

    `told` is the sender's verifier key, told by another way than the bag; None is enough for a key
    that this case was told before.

    Raises:
        UsageError: it is no bag, its key was never told, or it is of this very case.
        IntegrityError: a check failed, or its log is a fork or a rollback of one seen before;
            nothing of it is in the case.
    """
    key = _key_of(case, bag, told)
    foreign, report = _verified(bag, key)
    earlier = refuse_other_history(case.vault, foreign)
    for item in _items(bag):
        digest_in(item)  # each line is read now: later, when objects are in, is too late to refuse
    case.received.create()
    objects, size = _take_objects(bag, case.received)
    kept = keep(case.vault, foreign)
    return Imported(
        kept=kept,
        key=key,
        checkpoint=foreign.checkpoint,
        earlier=None if earlier is None else earlier.size,
        objects=objects,
        bytes=size,
        manifest=digest_of((kept / "manifest-sha256.txt").read_bytes()),
        open_points=tuple(report.not_proved),
    )


def import_drafts(case: Case, imported: Imported, actor: str, tool: str) -> Iterator[EventDraft]:
    """The events that record an import: one `replication`, then an `ingestion` a statement.

    They come from the log that was kept, one at a time.
    """
    origin = {
        "log_size": str(imported.checkpoint.size),
        "origin": imported.checkpoint.origin,
        "root": imported.checkpoint.root.hex,
    }
    detail = {
        **origin,
        "bytes": str(imported.bytes),
        "earlier_log_size": "none" if imported.earlier is None else str(imported.earlier),
        "manifest_sha256": imported.manifest.hex,
        "objects": str(imported.objects),
        "verifier_key": str(imported.key),
    }
    yield EventDraft(event="replication", actor=actor, tool=tool, detail=detail)
    intake = imported.manifest.hex[:_INTAKE_DIGITS]
    payload = _payload(imported.kept)
    for item in _items(imported.kept):
        digest = digest_in(item)
        # Not whatever the case has: an object that the bag only speaks of did not arrive with it.
        if payload.mark(digest.hex, LISTED):
            size = case.received.path(digest).stat().st_size
            stated = {"intake": intake, "partner": origin, "size": str(size), **_stated(item)}
            yield EventDraft(
                event="ingestion", actor=actor, tool=tool, objects=(digest,), detail=stated
            )


def _key_of(case: Case, bag: Path, told: str | None) -> VerifierKey:
    try:
        own = (bag / "custody" / "keys.txt").read_text(encoding="utf-8").split("\n")[0]
        key = parse_verifier_key(own if told is None else told.strip())
    except (OSError, ValueError) as why:
        raise UsageError(
            f"the sender's key cannot be read: {why}",
            next_step="name a bag, and give the key as the sender tells it (<name>+<hex>+<base64>)",
        ) from why
    if told is None and not partner_folder(case.vault, key).is_dir():
        raise told_key(case.vault, key.name)
    if key.name == case.header.origin:
        raise UsageError("this bag is of this very case", next_step="import it into another case")
    return key


def _verified(bag: Path, key: VerifierKey) -> tuple[ForeignBag, Report]:
    try:
        # Before it is verified: what is kept later must be what the verifier then saw.
        tags = digest_of((bag / "tagmanifest-sha256.txt").read_bytes())
        report = verify(str(bag), [str(key)])
        if report.failed > 0:
            raise _refused(report)
        return ForeignBag(bag, key, checkpoint_of(bag, key), tags), report
    except (OSError, ValueError) as why:
        raise UsageError(
            f"{bag} is not a transfer bag: {why}", next_step="name the folder that holds bagit.txt"
        ) from why


def _refused(report: Report) -> IntegrityError:
    shown = "; ".join(
        f"{one['what']}: {one['where']}: {one['why']}" for one in report.failures[:_SHOWN_FAILURES]
    )
    return IntegrityError(
        f"the bag is refused, {report.failed} checks failed: {shown}",
        next_step="run its verify.py to see all of them, and ask the sender for it again",
    )


def _take_objects(bag: Path, store: ObjectStore) -> tuple[int, int]:
    """Put each object of the payload into the store; how many, and how many bytes."""
    count = size = 0
    for digest in _listed(bag):
        with (bag / object_path(digest)).open("rb") as source:
            added = store.add(source)
        if added.digest != digest:
            raise IntegrityError(
                f"object {digest.hex} changed after it was verified",
                next_step="copy the bag to a disk of yours, then import it from there",
            )
        count, size = count + 1, size + added.size
    store.settle()
    return count, size


def _listed(folder: Path) -> Iterator[Digest]:
    """The objects in the payload manifest, ascending."""
    with (folder / "manifest-sha256.txt").open(encoding="ascii") as manifest:
        for line in manifest:
            yield parse_digest(line.partition("  ")[0])


def _payload(kept: Path) -> Objects:
    """The objects that the bag carried, 33 bytes each."""
    objects = Objects()
    for digest in _listed(kept):
        objects.add(digest.raw)
    return objects


def _items(kept: Path) -> Iterator[Item]:
    with (kept / "metadata" / "items.jsonl").open("rb") as file:
        while (line := file.readline(LINE_LIMIT)) != b"":
            try:
                yield parse_item(line.removesuffix(b"\n"))
            except ValueError as why:
                raise IntegrityError(
                    f"the sender's list of items cannot be read: {why}",
                    next_step="ask the sender to export again",
                ) from why


def _stated(item: Item) -> dict[str, Any]:
    """Name, time and containment as the sender states them; the reading of the name is ours."""
    raw = bytes.fromhex(item.raw_name)
    name = guess_name(raw)
    stated: dict[str, Any] = {
        "name": name.text,
        "name_encoding": {"basis": name.basis.value, "value": name.encoding},
        "name_hex": raw.hex(),
        "stated_by": "sender",
    }
    match item:
        case Received():
            stated["modified"] = {**item.modified, "basis": Basis.STATED.value}
            stated["partner_event"] = str(item.event)
        case Contained():
            stated["contained"] = {
                "basis": Basis.STATED.value,
                "index": str(item.index),
                "parent": item.parent,
                "relation": item.relation.value,
            }
    return stated
