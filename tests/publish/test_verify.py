"""The stranger's file: it proves what is whole, names each tampering, and never raises."""

import ast
import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import canonical_json
from muniment.publish import verify as v
from tests.publish.case_by_hand import (
    CaseByHand,
    Signer,
    canonical,
    inclusion,
    make_writable,
    small_case,
    tree_root,
)
from tests.publish.conftest import MEMO, Sender

MEMO_PATH = f"data/sha256/{MEMO.hex[:2]}/{MEMO.hex}"
EVENTS = "custody/events/events-000000000000.jsonl"
NOTE = "custody/checkpoints/000000000006.note"
PROOF = "custody/proofs/000000000002.json"


def whats(report: v.Report) -> set[str]:
    return {failure["what"] for failure in report.failures}


# --- what is whole ---------------------------------------------------------------------------


def test_a_whole_bag_is_proved_with_the_key_as_told(whole: Path, sender: Sender) -> None:
    report = v.verify(str(whole), [sender.key, sender.witness.verifier_key])
    assert report.failures == []
    assert report.not_proved == []
    told = " ".join(report.proved)
    for word in (
        "nothing is extra",
        "the one you gave",
        "6 events are canonical",
        "3 objects",
        "sealed",
    ):
        assert word in told


def test_without_a_key_it_says_that_the_key_came_along(whole: Path) -> None:
    report = v.verify(str(whole))
    assert report.failures == []
    assert "was taken from what you were handed" in report.not_proved[0]


def test_a_selection_is_proved_and_says_that_it_is_one(selection: Path, sender: Sender) -> None:
    report = v.verify(str(selection), [sender.key])
    assert report.failures == []
    assert "2 events are in the tree of the signed checkpoint." in report.proved
    assert report.not_proved[0].startswith("This is a selection: 2 of 6 events.")


def test_a_case_folder_is_proved(sender: Sender) -> None:
    report = v.verify(str(sender.folder), [sender.key, sender.witness.verifier_key])
    assert report.failures == []
    assert report.not_proved == []


def test_events_after_the_checkpoint_of_a_case_are_said_to_be_open(sender: Sender) -> None:
    sender.by_hand.event("fixity check")
    sender.by_hand.close()
    report = v.verify(str(sender.folder), [sender.key])
    assert report.failures == []
    assert "event log: 1 events: after the last signed checkpoint." in report.not_proved


def test_a_torn_append_of_a_case_is_no_failure(sender: Sender) -> None:
    with (sender.by_hand.journal / "events-000000000000.jsonl").open("ab") as file:
        file.write(b'{"actor":"arch')
    report = v.verify(str(sender.folder), [sender.key])
    assert report.failures == []
    assert any("cut off" in point for point in report.not_proved)


def test_a_deleted_object_is_no_failure_where_an_event_says_so(sender: Sender) -> None:
    case = sender.by_hand
    case.event("deletion", MEMO.hex)
    case.checkpoint()
    case.close()
    (case.objects / MEMO.hex[:2] / MEMO.hex).unlink()
    report = v.verify(str(sender.folder), [sender.key])
    assert report.failures == []
    assert "1 objects were deleted, as recorded events say." in report.not_proved


def test_a_witness_that_was_named_and_did_not_cosign_is_a_failure(
    whole: Path, sender: Sender
) -> None:
    absent = Signer("partner.invalid/absent", b"absent", kind=4)
    report = v.verify(str(whole), [sender.key, absent.verifier_key])
    assert [failure["where"] for failure in report.failures] == ["partner.invalid/absent"]


