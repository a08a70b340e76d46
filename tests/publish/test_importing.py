"""Taking a partner's bag: verified first, kept whole, never a fork, never a rollback."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyrage
import pytest

from muniment.core import IntegrityError, UsageError, canonical_json, digest_of
from muniment.publish.encryption import encrypt_bag
from muniment.publish.export import Request, export
from muniment.publish.importing import Imported, import_bag, import_drafts, unpacked
from muniment.publish.selection import Chosen, Containers, Whole
from muniment.publish.tar import Limits
from muniment.publish.verify import verify
from muniment.vault.case import Case, header_bytes, new_header, open_case
from muniment.vault.checkpoint import key_draft, write_checkpoint
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey, create_signing_key
from tests.publish.case_by_hand import CaseByHand, make_writable
from tests.publish.conftest import INNER, MEMO, NOON, Sender
from tests.publish.test_bag import whole_of
from tests.publish.test_verify import FORGED, NAIVE, SEALED, rewrite_manifests

BIG = digest_of(bytes(range(256)) * 9_000)
ROOM = Limits(files=1_000, bytes=10**8)


class Partner:
    """Another case, made by the vault itself, that takes bags in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        header = header_bytes(new_header("ab" * 16, "2026-01-02T03:04:05.000000Z"))
        (folder / "muniment.json").write_bytes(header)
        (folder / "vault").mkdir()
        (folder / "keys").mkdir()
        self.folder = folder
        self.case: Case = open_case(folder)
        self.key: SigningKey = create_signing_key(self.case.key_path, self.case.header.origin, None)
        with Journal.create(self.case.journal_folder, header, _noon) as journal:
            journal.append([key_draft(self.key.verifier(), "archivist", "muniment 0.1.0")])

    def take(self, bag: Path, told: str | None) -> Imported:
        """Import, record, and sign a checkpoint, as the door does."""
        done = import_bag(self.case, bag, told)
        with Journal.open(self.case.journal_folder, _noon, writable=True) as journal:
            journal.append(list(import_drafts(self.case, done, "archivist", "muniment 0.1.0")))
            write_checkpoint(journal, self.key)
        return done

    def drafts(self, done: Imported) -> list[EventDraft]:
        return list(import_drafts(self.case, done, "archivist", "muniment 0.1.0"))


def _noon() -> datetime:
    return NOON


@pytest.fixture(name="partner")
def _partner(tmp_path: Path) -> Partner:
    return Partner(tmp_path / "partner")


def test_a_round_trip_ends_in_a_case_that_verifies(
    partner: Partner, whole: Path, sender: Sender
) -> None:
    done = partner.take(whole, sender.key)
    assert (done.objects, done.bytes, done.earlier) == (3, 2_304_020, None)
    assert partner.case.received.rehash(MEMO) == MEMO
    report = verify(str(partner.folder), [str(partner.key.verifier())])
    assert report.failures == []
    assert report.not_proved == ["The logs of 1 partner(s) in vault/partners: not looked at."]


def test_the_partners_log_is_kept_whole(partner: Partner, whole: Path, sender: Sender) -> None:
    done = partner.take(whole, sender.key)
    home = hashlib.sha256(sender.key.encode()).hexdigest()
    tags = digest_of((whole / "tagmanifest-sha256.txt").read_bytes())
    assert done.kept == partner.case.vault / "partners" / home / f"000000000006-{tags}"
    expected = {n: c for n, c in whole_of(whole).items() if not n.startswith("data/")}
    assert whole_of(done.kept) == expected


def test_the_events_name_origin_size_and_root(
    partner: Partner, whole: Path, sender: Sender
) -> None:
    done = partner.take(whole, sender.key)
    first, *arrivals = partner.drafts(done)
    assert first.event == "replication"
    assert first.detail == {
        "bytes": "2304020",
        "earlier_log_size": "none",
        "log_size": "6",
        "manifest_sha256": done.manifest.hex,
        "objects": "3",
        "origin": sender.by_hand.origin,
        "root": sender.journal.root().hex,
        "verifier_key": sender.key,
    }
    assert [draft.event for draft in arrivals] == ["ingestion"] * 3
    assert {draft.objects for draft in arrivals} >= {(MEMO,), (BIG,)}


