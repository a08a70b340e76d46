"""Checks a whole journal, and names everything that is not as it was recorded.

- It goes on after the first failure, raises nothing whatever the files hold, and changes nothing.
- It reads each event once, in order; memory does not grow with the journal.
- What is trusted comes from outside: the keys. Where none are given, signatures are held against
  the key that the journal itself names, which shows damage but no forger.
- It proves that nothing changed since the last checkpoint; events after that are held only to
  each other and to `leaves.bin`.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from muniment.core import Digest, digest_of
from muniment.vault.alignment import Alignment
from muniment.vault.attestations import (
    check_cosignatures,
    check_recorded,
    check_timestamps,
    signed_checkpoints,
)
from muniment.vault.checkpoint import Checkpoint
from muniment.vault.event import Event, decode_event
from muniment.vault.findings import Failure, Findings, What
from muniment.vault.keys import Algorithm, VerifierKey, parse_verifier_key
from muniment.vault.leaves import Leaves
from muniment.vault.merkle import CompactRange
from muniment.vault.ranges import name_run
from muniment.vault.segments import SEGMENT_EVENTS, read_lines, segment_firsts, segment_path
from muniment.vault.untrusted import is_regular


class Verification(msgspec.Struct, frozen=True):
    """What came of checking a journal: it is whole exactly where `failures` is empty.

    `size` counts the events that the lines tell of; `checkpoints` are the sizes of those that
    hold, ascending; `notes` are worth knowing and no failures, such as a torn append.
    """

    size: int
    checkpoints: tuple[int, ...]
    failures: tuple[Failure, ...]
    notes: tuple[Failure, ...]


def verify_journal(
    folder: Path,
    case_header: bytes,
    keys: Sequence[VerifierKey],
    partners: Sequence[VerifierKey] = (),
) -> Verification:
    """Everything that is wrong with the journal in `folder`.

    `case_header` is the bytes of `muniment.json`; `keys` are those that this case may sign with,
    known from outside the case; `partners` those by which cosignatures are known.
    """
    findings = Findings()
    try:
        return _verify(folder, case_header, (keys, partners), findings)
    except OSError as why:
        # Disks and permissions fail in the middle of anything; what was found so far still stands.
        findings.fail(What.FILE, str(why.filename), f"it cannot be read ({why.strerror})")
        return Verification(0, (), findings.failures, findings.notes)


def _verify(
    folder: Path,
    case_header: bytes,
    trusted: tuple[Sequence[VerifierKey], Sequence[VerifierKey]],
    findings: Findings,
) -> Verification:
    keys, partners = trusted
    if len(keys) == 0:
        keys = _own_keys(folder, findings)
    signed = signed_checkpoints(folder, _origin(case_header, findings), keys, findings)
    if (folder / "checkpoints").is_dir():
        check_cosignatures(folder, partners, findings)
    check_timestamps(folder, findings)
    leaves = _leaves(folder, findings)
    alignment = Alignment(leaves, digest_of(case_header), tuple(signed))
    for line in _lines(folder, findings):
        event = alignment.feed(line)
        if event is not None and event.event == "digital signature generation":
            _check_statement(folder, event, keys, findings)
        if alignment.is_hopeless:
            findings.fail(What.MORE, f"event {alignment.size}", "too much differs to read on")
            break
    alignment.finish(findings, max(signed, default=0))
    _judge(alignment, leaves, signed, findings)
    if alignment.size == 0:
        # A case is made with its first event and a checkpoint over it: no case was ever so empty.
        findings.fail(What.TRUNCATED, "event 0", "there are no events")
    elif not any((folder / "checkpoints").glob("*.note")):
        findings.fail(What.MISSING, "checkpoints", "no signed checkpoint is there")
    elif alignment.size > max(signed, default=0):
        covered = max(signed, default=0)
        why = "no signature covers them: a command was cut off, or somebody wrote them"
        findings.note(What.UNSIGNED, name_run(covered, alignment.size), why)
    if leaves.count < alignment.size:
        why = f"it holds {leaves.count} of {alignment.size}; the next writer completes it"
        findings.note(What.LAG, "leaves.bin", why)
    return Verification(alignment.size, tuple(sorted(signed)), findings.failures, findings.notes)


def _lines(folder: Path, findings: Findings) -> Iterator[bytes]:
    """The lines of all files of events, without newlines; torn bytes at the very end are noted."""
    firsts = segment_firsts(folder)
    for first in firsts:
        path = segment_path(folder, first)
        if not is_regular(path):
            findings.fail(What.FILE, path.name, "it is no regular file")
            continue
        count, piece, torn = 0, b"", 0
        for line in read_lines(path):
            if not line.endswith(b"\n"):
                # A piece of a line that is too long for an event, or the torn end.
                piece, torn = line, torn + len(line)
                continue
            yield piece + line[:-1] if torn > 0 else line[:-1]
            count, piece, torn = count + 1, b"", 0
        if torn > 0 and first == firsts[-1]:
            findings.note(What.TORN, path.name, f"{torn} bytes after the last event")
        elif torn > 0:
            yield piece
            count += 1
        if count > SEGMENT_EVENTS or (count < SEGMENT_EVENTS and first != firsts[-1]):
            findings.fail(What.MISPLACED, path.name, f"it holds {count} lines")


def _check_statement(
    folder: Path, event: Event, keys: Sequence[VerifierKey], findings: Findings
) -> None:
    if "checkpoint" in event.detail:
        check_recorded(folder, event.seq, event.detail["checkpoint"], findings)
    if "verifier_key" in event.detail:
        stated = event.detail["verifier_key"]
        if stated not in [str(key) for key in keys]:
            why = "it names a key for this case that is not trusted here"
            findings.fail(What.KEY, f"event {event.seq}", why)


def _judge(
    alignment: Alignment, leaves: Leaves, signed: dict[int, Checkpoint], findings: Findings
) -> None:
    """Say of lines that differ from `leaves.bin` which of the two was changed.

    A signed root decides where there is one; then what the line after says; then neither is known.
    """
    recorded = _recorded_roots(leaves, signed)
    roots = {size: checkpoint.root for size, checkpoint in signed.items()}
    for runs, is_disputed in ((alignment.altered, False), (alignment.disputed, True)):
        for start, stop in runs:
            size = min((size for size in signed if size > start), default=-1)
            lines_signed = size >= 0 and alignment.roots.get(size) == roots[size]
            leaves_signed = size >= 0 and recorded.get(size) == roots[size]
            if lines_signed or (is_disputed and not leaves_signed):
                findings.fail(What.LEAVES, name_run(start, stop), "it differs from its line")
            else:
                why = "its line is not the one that leaves.bin has the hash of"
                findings.fail(What.ALTERED, name_run(start, stop), why)
    for size, root in sorted(roots.items()):
        if size in alignment.roots and alignment.roots[size] != root:
            why = "the events before it are not those that it was signed for"
            findings.fail(What.CONTRADICTED, f"checkpoint of {size} events", why)


def _recorded_roots(leaves: Leaves, signed: dict[int, Checkpoint]) -> dict[int, Digest]:
    roots: dict[int, Digest] = {}
    tree = CompactRange()
    for size in sorted(signed):
        if size > leaves.count:
            break
        leaves.add_to(tree, size)
        roots[size] = Digest(tree.root())
    return roots


def _leaves(folder: Path, findings: Findings) -> Leaves:
    path = folder / "leaves.bin"
    if path.exists() and not is_regular(path):
        findings.fail(What.FILE, path.name, "it is no regular file")
        return Leaves(folder / "no leaves.bin")
    return Leaves(path)


def _origin(case_header: bytes, findings: Findings) -> str:
    try:
        header = json.loads(case_header)
    except (ValueError, RecursionError):
        header = None
    match header:
        case {"origin": str(origin)}:
            return origin
        case _:
            findings.fail(What.HEADER, "muniment.json", "it names no origin")
            return ""


def _own_keys(folder: Path, findings: Findings) -> tuple[VerifierKey, ...]:
    """The key that the first event names, where nobody says which to trust."""
    why = "signatures are held only against the key that the journal itself names"
    findings.note(What.UNTRUSTED, "event 0", why)
    first = segment_path(folder, 0)
    if not is_regular(first):
        return ()
    try:
        detail = decode_event(next(read_lines(first), b"").removesuffix(b"\n")).detail
        key = parse_verifier_key(str(detail.get("verifier_key")))
    except ValueError:
        return ()
    return (key,) if key.algorithm is Algorithm.ED25519 else ()