# --- tampering with a whole bag --------------------------------------------------------------


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def edit(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def rewrite_manifests(bag: Path) -> None:
    """What a person does who knows BagIt and not the key: all manifests fit again."""
    paths = sorted(str(p.relative_to(bag)) for p in bag.rglob("*") if p.is_file())
    tag_manifests = {"tagmanifest-sha256.txt", "tagmanifest-sha512.txt", "seal.note"}
    payload = [path for path in paths if path.startswith("data/")]
    info = bag / "bag-info.txt"
    size = sum((bag / path).stat().st_size for path in payload)
    lines = [line for line in info.read_text().splitlines() if "Oxum" not in line]
    info.write_text("\n".join([*lines, f"Payload-Oxum: {size}.{len(payload)}"]) + "\n")
    for prefix, names in (
        ("manifest", payload),
        ("tagmanifest", [p for p in paths if p not in payload and p not in tag_manifests]),
    ):
        for algorithm in ("sha256", "sha512"):
            text = "".join(
                f"{hashlib.new(algorithm, (bag / name).read_bytes()).hexdigest()}  {name}\n"
                for name in names
            )
            (bag / f"{prefix}-{algorithm}.txt").write_text(text)


def swap_object(bag: Path) -> None:
    """Another file in the place of a received one, as if it had always been there."""
    content = b"a forged memo\n"
    digest = hashlib.sha256(content).hexdigest()
    (bag / MEMO_PATH).unlink()
    path = bag / f"data/sha256/{digest[:2]}/{digest}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    edit(bag / "metadata/items.jsonl", MEMO.hex.encode(), digest.encode())


def swap_object_in_the_log_too(bag: Path) -> None:
    swap_object(bag)
    digest = hashlib.sha256(b"a forged memo\n").hexdigest()
    edit(bag / EVENTS, MEMO.hex.encode(), digest.encode())


def lines_of(bag: Path) -> list[bytes]:
    return (bag / EVENTS).read_bytes().splitlines(keepends=True)


def write_lines(bag: Path, lines: list[bytes]) -> None:
    (bag / EVENTS).write_bytes(b"".join(lines))


def drop_event(bag: Path) -> None:
    lines = lines_of(bag)
    write_lines(bag, lines[:2] + lines[3:])


def swap_events(bag: Path) -> None:
    lines = lines_of(bag)
    write_lines(bag, [*lines[:2], lines[3], lines[2], *lines[4:]])


def insert_event(bag: Path) -> None:
    lines = lines_of(bag)
    write_lines(bag, [*lines[:3], lines[2], *lines[3:]])


def rechain(bag: Path) -> None:
    """Drop an event and mend every position and chain value after it: only the root remains."""
    kept = [json.loads(line) for line in lines_of(bag)]
    del kept[3]
    prev = kept[0]["prev"]
    mended = []
    for seq, event in enumerate(kept):
        event["seq"], event["prev"] = seq, prev
        mended.append(canonical(event) + b"\n")
        prev = hashlib.sha256(b"\0" + mended[-1][:-1]).hexdigest()
    write_lines(bag, mended)


def forged_case(bag: Path, signer: Signer) -> str:
    """A checkpoint over the log as it lies in the bag, by another key."""
    leaves = [hashlib.sha256(b"\0" + line[:-1]).digest() for line in lines_of(bag)]
    root = base64.b64encode(tree_root(leaves)).decode()
    text = f"{signer.name}\n{len(leaves)}\n{root}\n"
    return text + "\n" + signer.line(text.encode())


ORIGIN = f"muniment.invalid/{'0f' * 16}"
FORGER = Signer(ORIGIN, b"forger")


def forge_checkpoint(bag: Path) -> None:
    """The bag's own key list and all else forged with a key of one's own; caught by --key."""
    (bag / NOTE).write_text(forged_case(bag, FORGER), encoding="utf-8")


def foreign_checkpoint(bag: Path) -> None:
    other = Signer("muniment.invalid/other", b"other")
    (bag / NOTE).write_text(forged_case(bag, other), encoding="utf-8")


def replayed_checkpoint(bag: Path) -> None:
    """An honest, older checkpoint of the same case in the place of the newest."""
    case = CaseByHand(bag.parent / "again")
    older = case.note(1)
    (bag / NOTE).unlink()
    shutil.rmtree(bag / NOTE.replace(".note", ".cosignatures"))
    (bag / "custody/checkpoints/000000000001.note").write_text(older, encoding="utf-8")


def foreign_cosignature(bag: Path) -> None:
    folder = bag / NOTE.replace(".note", ".cosignatures")
    (line,) = list(folder.iterdir())
    witness = Signer("partner.invalid/witness", b"witness", kind=4)
    line.write_text(witness.cosignature(b"another text\n", 1), encoding="utf-8")


def extra_object(bag: Path) -> None:
    digest = hashlib.sha256(b"planted").hexdigest()
    path = bag / f"data/sha256/{digest[:2]}/{digest}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"planted")


def planted_with_list(bag: Path) -> None:
    extra_object(bag)
    digest = hashlib.sha256(b"planted").hexdigest()
    item = {
        "index": 0,
        "kind": "contained",
        "name": "x",
        "parent": MEMO.hex,
        "raw_name": "78",
        "relation": "member",
        "sha256": digest,
        "size": "7",
    }
    with (bag / "metadata/items.jsonl").open("ab") as file:
        file.write(canonical(item) + b"\n")


def declare_missing(bag: Path) -> None:
    (bag / MEMO_PATH).unlink()
    (bag / "custody/not-included.txt").write_text(MEMO.hex + "\n")


def truncate_log(bag: Path) -> None:
    write_lines(bag, lines_of(bag)[:-1])


Tampering = Callable[[Path], object]
NAIVE: dict[str, tuple[Tampering, set[str]]] = {
    "a bit of an object is flipped": (lambda b: flip(b / MEMO_PATH), {"files", "objects"}),
    "an object is removed": (lambda b: (b / MEMO_PATH).unlink(), {"files", "objects"}),
    "an object is added": (extra_object, {"files", "objects"}),
    "a tag file is altered": (lambda b: flip(b / "README.txt"), {"files"}),
    "a tag file is added": (lambda b: (b / "note.txt").write_text("hello"), {"files"}),
    "a tag file is removed": (lambda b: (b / "README.txt").unlink(), {"files"}),
    "the seal is removed": (lambda b: (b / "seal.note").unlink(), {"reading"}),
    "the seal is altered": (lambda b: flip(b / "seal.note"), {"seal"}),
    "a link stands in for a tag file": (
        lambda b: ((b / "README.txt").unlink(), (b / "README.txt").symlink_to("/etc/passwd")),
        {"files"},
    ),
    "a link stands in for an object": (
        lambda b: ((b / MEMO_PATH).unlink(), (b / MEMO_PATH).symlink_to("/etc/passwd")),
        {"files", "objects"},
    ),
    "a link stands in for a folder": (
        lambda b: (
            (b / "custody").rename(b.parent / "moved"),
            (b / "custody").symlink_to(b.parent / "moved"),
        ),
        {"files"},
    ),
    "a link stands in for the payload": (
        lambda b: (
            (b / "data").rename(b.parent / "moved"),
            (b / "data").symlink_to(b.parent / "moved"),
        ),
        {"files"},
    ),
    "a pipe lies in the bag": (lambda b: os.mkfifo(b / "pipe"), {"files"}),
    "a hidden file lies in the payload": (
        lambda b: (b / "data/.hidden").write_text("x"),
        {"files", "objects"},
    ),
    "a manifest climbs out": (
        lambda b: edit(b / "manifest-sha256.txt", b"data/", b"../data/"),
        {"manifest", "files"},
    ),
    "a manifest is absolute": (
        lambda b: edit(b / "tagmanifest-sha256.txt", b"  README.txt", b"  /etc/passwd"),
        {"manifest", "files", "seal"},
    ),
    "a manifest lists a file twice": (
        lambda b: (b / "manifest-sha512.txt").write_bytes(
            2 * (b / "manifest-sha512.txt").read_bytes()
        ),
        {"manifest", "files"},
    ),
    "the bag wants files from elsewhere": (
        lambda b: (b / "fetch.txt").write_text("http://muniment.invalid/x 1 data/x\n"),
        {"bag", "files"},
    ),
}

# The same person then rewrites every manifest, and (below) the test may ask that the log itself
# shows it, with the seal left out of account.
FORGED: dict[str, tuple[Tampering, set[str]]] = {
    "an object is exchanged": (swap_object, {"objects"}),
    "an object is exchanged in the log too": (swap_object_in_the_log_too, {"event log"}),
    "an object is removed": (lambda b: (b / MEMO_PATH).unlink(), {"objects"}),
    "an object is added": (extra_object, {"objects"}),
    "an event is altered": (
        lambda b: edit(b / EVENTS, b"memo.txt", b"memo.doc"),
        {"event log", "checkpoint"},
    ),
    "an event is dropped": (drop_event, {"event log", "checkpoint"}),
    "events change places": (swap_events, {"event log", "checkpoint"}),
    "an event is inserted": (insert_event, {"event log", "checkpoint"}),
    "an event is dropped and the chain mended": (rechain, {"checkpoint"}),
    "the log is cut short": (truncate_log, {"checkpoint"}),
    "the log does not end in a newline": (
        lambda b: (b / EVENTS).write_bytes((b / EVENTS).read_bytes()[:-1]),
        {"event log"},
    ),
    "an event is spelled otherwise": (
        lambda b: edit(b / EVENTS, b'{"actor":', b'{ "actor":'),
        {"event log"},
    ),
    "the checkpoint is forged": (forge_checkpoint, {"checkpoint"}),
    "the checkpoint is another case's": (foreign_checkpoint, {"checkpoint"}),
    "the checkpoint is an old one": (replayed_checkpoint, {"event log", "bag"}),
    "the checkpoint is removed": (lambda b: (b / NOTE).unlink(), {"checkpoint"}),
    "a cosignature is of another text": (foreign_cosignature, {"cosignature"}),
    "the root in bag-info.txt is another": (
        lambda b: edit(b / "bag-info.txt", b"Checkpoint-Root: ", b"Checkpoint-Root: 0"),
        {"bag"},
    ),
    "the header of the case is another": (
        lambda b: edit(b / "custody/muniment.json", b"2026", b"2025"),
        {"event log"},
    ),
}

# What no other check than the seal can show: statements that are in no event.
SEALED: dict[str, Tampering] = {
    "a name in the list is altered": lambda b: edit(
        b / "metadata/items.jsonl", b"memo.txt", b"nemo.txt"
    ),
    "an object is planted as if it had been found in another": planted_with_list,
    "an object is removed and declared as not included": declare_missing,
    "the handling caveat is altered": lambda b: edit(b / "bag-info.txt", b"Do not", b"Do"),
    "the verifier is exchanged": lambda b: (b / "verify.py").write_text("print('Fine.')\n"),
}


@pytest.mark.parametrize("tampering", NAIVE)
def test_tampering_is_named(whole: Path, sender: Sender, tampering: str) -> None:
    make_writable(whole)
    act, expected = NAIVE[tampering]
    act(whole)
    report = v.verify(str(whole), [sender.key])
    assert report.failed > 0
    assert whats(report) >= expected


@pytest.mark.parametrize("tampering", FORGED)
def test_tampering_with_all_manifests_rewritten_is_caught_by_the_log(
    whole: Path, sender: Sender, tampering: str
) -> None:
    make_writable(whole)
    act, expected = FORGED[tampering]
    act(whole)
    rewrite_manifests(whole)
    report = v.verify(str(whole), [sender.key])
    assert "files" not in whats(report)
    assert "manifest" not in whats(report)
    assert whats(report) >= expected


@pytest.mark.parametrize("tampering", SEALED)
def test_tampering_with_what_no_event_says_is_caught_by_the_seal(
    whole: Path, sender: Sender, tampering: str
) -> None:
    make_writable(whole)
    SEALED[tampering](whole)
    rewrite_manifests(whole)
    assert whats(v.verify(str(whole), [sender.key])) == {"seal"}


def test_a_bag_forged_whole_with_another_key_fails_only_against_the_key_as_told(
    whole: Path, sender: Sender
) -> None:
    """Without --key nothing can show it; that is why it says where the key came from."""
    make_writable(whole)
    edit(whole / EVENTS, sender.key.encode(), FORGER.verifier_key.encode())
    lines = [json.loads(line) for line in lines_of(whole)]
    prev = lines[0]["prev"]
    mended = []
    for event in lines:
        event["prev"] = prev
        mended.append(canonical(event) + b"\n")
        prev = hashlib.sha256(b"\0" + mended[-1][:-1]).hexdigest()
    write_lines(whole, mended)
    forge_checkpoint(whole)
    shutil.rmtree(whole / NOTE.replace(".note", ".cosignatures"))
    (whole / "custody/keys.txt").write_text(FORGER.verifier_key + "\n")
    root = base64.b64decode((whole / NOTE).read_text(encoding="utf-8").split("\n")[2]).hex()
    info = (whole / "bag-info.txt").read_text().splitlines()
    info = [f"Checkpoint-Root: {root}" if "Root" in line else line for line in info]
    (whole / "bag-info.txt").write_text("\n".join(info) + "\n")
    rewrite_manifests(whole)
    tags = hashlib.sha256((whole / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    text = f"muniment-transfer-bag v1\n{ORIGIN}\n{tags}\n"
    (whole / "seal.note").write_text(text + "\n" + FORGER.line(text.encode()), encoding="utf-8")
    alone = v.verify(str(whole))
    assert alone.failures == []
    assert "was taken from what you were handed" in alone.not_proved[0]
    assert {"checkpoint"} <= whats(v.verify(str(whole), [sender.key]))


# --- tampering with a selection --------------------------------------------------------------


def no_arrival(bag: Path) -> None:
    path = bag / "custody/events/chosen.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def wrong_proof(bag: Path) -> None:
    proof = json.loads((bag / PROOF).read_bytes())
    proof["nodes"] = proof["nodes"][::-1]
    (bag / PROOF).write_bytes(canonical(proof))


CHOSEN_FORGED: dict[str, tuple[Tampering, set[str]]] = {
    "the event is altered": (
        lambda b: edit(b / "custody/events/chosen.jsonl", b"memo.txt", b"memo.doc"),
        {"event log"},
    ),
    "the arrival is dropped": (no_arrival, {"objects"}),
    "the proof is another": (wrong_proof, {"event log"}),
    "the proof speaks of another event": (
        lambda b: edit(b / PROOF, b"memo.txt", b"memo.doc"),
        {"event log"},
    ),
    "the proof is missing": (lambda b: (b / PROOF).unlink(), {"event log"}),
    "the proof is not JSON": (lambda b: (b / PROOF).write_bytes(b"]"), {"event log"}),
    "the proof is a list": (lambda b: (b / PROOF).write_bytes(b"[]"), {"event log"}),
    "the proof has no nodes": (
        lambda b: edit(b / PROOF, b'"nodes":', b'"modes":'),
        {"event log"},
    ),
    "an event stands there twice": (
        lambda b: (b / "custody/events/chosen.jsonl").write_bytes(
            2 * (b / "custody/events/chosen.jsonl").read_bytes()
        ),
        {"event log"},
    ),
    "an object is exchanged": (swap_object, {"objects"}),
    "the checkpoint is forged": (
        lambda b: (b / NOTE).write_text(
            CaseByHand(b.parent / "x").note(6, hashlib.sha256(b"x").digest()), encoding="utf-8"
        ),
        {"event log"},
    ),
}


@pytest.mark.parametrize("tampering", CHOSEN_FORGED)
def test_tampering_with_a_selection_is_caught_by_proof_and_checkpoint(
    selection: Path, sender: Sender, tampering: str
) -> None:
    make_writable(selection)
    act, expected = CHOSEN_FORGED[tampering]
    act(selection)
    rewrite_manifests(selection)
    report = v.verify(str(selection), [sender.key])
    assert "files" not in whats(report)
    assert whats(report) >= expected


# --- tampering with a case folder ------------------------------------------------------------


CASE_TAMPERED: dict[str, tuple[Tampering, str]] = {
    "a bit of an object is flipped": (
        lambda c: flip(c / f"vault/objects/sha256/{MEMO.hex[:2]}/{MEMO.hex}"),
        "objects",
    ),
    "an object is removed": (
        lambda c: (c / f"vault/objects/sha256/{MEMO.hex[:2]}/{MEMO.hex}").unlink(),
        "objects",
    ),
    "an event is altered": (
        lambda c: edit(c / "vault/journal/events-000000000000.jsonl", b"memo.txt", b"memo.doc"),
        "event log",
    ),
    "the first file of events is missing": (
        lambda c: (c / "vault/journal/events-000000000000.jsonl").rename(
            c / "vault/journal/events-000000065536.jsonl"
        ),
        "event log",
    ),
    "the header is altered": (lambda c: edit(c / "muniment.json", b"2026", b"2025"), "event log"),
    "a checkpoint is altered": (
        lambda c: flip(c / "vault/journal/checkpoints/000000000006.note"),
        "checkpoint",
    ),
}


@pytest.mark.parametrize("tampering", CASE_TAMPERED)
def test_tampering_with_a_case_is_named(sender: Sender, tampering: str) -> None:
    act, expected = CASE_TAMPERED[tampering]
    act(sender.folder)
    assert expected in whats(v.verify(str(sender.folder), [sender.key]))


def test_the_second_copy_of_the_leaves_names_the_event_that_was_altered(sender: Sender) -> None:
    CASE_TAMPERED["an event is altered"][0](sender.folder)
    report = v.verify(str(sender.folder), [sender.key])
    altered = [f["where"] for f in report.failures if "altered" in f["why"]]
    assert altered == ["event 2"]


def resigned(sender: Sender, change: Callable[[list[dict[str, object]]], None]) -> v.Report:
    """The case after its own key signed a log that was changed, with the chain made to fit."""
    case = sender.by_hand
    events = [json.loads(line) for line in case.lines]
    change(events)
    prev = events[0]["prev"]
    for place, event in enumerate(events):
        event["prev"] = prev
        case.lines[place] = canonical(event)
        case.leaves[place] = hashlib.sha256(b"\0" + case.lines[place]).digest()
        prev = case.leaves[place].hex()
    shutil.rmtree(case.journal / "checkpoints/000000000006.cosignatures")
    case.checkpoint()
    case.close()
    return v.verify(str(sender.folder), [sender.key])


def test_a_position_that_is_not_its_own_is_named_even_where_it_was_signed(sender: Sender) -> None:
    report = resigned(sender, lambda events: events[4].update(seq=99))
    assert [(f["where"], f["why"]) for f in report.failures] == [
        ("event 4", "it says that it is event 99")
    ]


def test_a_first_event_that_names_another_key_is_named(sender: Sender) -> None:
    detail = {"verifier_key": FORGER.verifier_key}
    report = resigned(sender, lambda events: events[0].update(detail=detail))
    assert [f["why"] for f in report.failures] == ["the first event names another signing key"]


# --- it never raises -------------------------------------------------------------------------


HOSTILE_LINES = {
    "deep nesting": b"[" * 100_000,
    "a number of a million digits": b'{"seq":' + b"9" * 1_000_000 + b"}",
    "a float": b'{"seq":1.5}',
    "not a number": b'{"seq":NaN}',
    "a lone surrogate": b'{"actor":"\\ud800"}',
    "bytes that are not UTF-8": b"\xff\xfe",
    "a list": b"[]",
    "nothing": b"",
    "two members of one name": b'{"seq":1,"seq":1}',
    "true as a position": canonical(
        {
            "actor": "a",
            "at": "2026-01-02T03:04:05.000000Z",
            "detail": {},
            "event": "x",
            "objects": [],
            "outcome": "success",
            "prev": "0",
            "seq": True,
            "tool": "t",
        }
    ),
    "objects that are numbers": b'{"objects":[1]}',
    "a line that is too long": b'"' + b"x" * v.LINE_LIMIT + b'"',
}


@pytest.mark.parametrize("line", HOSTILE_LINES)
def test_a_hostile_line_is_a_failure_and_never_an_exception(sender: Sender, line: str) -> None:
    path = sender.by_hand.journal / "events-000000000000.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], HOSTILE_LINES[line] + b"\n", *lines[3:]]))
    report = v.verify(str(sender.folder), [sender.key])
    assert "event log" in whats(report)
    assert "reading" not in whats(report)


TAG_FILES = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha512.txt",
    "seal.note",
    "custody/keys.txt",
    NOTE,
    EVENTS,
    "metadata/items.jsonl",
]


@pytest.mark.parametrize("name", TAG_FILES)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0\n\n\n", b"\n\n", b"x" * 10_000, b"[" * 9000])
def test_no_content_of_a_tag_file_makes_it_raise(
    whole: Path, sender: Sender, name: str, content: bytes
) -> None:
    make_writable(whole)
    (whole / name).write_bytes(content)
    if name == "bagit.txt":
        assert v.verify(str(whole)).failed > 0
    else:
        rewrite = name not in {"manifest-sha256.txt", "tagmanifest-sha512.txt", "seal.note"}
        if rewrite and name != "bag-info.txt":
            rewrite_manifests(whole)
        assert v.verify(str(whole), [sender.key]).failed > 0


@given(data=st.binary(max_size=300))
def test_arbitrary_bytes_in_a_note_never_raise_but_value_error(data: bytes) -> None:
    key = v.parse_key(FORGER.verifier_key)
    try:
        v.parse_checkpoint("x", data, ORIGIN)
        v.is_signed(data, key)
    except ValueError:
        pass


def test_a_hostile_name_cannot_write_to_the_terminal(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (whole / "evil\x1b[2J\r.txt").write_text("x")
    assert v.main([str(whole)]) == 3
    assert "\x1b" not in capsys.readouterr().out


def test_many_failures_are_counted_but_not_all_kept(whole: Path) -> None:
    for number in range(v.MOST_FAILURES + 50):
        (whole / f"extra-{number:04d}").touch()
    report = v.verify(str(whole))
    assert len(report.failures) == v.MOST_FAILURES
    assert report.failed >= v.MOST_FAILURES + 50


# --- the program -----------------------------------------------------------------------------


def test_it_runs_alone_from_the_bag_and_prints_json(whole: Path, sender: Sender) -> None:
    command = [sys.executable, "-I", "-S", str(whole / "verify.py"), "--json", "--key", sender.key]
    done = subprocess.run(command, capture_output=True, check=True, cwd="/")
    told = json.loads(done.stdout)
    assert told["ok"] is True
    assert set(told) >= {"ok", "proved", "failures"}


def test_the_exit_codes_are_0_3_and_2(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert v.main([str(whole)]) == 0
    assert "Nothing failed." in capsys.readouterr().out
    flip(_writable(whole / "README.txt"))
    assert v.main([str(whole)]) == 3
    assert "FAILED: files: README.txt: " in capsys.readouterr().out
    assert v.main([str(tmp_path / "nowhere")]) == 2
    assert v.main([str(whole), "--key", "x"]) == 2
    with pytest.raises(SystemExit) as left:
        v.main(["--no-such-option"])
    assert left.value.code == 2


def _writable(path: Path) -> Path:
    path.chmod(0o644)
    return path


def test_it_is_python_3_8_and_imports_the_standard_library_only() -> None:
    source = Path(v.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= set(sys.stdlib_module_names)
    assert "muniment" not in imported


# --- Ed25519, RFC 8032 §7.1 ------------------------------------------------------------------

RFC_8032 = {
    "TEST 1": """
        d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
        -
        e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555
        fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b""",
    "TEST 2": """
        3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c
        72
        92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
        085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00""",
    "TEST 3": """
        fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025
        af82
        6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
        18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a""",
    "TEST SHA(abc)": """
        ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589
        09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704""",
}


@pytest.mark.parametrize("name", RFC_8032)
def test_the_published_signatures_hold_and_no_other(name: str) -> None:
    fields = RFC_8032[name].split()
    key, message = bytes.fromhex(fields[0]), bytes.fromhex(fields[1].strip("-"))
    signature = bytes.fromhex(fields[2] + fields[3])
    assert v.ed25519_holds(key, message, signature)
    assert not v.ed25519_holds(key, message + b"x", signature)
    assert not v.ed25519_holds(key, message, signature[:-1] + bytes([signature[-1] ^ 1]))


@given(st.binary(max_size=100), st.binary(min_size=1, max_size=8))
def test_signatures_of_another_implementation_hold(message: bytes, seed: bytes) -> None:
    signer = Signer("x", seed)
    signature = signer.private.sign(message)
    assert v.ed25519_holds(signer.public, message, signature)


def test_a_signature_with_s_beyond_the_order_is_refused() -> None:
    """Adding the group's order to S gives a second signature, which RFC 8032 §5.1.7 forbids."""
    signature = FORGER.private.sign(b"text")
    s = int.from_bytes(signature[32:], "little") + v.ORDER
    assert not v.ed25519_holds(FORGER.public, b"text", signature[:32] + s.to_bytes(32, "little"))


BAD_POINTS = {
    "y is not below the prime": (v.P + 1).to_bytes(32, "little"),
    "no x has this y": (2).to_bytes(32, "little"),
    "x is 0 and negative": (1 | 1 << 255).to_bytes(32, "little"),
}


@pytest.mark.parametrize("wrong", BAD_POINTS)
def test_what_is_no_point_is_refused_as_a_key(wrong: str) -> None:
    assert v.decode_point(BAD_POINTS[wrong]) is None
    assert not v.ed25519_holds(BAD_POINTS[wrong], b"", bytes(64))


@pytest.mark.parametrize("size", [0, 1, 63, 65])
def test_a_signature_of_another_length_is_refused(size: int) -> None:
    assert not v.ed25519_holds(FORGER.public, b"", bytes(size))


# --- the tree and canonical JSON -------------------------------------------------------------


@given(st.integers(1, 70), st.data())
def test_tree_and_proofs_agree_with_the_recursion_of_the_standard(
    size: int, data: st.DataObject
) -> None:
    leaves = [hashlib.sha256(bytes([n])).digest() for n in range(size)]
    tree = v.Tree()
    for leaf in leaves:
        tree.append(leaf)
    assert tree.root() == tree_root(leaves)
    seq = data.draw(st.integers(0, size - 1))
    path = inclusion(seq, leaves)
    assert v.root_from_proof(leaves[seq], seq, size, path) == tree.root()
    assert v.root_from_proof(leaves[seq], seq, size, [*path, leaves[0]]) is None
    if size > 1:
        assert v.root_from_proof(leaves[seq], seq, size, path[:-1]) is None


def test_the_empty_tree_is_sha_256_of_nothing() -> None:
    assert v.Tree().root() == hashlib.sha256().digest()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(VALUES)
def test_it_accepts_exactly_what_the_rest_of_the_program_writes(value: object) -> None:
    written = canonical_json(value)
    assert v.parse_json(written) == value
    with pytest.raises(ValueError, match="canonical"):
        v.parse_json(written + b" ")


def test_a_case_by_hand_is_read_by_the_vault(tmp_path: Path) -> None:
    """The second writer and the first reader agree on the format."""
    case = small_case(tmp_path / "c")
    sender = Sender(tmp_path / "d")
    assert sender.journal.size == len(case.lines)
    assert sender.journal.root().raw == tree_root(case.leaves)