def test_names_come_along_as_stated_by_the_sender(
    partner: Partner, whole: Path, sender: Sender
) -> None:
    drafts = partner.drafts(partner.take(whole, sender.key))
    by_name = {draft.detail.get("name_hex"): draft.detail for draft in drafts[1:]}
    stated = by_name[b"./\xd7\xdc.txt".hex()]
    assert stated["stated_by"] == "sender"
    assert stated["name_encoding"]["basis"] == "inferred"
    assert stated["partner"]["origin"] == sender.by_hand.origin
    assert stated["partner_event"] == "3"
    assert stated["modified"] == {"basis": "stated"}
    assert stated["size"] == "13"


def test_containment_comes_along_as_stated(
    tmp_path: Path, partner: Partner, sender: Sender
) -> None:
    step = sender.found_inside(INNER, BIG)
    chosen = Chosen(frozenset({digest_of(INNER)}), Containers.NAMED, (step,))
    bag = sender.export(tmp_path / "bag", chosen).bag
    done = partner.take(bag, sender.key)
    (arrival,) = partner.drafts(done)[1:]
    assert arrival.objects == (digest_of(INNER),)
    assert arrival.detail["contained"] == {
        "basis": "stated",
        "index": "3",
        "parent": BIG.hex,
        "relation": "member",
    }
    assert any("declared as not included" in point for point in done.open_points)


def test_an_object_that_the_bag_only_speaks_of_did_not_arrive_with_it(
    tmp_path: Path, partner: Partner, whole: Path, sender: Sender
) -> None:
    partner.take(whole, sender.key)
    step = sender.found_inside(INNER, BIG)
    chosen = Chosen(frozenset({digest_of(INNER)}), Containers.NAMED, (step,))
    done = partner.take(sender.export(tmp_path / "bag", chosen).bag, sender.key)
    assert partner.case.received.has(BIG)
    assert [draft.objects for draft in partner.drafts(done)[1:]] == [(digest_of(INNER),)]


def test_what_a_kill_left_half_is_removed_by_the_next_import(
    partner: Partner, whole: Path, sender: Sender
) -> None:
    home = partner.case.vault / "partners" / hashlib.sha256(sender.key.encode()).hexdigest()
    (home / ".growing-abc" / "custody").mkdir(parents=True)
    done = partner.take(whole, sender.key)
    assert sorted(path.name for path in home.iterdir()) == [done.kept.name, "verifier.key"]


# --- keys ------------------------------------------------------------------------------------


def test_a_key_that_was_never_told_is_not_taken_from_the_bag(partner: Partner, whole: Path) -> None:
    with pytest.raises(UsageError, match="nobody has told") as raised:
        partner.take(whole, None)
    assert "by telephone" in raised.value.next_step


def test_a_key_told_once_is_known(partner: Partner, whole: Path, sender: Sender) -> None:
    partner.take(whole, sender.key)
    assert partner.take(whole, None).earlier == 6


def test_another_key_than_the_one_told_is_refused(partner: Partner, whole: Path) -> None:
    other = CaseByHand(whole.parent / "other", "ee" * 16)
    with pytest.raises(IntegrityError, match="refused"):
        partner.take(whole, other.signer.verifier_key)


@pytest.mark.parametrize("told", ["", "x", "a+b+c", "muniment.invalid/x+00000000+AAAA"])
def test_what_is_no_key_is_refused(partner: Partner, whole: Path, told: str) -> None:
    with pytest.raises(UsageError, match="key"):
        partner.take(whole, told)


def test_a_folder_that_is_no_bag_is_refused(tmp_path: Path, partner: Partner) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        partner.take(tmp_path / "empty", None)


