"""Partners' logs that a case keeps can be checked again, for ever, without the sender."""

from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.publish.importing import import_bag
from muniment.publish.kept_logs import check_kept_logs
from tests.publish.case_by_hand import make_writable
from tests.publish.conftest import Sender
from tests.publish.test_importing import Partner
from tests.publish.test_verify import edit, flip, rewrite_manifests


@pytest.fixture(name="kept")
def _kept(tmp_path: Path, whole: Path, sender: Sender) -> Path:
    """The folder that an import kept, made writable for the test."""
    done = import_bag(Partner(tmp_path / "partner").case, whole, sender.key)
    make_writable(done.kept.parent)
    return done.kept


def vault_of(kept: Path) -> Path:
    return kept.parent.parent.parent


def test_what_was_kept_is_right(kept: Path) -> None:
    assert list(check_kept_logs(vault_of(kept))) == []


def test_a_case_without_partners_has_nothing_wrong(tmp_path: Path) -> None:
    assert list(check_kept_logs(tmp_path)) == []


DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "an event is altered": (
        lambda kept: edit(
            kept / "custody/events/events-000000000000.jsonl", b"memo.txt", b"nemo.txt"
        ),
        "events-000000000000.jsonl",
    ),
    "a file is missing": (lambda kept: (kept / "metadata/items.jsonl").unlink(), "items.jsonl"),
    "the seal is altered": (lambda kept: flip(kept / "seal.note"), ""),
    "the seal is missing": (lambda kept: (kept / "seal.note").unlink(), ""),
    "the checkpoint is altered": (
        lambda kept: flip(kept / "custody/checkpoints/000000000006.note"),
        "",
    ),
    "the folder was renamed": (
        lambda kept: kept.rename(kept.with_name("000000000007" + kept.name[12:])),
        "",
    ),
    "the key is another": (
        lambda kept: (kept.parent / "verifier.key").write_text("x"),
        "verifier.key",
    ),
    "the manifest is not text": (
        lambda kept: (kept / "tagmanifest-sha256.txt").write_bytes(b"\xff"),
        "",
    ),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_is_named_with_its_place(kept: Path, damage: str) -> None:
    act, where = DAMAGED[damage]
    act(kept)
    found = list(check_kept_logs(vault_of(kept)))
    assert len(found) > 0
    assert any(each.where.endswith(where) for each in found)


def test_an_event_that_is_altered_with_all_manifests_is_caught_by_the_seal(kept: Path) -> None:
    DAMAGED["an event is altered"][0](kept)
    rewrite_manifests(kept)
    found = [each.why for each in check_kept_logs(vault_of(kept))]
    assert "it does not seal what is kept here" in found
