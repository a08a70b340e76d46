"""What leaves with a bag, what does not, and that a stranger can check it."""

import hashlib
import json
import logging
import subprocess
from pathlib import Path

import bagit
import pytest

from muniment.core import IntegrityError, PolicyError, Relation, UsageError, digest_of
from muniment.publish.selection import Chosen, Containers, Containment, Whole, chains_of
from muniment.publish.verify import verify
from tests.publish.case_by_hand import canonical, make_writable
from tests.publish.conftest import INNER, MEMO, Sender
from tests.publish.test_bag import whole_of

BIG = digest_of(bytes(range(256)) * 9_000)


def chosen(sender: Sender, containers: Containers) -> Chosen:
    step = sender.found_inside(INNER, BIG)
    return Chosen(frozenset({digest_of(INNER)}), containers, (step,))


def everything_in(bag: Path) -> bytes:
    return b"\n".join(whole_of(bag).values())


def test_a_whole_export_passes_the_library_of_congress_reader(whole: Path) -> None:
    logging.getLogger("bagit").setLevel(logging.ERROR)
    bagit.Bag(str(whole)).validate()


def test_rewriting_a_bag_with_that_reader_is_caught_by_the_log(whole: Path, sender: Sender) -> None:
    """BagIt is integrity, not tamper evidence: its own tools make a forged bag valid again."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    make_writable(whole)
    digest = hashlib.sha256(b"forged").hexdigest()
    (whole / f"data/sha256/{MEMO.hex[:2]}/{MEMO.hex}").unlink()
    (whole / f"data/sha256/{digest[:2]}").mkdir(exist_ok=True)
    (whole / f"data/sha256/{digest[:2]}/{digest}").write_bytes(b"forged")
    bag = bagit.Bag(str(whole))
    bag.save(manifests=True)
    assert bagit.Bag(str(whole)).is_valid()
    failures = verify(str(whole), [sender.key]).failures
    assert {
        "what": "objects",
        "where": MEMO.hex,
        "why": "arrived, says the log, but is neither here nor declared",
    } in failures


def test_equal_cases_give_equal_bytes(tmp_path: Path, sender: Sender) -> None:
    first = sender.export(tmp_path / "one", Whole())
    second = sender.export(tmp_path / "two", Whole())
    assert whole_of(first.bag) == whole_of(second.bag)
    assert first.drafts == second.drafts


def test_the_events_of_a_whole_export_are_those_of_the_journal_byte_for_byte(
    whole: Path, sender: Sender
) -> None:
    name = "events-000000000000.jsonl"
    kept = (sender.by_hand.journal / name).read_bytes()
    assert (whole / "custody/events" / name).read_bytes() == kept


def test_the_draft_says_what_was_handed_to_whom_and_stands_in_no_bag(
    tmp_path: Path, sender: Sender
) -> None:
    done = sender.export(tmp_path / "bag", Whole())
    (draft,) = done.drafts
    assert (draft.event, draft.objects) == ("dissemination", ())
    manifest = digest_of((done.bag / "manifest-sha256.txt").read_bytes())
    assert draft.detail == {
        "bag": f"{sender.by_hand.origin}@6",
        "log_size": "6",
        "manifest_sha256": manifest.hex,
        "objects": "3",
        "recipient": "the partner in the north",
        "root": sender.journal.root().hex,
        "selection": "whole",
    }
    assert b"partner in the north" not in everything_in(done.bag)


def test_the_fields_of_bag_info_are_pinned(whole: Path, sender: Sender) -> None:
    assert (whole / "bag-info.txt").read_text() == (
        "BagIt-Profile-Identifier: https://muniment.invalid/bagit-profile/transfer-1.json\n"
        f"External-Identifier: {sender.by_hand.origin}@6\n"
        "Source-Organization: Desk 7\n"
        "Contact: desk7@muniment.invalid\n"
        "Bagging-Date: 2026-01-02\n"
        "Handling-Caveat: Do not publish names of persons.\n"
        f"Checkpoint-Root: {sender.journal.root().hex}\n"
        "Log-Size: 6\n"
        "Bag-Size: 2.3 MB\n"
        "Payload-Oxum: 2304020.3\n"
    )


def test_a_bag_meets_its_own_profile(whole: Path) -> None:
    profile = json.loads((whole / "bagit-profile.json").read_bytes())
    info = bagit.Bag(str(whole)).info
    required = {label for label, rule in profile["Bag-Info"].items() if rule["required"]}
    assert required <= set(info)
    assert all((whole / name).is_file() for name in profile["Tag-Files-Required"])


def test_the_crate_names_no_member_of_staff_and_every_reference_leads_somewhere(
    whole: Path,
) -> None:
    data = (whole / "ro-crate-metadata.json").read_bytes()
    assert b"archivist" not in data
    graph = {entity["@id"]: entity for entity in json.loads(data)["@graph"]}
    root = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    for entity in graph.values():
        for value in entity.values():
            for target in value if isinstance(value, list) else [value]:
                if isinstance(target, dict):
                    known = target["@id"] in graph or target["@id"].startswith("https://w3id.org/")
                    assert known, target
    files = [name for name, e in graph.items() if e["@type"] == "File"]
    assert all((whole / name).is_file() for name in files)


def test_of_a_selection_no_name_of_another_file_leaves(selection: Path) -> None:
    data = everything_in(selection)
    assert b"memo.txt" in data
    for secret in (b"big.bin", BIG.hex.encode(), b"\xd7\xdc".hex().encode(), b"ingestion start"):
        assert secret not in data


def test_of_a_selection_no_event_on_people_or_partners_leaves(
    tmp_path: Path, sender: Sender
) -> None:
    sender.by_hand.event("dissemination", MEMO.hex, recipient="another partner")
    sender.by_hand.checkpoint()
    sender.by_hand.close()
    done = sender.export(tmp_path / "bag", Chosen(frozenset({MEMO}), Containers.INCLUDED))
    assert b"another partner" not in everything_in(done.bag)
    assert verify(str(done.bag), [sender.key]).failures == []


def test_the_draft_of_a_selection_names_its_objects(tmp_path: Path, sender: Sender) -> None:
    done = sender.export(tmp_path / "bag", Chosen(frozenset({MEMO}), Containers.INCLUDED))
    assert [draft.objects for draft in done.drafts] == [(MEMO,)]


def test_a_file_found_inside_another_brings_its_container(tmp_path: Path, sender: Sender) -> None:
    done = sender.export(tmp_path / "bag", chosen(sender, Containers.INCLUDED))
    report = verify(str(done.bag), [sender.key])
    assert done.objects == 2
    assert report.failures == []
    assert "1 objects lie in others, says the sender; no event names them." in report.not_proved


def test_a_container_that_is_only_named_stays_here(tmp_path: Path, sender: Sender) -> None:
    done = sender.export(tmp_path / "bag", chosen(sender, Containers.NAMED))
    report = verify(str(done.bag), [sender.key])
    assert done.objects == 1
    assert report.failures == []
    assert "1 objects that arrived are declared as not included." in report.not_proved
    assert (done.bag / "custody/not-included.txt").read_text() == f"{BIG.hex}\n"


def test_the_list_of_items_keeps_raw_names(tmp_path: Path, sender: Sender) -> None:
    done = sender.export(tmp_path / "bag", chosen(sender, Containers.INCLUDED))
    lines = (done.bag / "metadata/items.jsonl").read_bytes().splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "event": 4,
            "kind": "received",
            "modified": {},
            "name": "./big.bin",
            "raw_name": b"./big.bin".hex(),
            "sha256": BIG.hex,
            "size": "2304000",
        },
        {
            "index": 3,
            "kind": "contained",
            "name": "in�ner.txt",
            "parent": BIG.hex,
            "raw_name": b"in\xffner.txt".hex(),
            "relation": "member",
            "sha256": digest_of(INNER).hex,
            "size": str(len(INNER)),
        },
    ]
    assert lines[0] == canonical(json.loads(lines[0]))


def test_what_was_never_in_the_case_is_refused(tmp_path: Path, sender: Sender) -> None:
    stranger = Chosen(frozenset({digest_of(b"stranger")}), Containers.INCLUDED)
    with pytest.raises(UsageError, match="neither received nor found"):
        sender.export(tmp_path / "bag", stranger)
    assert not (tmp_path / "bag").exists()


def test_an_empty_selection_is_refused(tmp_path: Path, sender: Sender) -> None:
    with pytest.raises(UsageError, match="no object is chosen"):
        sender.export(tmp_path / "bag", Chosen(frozenset(), Containers.INCLUDED))


def test_an_arrival_that_names_others_too_is_refused(tmp_path: Path, sender: Sender) -> None:
    one = sender.grow(b"./one", b"one")
    sender.by_hand.event("ingestion", one, MEMO.hex, name="both", name_hex="00", size="3")
    del sender.by_hand.lines[6], sender.by_hand.leaves[6]
    _renumber(sender, 6)
    chosen_one = Chosen(frozenset({digest_of(b"one")}), Containers.INCLUDED)
    with pytest.raises(PolicyError, match="also names objects that are not chosen"):
        sender.export(tmp_path / "bag", chosen_one)


def _renumber(sender: Sender, seq: int) -> None:
    """Mend the one event that now stands at `seq`."""
    case = sender.by_hand
    event = json.loads(case.lines[seq])
    event["seq"], event["prev"] = seq, case.leaves[seq - 1].hex()
    case.lines[seq] = canonical(event)
    case.leaves[seq] = hashlib.sha256(b"\0" + case.lines[seq]).digest()
    (case.journal / "checkpoints/000000000007.note").unlink()
    case.checkpoint()
    case.close()


def test_what_arrived_after_the_checkpoint_stops_the_export(tmp_path: Path, sender: Sender) -> None:
    sender.by_hand.take_in(b"./late", b"late")
    sender.by_hand.close()
    with pytest.raises(UsageError, match="no signed checkpoint covers"):
        sender.export(tmp_path / "bag", Whole())


def test_other_events_after_the_checkpoint_stay_here(tmp_path: Path, sender: Sender) -> None:
    sender.by_hand.event("digital signature generation", checkpoint={"size": 6})
    sender.by_hand.close()
    done = sender.export(tmp_path / "bag", Whole())
    assert verify(str(done.bag), [sender.key]).failures == []
    assert done.drafts[0].detail["log_size"] == "6"


def test_an_earlier_checkpoint_leaves_as_a_proof_that_the_log_grew(
    tmp_path: Path, sender: Sender
) -> None:
    sender.grow(b"./late", b"late")
    done = sender.export(tmp_path / "bag", Chosen(frozenset({MEMO}), Containers.INCLUDED))
    assert (done.bag / "custody/consistency/000000000006.json").is_file()
    assert verify(str(done.bag), [sender.key]).failures == []


def test_a_checkpoint_of_another_key_stops_the_export(tmp_path: Path, sender: Sender) -> None:
    note = sender.by_hand.journal / "checkpoints/000000000006.note"
    note.write_text(note.read_text(encoding="utf-8")[:-20] + "AAAAAAAAAAAAAAAAAA==\n")
    with pytest.raises(IntegrityError):
        sender.export(tmp_path / "bag", Whole())


def test_an_object_whose_bytes_changed_stops_the_export(tmp_path: Path, sender: Sender) -> None:
    path = sender.case.received.path(MEMO)
    path.write_bytes(b"a nemo\n")
    with pytest.raises(IntegrityError, match="another hash"):
        sender.export(tmp_path / "bag", Whole())
    assert {each.name for each in tmp_path.iterdir()} == {"case"}


def test_a_missing_object_stops_the_export_unless_its_deletion_is_recorded(
    tmp_path: Path, sender: Sender
) -> None:
    sender.case.received.path(MEMO).unlink()
    with pytest.raises(IntegrityError, match="is missing"):
        sender.export(tmp_path / "bag", Whole())
    sender.by_hand.event("deletion", MEMO.hex)
    sender.by_hand.checkpoint()
    sender.by_hand.close()
    done = sender.export(tmp_path / "bag", Whole())
    assert done.objects == 2
    assert verify(str(done.bag), [sender.key]).failures == []


def test_the_commands_of_the_readme_work_as_written(whole: Path, selection: Path) -> None:
    for bag in (whole, selection):
        commands = [
            line[7:]
            for line in (bag / "README.txt").read_text(encoding="utf-8").splitlines()
            if line.startswith("       ")
        ]
        commands[0] = "python3 verify.py"
        script = "set -eu -o pipefail\n" + "\n".join(commands)
        done = subprocess.run(
            ["bash", "-c", script], cwd=bag, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "Signature Verified Successfully" in done.stdout


def test_chains_lead_to_the_delivery_through_every_container() -> None:
    a, b, c = (digest_of(name) for name in (b"a", b"b", b"c"))
    steps = tuple(
        Containment(child, parent, 0, Relation.MEMBER, b"x", "x", 1)
        for child, parent in ((a, b), (b, c), (b, a))
    )
    chains = chains_of(Chosen(frozenset({a}), Containers.INCLUDED, steps), [c])
    assert chains.objects == {a, b, c}
    assert chains.containers == {b, c}
    assert set(chains.steps) == set(steps)
