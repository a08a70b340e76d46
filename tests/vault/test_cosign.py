"""A partner signs what continues what the partner signed before, and nothing else."""

import base64
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muniment.core import Digest, IntegrityError, UsageError
from muniment.vault.checkpoint import (
    checkpoint_path,
    open_checkpoint,
    write_checkpoint,
)
from muniment.vault.cosign import (
    Request,
    Seen,
    cosign,
    cosignatures_folder,
    cosigned_note,
    import_cosignature,
    last_seen,
)
from muniment.vault.event import EventDraft
from muniment.vault.journal import Clock, Journal
from muniment.vault.keys import Algorithm, SigningKey, parse_verifier_key
from muniment.vault.note import parse_note, sign_note, signature_holds, signers

Drafts = Callable[..., list[EventDraft]]
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "partner"
    folder.mkdir()
    return folder / "witness.json"


def request(journal: Journal, key: SigningKey, since: int) -> Request:
    """Ask for the journal's newest checkpoint, with a proof from `since` events."""
    size = write_checkpoint(journal, key).size
    proof = journal.consistency_proof(since, size)
    return Request(checkpoint_path(journal.folder, size).read_bytes(), proof, key.verifier())


def test_a_growing_journal_is_cosigned_again_and_again(
    journal: Journal, key: SigningKey, partner: SigningKey, drafts: Drafts, state: Path
) -> None:
    for size in (12, 12, 13, 20):
        seen = last_seen(state, key.verifier().name)
        journal.append(drafts(size - journal.size, journal.size))
        asked = request(journal, key, 0 if seen is None else seen.size)
        signature = cosign(state, asked, partner, NOW)
        text = parse_note(asked.note).text
        assert signature_holds(text, signature, partner.verifier(Algorithm.COSIGNATURE))
        assert not signature_holds(text, signature, partner.verifier())
        assert last_seen(state, key.verifier().name) == Seen(journal.root().hex, size)