def test_a_bag_of_the_case_itself_is_refused(tmp_path: Path, sender: Sender, whole: Path) -> None:
    with pytest.raises(UsageError, match="this very case"):
        import_bag(sender.case, whole, sender.key)


# --- every tampering is refused, and nothing of it comes in ---------------------------------


@pytest.mark.parametrize("tampering", [*NAIVE, *FORGED, *SEALED])
def test_a_tampered_bag_is_refused_whole(
    partner: Partner, whole: Path, sender: Sender, tampering: str
) -> None:
    before = whole_of(partner.folder)
    make_writable(whole)
    for table in (NAIVE, FORGED):
        if tampering in table:
            table[tampering][0](whole)
            break
    else:
        SEALED[tampering](whole)
    if tampering not in NAIVE:
        rewrite_manifests(whole)
    with pytest.raises((IntegrityError, UsageError)):
        partner.take(whole, sender.key)
    assert whole_of(partner.folder) == before


# --- a log only grows ------------------------------------------------------------------------


def selection_of(sender: Sender, target: Path) -> Path:
    return sender.export(target, Chosen(frozenset({MEMO}), Containers.INCLUDED)).bag


def whole_export(sender: Sender, target: Path) -> Path:
    return sender.export(target, Whole()).bag


KINDS: dict[str, Callable[[Sender, Path], Path]] = {
    "whole": whole_export,
    "selection": selection_of,
}


@pytest.mark.parametrize("second", KINDS)
@pytest.mark.parametrize("first", KINDS)
def test_a_log_that_grew_is_taken(
    tmp_path: Path, partner: Partner, sender: Sender, first: str, second: str
) -> None:
    partner.take(KINDS[first](sender, tmp_path / "one"), sender.key)
    sender.grow(b"./late", b"late")
    done = partner.take(KINDS[second](sender, tmp_path / "two"), sender.key)
    assert (done.earlier, done.checkpoint.size) == (6, 7)
    assert len(list(done.kept.parent.glob("0*"))) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_rollback_is_refused(tmp_path: Path, partner: Partner, sender: Sender, kind: str) -> None:
    old = KINDS[kind](sender, tmp_path / "old")
    sender.grow(b"./late", b"late")
    partner.take(whole_export(sender, tmp_path / "new"), sender.key)
    with pytest.raises(IntegrityError, match="a rollback: 6 events, after 7"):
        partner.take(old, sender.key)


