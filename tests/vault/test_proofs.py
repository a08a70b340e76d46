"""A proof file convinces a stranger of what is true, and of nothing else."""

import base64
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from muniment.core import IntegrityError, UsageError, canonical_json, digest_of
from muniment.vault.checkpoint import checkpoint_path, write_checkpoint
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey
from muniment.vault.note import parse_note
from muniment.vault.proofs import (
    ConsistencyProof,
    InclusionProof,
    check_consistency,
    check_inclusion,
    parse_consistency_proof,
    parse_inclusion_proof,
    print_proof,
    prove_consistency,
    prove_inclusion,
)

Drafts = Callable[..., list[EventDraft]]
FORMAT = Path(__file__).parents[2] / "docs" / "formats" / "proofs.md"


@pytest.fixture
def notes(journal: Journal, key: SigningKey, drafts: Drafts) -> tuple[bytes, bytes]:
    """The notes of checkpoints of 12 and 20 events."""
    write_checkpoint(journal, key)
    journal.append(drafts(8, 12))
    write_checkpoint(journal, key)
    journal.append(drafts(3, 20))
    old, new = (checkpoint_path(journal.folder, size).read_bytes() for size in (12, 20))
    return old, new


def test_every_event_is_proven_to_be_there(
    journal: Journal, key: SigningKey, notes: tuple[bytes, bytes]
) -> None:
    events = list(journal.events())
    for seq in range(20):
        written = print_proof(prove_inclusion(journal, seq, notes[1]))
        proof = parse_inclusion_proof(written)
        assert check_inclusion(proof, key.verifier().name, [key.verifier()]) == events[seq]
    with pytest.raises(UsageError):
        prove_inclusion(journal, 20, notes[1])


def test_growth_is_proven(journal: Journal, key: SigningKey, notes: tuple[bytes, bytes]) -> None:
    written = print_proof(prove_consistency(journal, *notes))
    proof = parse_consistency_proof(written)
    old, new = check_consistency(proof, key.verifier().name, [key.verifier()])
    assert (old.size, new.size) == (12, 20)
    with pytest.raises(UsageError):
        prove_consistency(journal, notes[1], notes[0])


def test_a_proof_file_is_written_as_it_was_when_the_format_was_fixed(
    journal: Journal, notes: tuple[bytes, bytes]
) -> None:
    written = print_proof(prove_inclusion(journal, 4, notes[0])).decode()
    assert written.startswith('{"checkpoint":"muniment.invalid/00112233445566778899aabb')
    assert written.endswith('"],"seq":4,"version":1}')
    assert digest_of(written.encode()).hex == (
        "16cf52f2a88fa3b6ce5353d282b39b7e6461274b860fad644060f2b68e9a1ef4"
    )


def test_a_stranger_checks_it_with_the_program_in_the_format(
    tmp_path: Path, journal: Journal, notes: tuple[bytes, bytes]
) -> None:
    program = re.search(r"```python\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    assert program is not None
    file = tmp_path / "proof.json"
    for seq in range(12):
        proof = prove_inclusion(journal, seq, notes[0])
        file.write_bytes(print_proof(proof))
        command = [sys.executable, "-I", "-c", program[1], str(file)]
        good = subprocess.run(command, capture_output=True, check=True, text=True)
        assert good.stdout.startswith(f"event {seq} is one of the first 12 of muniment.invalid/")
        file.write_bytes(print_proof(msgspec.structs.replace(proof, seq=(seq + 1) % 12)))
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_a_stranger_checks_the_signature_with_openssl(
    tmp_path: Path, key: SigningKey, notes: tuple[bytes, bytes]
) -> None:
    text = FORMAT.read_text(encoding="utf-8")
    commands = re.findall(r"^    ((?:\(printf|printf|openssl) .*)$", text, re.MULTILINE)
    assert len(commands) == 3
    note = parse_note(notes[0])
    (tmp_path / "checkpoint.txt").write_text(note.text)
    words = {
        "KEY_BASE64": base64.b64encode(b"\x01" + key.verifier().public).decode(),
        "SIGNATURE_BASE64": str(note.signatures[0]).rsplit(" ", 1)[1],
    }
    script = "set -e\n" + "\n".join(commands)
    checked = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", **words},
        capture_output=True,
        check=True,
        text=True,
    )
    assert "Verified Successfully" in checked.stdout


def test_a_proof_that_was_changed_shows_nothing(
    journal: Journal, key: SigningKey, partner: SigningKey, notes: tuple[bytes, bytes]
) -> None:
    good = prove_inclusion(journal, 4, notes[0])
    change = msgspec.structs.replace
    wrong = {
        "another position": change(good, seq=5),
        "a word changed": change(good, event=good.event.replace("archivist", "anarchist")),
        "no event": change(good, event="{}"),
        "an event of elsewhere": change(good, event=journal.line(5).decode()),
        "another size signed": change(good, checkpoint=notes[1].decode()),
        "an unsigned size": change(good, checkpoint=good.checkpoint.replace("\n12\n", "\n13\n")),
        "a node missing": change(good, nodes=good.nodes[:-1]),
        "a node too many": change(good, nodes=(*good.nodes, good.nodes[0])),
        "no checkpoint": change(good, checkpoint="rubbish"),
    }
    for proof in wrong.values():
        with pytest.raises(IntegrityError):
            check_inclusion(proof, key.verifier().name, [key.verifier()])
    for origin, keys in (("another", [key.verifier()]), (key.verifier().name, [])):
        with pytest.raises(IntegrityError):
            check_inclusion(good, origin, keys)
    with pytest.raises(IntegrityError):
        check_inclusion(good, key.verifier().name, [partner.verifier()])


def test_a_consistency_proof_that_was_changed_shows_nothing(
    journal: Journal, key: SigningKey, notes: tuple[bytes, bytes]
) -> None:
    good = prove_consistency(journal, *notes)
    wrong = {
        "turned round": ConsistencyProof(good.new, good.old, good.nodes),
        "a node missing": ConsistencyProof(good.old, good.new, good.nodes[:-1]),
        "no checkpoint": ConsistencyProof("rubbish", good.new, good.nodes),
        "the same twice, with nodes": ConsistencyProof(good.new, good.new, good.nodes),
    }
    for proof in wrong.values():
        with pytest.raises(IntegrityError):
            check_consistency(proof, key.verifier().name, [key.verifier()])


BAD_FILES: dict[str, bytes] = {
    "a member too many": canonical_json({"format": "muniment-inclusion-proof", "more": 1}),
    "another format": b'{"format":"x"}',
    "white space": b'{"format": "muniment-inclusion-proof"}',
    "nested": b"[" * 100_000,
    "rubbish": b"\xff",
    "nothing": b"",
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_what_is_no_proof_file_is_refused(what: str) -> None:
    for parse in (parse_inclusion_proof, parse_consistency_proof):
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            parse(BAD_FILES[what])


def test_a_node_in_another_spelling_is_refused(
    journal: Journal, notes: tuple[bytes, bytes]
) -> None:
    proof = prove_inclusion(journal, 4, notes[0])
    written = print_proof(proof)
    node = proof.nodes[0]
    for spelling in (node.hex.upper(), node.ni, node.hex[:-2]):
        with pytest.raises(ValueError, match="hex digits"):
            parse_inclusion_proof(written.replace(node.hex.encode(), spelling.encode()))
    assert parse_inclusion_proof(written) == proof
    assert isinstance(proof, InclusionProof)