def test_a_cosignature_is_written_as_the_specification_says(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    asked = request(journal, key, 0)
    line = str(cosign(state, asked, partner, NOW))
    dash, name, encoded = line.split(" ")
    data = base64.b64decode(encoded)
    assert (dash, name, len(data)) == ("—", "partner.invalid/newsroom", 76)
    assert data[:4] == partner.verifier(Algorithm.COSIGNATURE).key_hash
    assert int.from_bytes(data[4:12], "big") == 1772600767
    message = b"cosignature/v1\ntime 1772600767\n" + parse_note(asked.note).text.encode()
    assert partner.verifier().verifies(message, data[12:])


def test_the_published_witness_case_is_signed(partner: SigningKey, state: Path) -> None:
    # transparency-dev/witness, omniwitness tests: two checkpoints and the proof between them
    key = parse_verifier_key("monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT")
    five = (
        "monkeys\n5\n41smjBUiAU70EtKlT6lIOIYtRTYxYXsDB+XHfcvu/BE=\n\n"
        "— monkeys 202fftzGl3LVoqjXfwCFZZXs8I+5G22+Ek2K0AOyBuSJ/8/CZawNF+6fNlTKOCd622pbzJNkkJFW"
        "uw9DbicZCkEx9AY=\n"
    ).encode()
    eight = (
        "monkeys\n8\nV8K9aklZ4EPB+RMOk1/8VsJUdFZR77GDtZUQq84vSbo=\n\n"
        "— monkeys 202ffoUEboiQYpHzICeaFmoy3RNviHTpAxYrq/eO4QQVQMvu9UebKBMX2MJC76NLthZaKsnKbCA8"
        "GxrjePZhvDCH7Ag=\n"
    ).encode()
    proof = tuple(
        Digest(bytes.fromhex(node))
        for node in (
            "b9e1d62618f7fee8034e4c5010f727ab24d8e4705cb296c374bf2025a87a10d2",
            "aac66cd7a79ce4012d80762fe8eec3a77f22d1ca4145c3f4cee022e7efcd599d",
            "89d0f753f66a290c483b39cd5e9eafb12021293395fad3d4a2ad053cfbcfdc9e",
            "29e40bb79c966f4c6fe96aff6f30acfce5f3e8d84c02215175d6e018a5dee833",
        )
    )
    cosign(state, Request(five, (), key), partner, NOW)
    with pytest.raises(IntegrityError, match="no proof"):
        cosign(state, Request(eight, proof[:3], key), partner, NOW)
    cosign(state, Request(eight, proof, key), partner, NOW)
    with pytest.raises(IntegrityError, match="rollback"):
        cosign(state, Request(five, (), key), partner, NOW)


@pytest.fixture
def fork(journal: Journal, clock: Clock, drafts: Drafts, tmp_path: Path) -> Iterator[Journal]:
    """A copy of the journal in which the last event is another one."""
    other = tmp_path / "fork"
    shutil.copytree(journal.folder, other)
    events = other / "events-000000000000.jsonl"
    events.write_bytes(b"".join(events.read_bytes().splitlines(keepends=True)[:-1]))
    (other / "leaves.bin").unlink()
    with Journal.open(other, clock, writable=True) as forked:
        forked.append(drafts(1, 77))
        yield forked


def test_another_history_is_not_signed(
    journal: Journal, fork: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    cosign(state, request(journal, key, 0), partner, NOW)
    before = state.read_bytes()
    with pytest.raises(IntegrityError, match="fork"):
        cosign(state, request(fork, key, 12), partner, NOW)
    assert state.read_bytes() == before


def test_a_longer_history_that_does_not_continue_the_signed_one_is_not_signed(
    journal: Journal, fork: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    cosign(state, request(journal, key, 0), partner, NOW)
    before = state.read_bytes()
    fork.append([EventDraft(event="e", actor="a", tool="t")])
    with pytest.raises(IntegrityError, match="no proof"):
        cosign(state, request(fork, key, 12), partner, NOW)
    assert state.read_bytes() == before


def test_what_is_not_by_the_cases_key_is_not_signed(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    strange = Request(request(journal, key, 0).note, (), partner.verifier())
    with pytest.raises(IntegrityError, match="not a checkpoint by"):
        cosign(state, strange, partner, NOW)
    assert not state.exists()


def test_a_damaged_state_stops_the_signing(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    asked = request(journal, key, 0)
    cosign(state, asked, partner, NOW)
    good = state.read_bytes()
    wrong = {
        "cut off": good[:-1],
        "emptied": b"",
        "white space": good.replace(b":", b": "),
        "a root cut off": good.replace(journal.root().hex.encode(), b"00"),
        "another format": good.replace(b"witness", b"window"),
        "nested": b"[" * 100_000,
    }
    for data in wrong.values():
        state.write_bytes(data)
        with pytest.raises(IntegrityError, match="state file"):
            cosign(state, asked, partner, NOW)


def test_a_partners_line_is_kept_beside_the_checkpoint(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    asked = request(journal, key, 0)
    line = str(cosign(state, asked, partner, NOW))
    known = partner.verifier(Algorithm.COSIGNATURE)
    path = import_cosignature(journal.folder, 12, line + "\n", known)
    assert path == cosignatures_folder(journal.folder, 12) / known.key_hash.hex()
    assert path.read_text() == line + "\n"
    assert import_cosignature(journal.folder, 12, line, known) == path
    whole = parse_note(cosigned_note(journal.folder, 12))
    assert signers(whole, [key.verifier(), known]) == (key.verifier(), known)
    again = str(cosign(state, asked, partner, datetime(2027, 1, 1, tzinfo=UTC)))
    with pytest.raises(UsageError, match="already"):
        import_cosignature(journal.folder, 12, again, known)
    assert path.read_text() == line + "\n"


def test_a_line_that_is_not_the_partners_is_not_kept(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    line = str(cosign(state, request(journal, key, 0), partner, NOW))
    known = partner.verifier(Algorithm.COSIGNATURE)
    journal.append([EventDraft(event="e", actor="a", tool="t")])
    write_checkpoint(journal, key)
    plain = str(sign_note("text\n", partner).signatures[0])
    wrong = {
        "for another checkpoint": (13, line, known),
        "by another partner": (12, line, key.verifier(Algorithm.COSIGNATURE)),
        "a plain signature": (12, plain, known),
        "no line at all": (12, "rubbish", known),
        "a checkpoint that is not there": (99, line, known),
    }
    for size, written, who in wrong.values():
        with pytest.raises(IntegrityError):
            import_cosignature(journal.folder, size, written, who)
    with pytest.raises(UsageError, match="not a cosignature key"):
        import_cosignature(journal.folder, 12, line, partner.verifier())
    assert not cosignatures_folder(journal.folder, 13).exists()
    assert parse_note(cosigned_note(journal.folder, 13)).signatures[0].name == key.verifier().name


def test_a_kept_line_that_was_damaged_is_named(
    journal: Journal, key: SigningKey, partner: SigningKey, state: Path
) -> None:
    line = str(cosign(state, request(journal, key, 0), partner, NOW))
    path = import_cosignature(journal.folder, 12, line, partner.verifier(Algorithm.COSIGNATURE))
    path.write_bytes(b"\xff")
    with pytest.raises(IntegrityError, match="cosignature"):
        cosigned_note(journal.folder, 12)


def test_an_empty_journal_may_be_signed_first(
    tmp_path: Path, key: SigningKey, partner: SigningKey, clock: Clock, state: Path
) -> None:
    with Journal.create(tmp_path / "empty", b"{}", clock) as journal:
        cosign(state, request(journal, key, 0), partner, NOW)
        data = checkpoint_path(journal.folder, 0).read_bytes()
        assert open_checkpoint(data, key.verifier().name, [key.verifier()]).size == 0
        journal.append([EventDraft(event="e", actor="a", tool="t")])
        cosign(state, request(journal, key, 0), partner, NOW)