@pytest.mark.parametrize("same_size", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_a_fork_is_refused(
    tmp_path: Path, partner: Partner, sender: Sender, kind: str, same_size: bool
) -> None:
    """The sender's own key signs another history: only the partner's memory can tell."""
    sender.grow(b"./one", b"one")
    partner.take(whole_export(sender, tmp_path / "one"), sender.key)
    shutil.rmtree(tmp_path / "case")
    liar = Sender(tmp_path / "case")
    liar.grow(b"./another", b"another")
    if not same_size:
        liar.grow(b"./more", b"more")
    with pytest.raises(IntegrityError, match=r"a fork|continue the older"):
        partner.take(KINDS[kind](liar, tmp_path / "fork"), sender.key)
    assert len(list((partner.case.vault / "partners").glob("*/0*"))) == 1


def test_a_selection_that_cannot_prove_that_it_grew_is_refused(
    tmp_path: Path, partner: Partner, sender: Sender
) -> None:
    partner.take(whole_export(sender, tmp_path / "one"), sender.key)
    (sender.by_hand.journal / "checkpoints/000000000006.note").unlink()
    sender.grow(b"./late", b"late")
    with pytest.raises(IntegrityError, match="no proof that its log grew"):
        partner.take(selection_of(sender, tmp_path / "two"), sender.key)


def test_what_was_kept_and_is_damaged_is_never_passed_over(
    tmp_path: Path, partner: Partner, whole: Path, sender: Sender
) -> None:
    done = partner.take(whole, sender.key)
    note = done.kept / "custody/checkpoints/000000000006.note"
    note.chmod(0o644)
    note.write_bytes(b"damaged")
    with pytest.raises(IntegrityError, match="is damaged"):
        partner.take(whole, sender.key)


def test_the_same_bag_twice_is_kept_once(partner: Partner, whole: Path, sender: Sender) -> None:
    first = partner.take(whole, sender.key)
    second = partner.take(whole, sender.key)
    assert first.kept == second.kept
    assert [path.name for path in first.kept.parent.iterdir() if path.name.startswith(".")] == []


def test_a_list_that_lies_about_its_form_is_refused_before_anything_comes_in(
    tmp_path: Path, partner: Partner, sender: Sender
) -> None:
    """A sender that seals a list which no honest program writes."""
    bag = whole_export(sender, tmp_path / "bag")
    make_writable(bag)
    path = bag / "metadata/items.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    bad = canonical_json({"kind": "contained", "sha256": MEMO.hex})
    path.write_bytes(b"".join([*lines, bad + b"\n"]))
    rewrite_manifests(bag)
    tags = hashlib.sha256((bag / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    text = f"muniment-transfer-bag v1\n{sender.by_hand.origin}\n{tags}\n"
    seal = text + "\n" + sender.by_hand.signer.line(text.encode())
    (bag / "seal.note").write_text(seal, encoding="utf-8")
    before = whole_of(partner.folder)
    assert verify(str(bag), [sender.key]).failures == []
    with pytest.raises(IntegrityError, match="list of items cannot be read"):
        partner.take(bag, sender.key)
    assert whole_of(partner.folder) == before


# --- packed bags -----------------------------------------------------------------------------


def test_an_encrypted_bag_is_taken_and_no_clear_copy_stays(
    tmp_path: Path, partner: Partner, whole: Path, sender: Sender
) -> None:
    identity = pyrage.x25519.Identity.generate()
    encrypt_bag(whole, tmp_path / "bag.tar.age", [str(identity.to_public())])
    scratch = partner.case.work / "opened"
    with unpacked(tmp_path / "bag.tar.age", [str(identity)], scratch, ROOM) as bag:
        assert whole_of(bag) == whole_of(whole)
        done = partner.take(bag, sender.key)
    assert done.objects == 3
    assert list(scratch.iterdir()) == []


def test_a_packed_bag_beyond_the_limits_is_refused_and_nothing_stays(
    tmp_path: Path, whole: Path
) -> None:
    identity = pyrage.x25519.Identity.generate()
    encrypt_bag(whole, tmp_path / "bag.tar.age", [str(identity.to_public())])
    tight = Limits(files=1_000, bytes=1_000_000)
    with (
        pytest.raises(IntegrityError, match="more than"),
        unpacked(tmp_path / "bag.tar.age", [str(identity)], tmp_path / "s", tight),
    ):
        pass
    assert list((tmp_path / "s").iterdir()) == []


def test_each_object_that_came_in_is_named_by_an_event(
    partner: Partner, whole: Path, sender: Sender
) -> None:
    done = partner.take(whole, sender.key)
    named = {draft.objects[0] for draft in partner.drafts(done)[1:]}
    assert named == set(partner.case.received.digests())


def test_what_was_imported_can_be_handed_on(
    tmp_path: Path, partner: Partner, whole: Path, sender: Sender
) -> None:
    partner.take(whole, sender.key)
    with Journal.open(partner.case.journal_folder, _noon) as journal:
        request = Request(
            target=tmp_path / "onward",
            selection=Whole(),
            recipient="a third",
            organization="Desk 8",
            contact="desk8@muniment.invalid",
            caveat="As received.",
            at=NOON,
            actor="archivist",
            tool="muniment 0.1.0",
        )
        onward = export(partner.case, journal, partner.key, request).bag
    report = verify(str(onward), [str(partner.key.verifier())])
    assert report.failures == []
    assert report.not_proved == []
