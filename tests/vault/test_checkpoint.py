"""A checkpoint says what the journal is, and is not signed for one that changed behind it."""

from collections.abc import Callable

import pytest

from muniment.core import IntegrityError, digest_of
from muniment.vault.checkpoint import (
    Checkpoint,
    ForeignError,
    checkpoint_draft,
    checkpoint_path,
    checkpoint_sizes,
    key_draft,
    open_checkpoint,
    parse_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey, parse_verifier_key
from muniment.vault.note import print_note, sign_note

Drafts = Callable[..., list[EventDraft]]

# transparency-dev/witness, omniwitness tests
MONKEYS = parse_verifier_key("monkeys+db4d9f7e+AULaJMvTtDLHPUcUrjdDad9vDlh/PTfC2VV60JUtCfWT")
MONKEYS_5 = (
    "monkeys\n5\n41smjBUiAU70EtKlT6lIOIYtRTYxYXsDB+XHfcvu/BE=\n\n"
    "— monkeys 202fftzGl3LVoqjXfwCFZZXs8I+5G22+Ek2K0AOyBuSJ/8/CZawNF+6fNlTKOCd622pbzJNkkJFWuw9D"
    "bicZCkEx9AY=\n"
).encode()


def test_the_published_checkpoint_is_opened_with_its_key() -> None:
    checkpoint = open_checkpoint(MONKEYS_5, "monkeys", [MONKEYS])
    assert (checkpoint.origin, checkpoint.size) == ("monkeys", 5)
    assert checkpoint.root.hex == (
        "e35b268c1522014ef412d2a54fa94838862d453631617b0307e5c77dcbeefc11"
    )


def test_a_checkpoint_is_written_as_it_was_when_the_format_was_fixed(
    journal: Journal, key: SigningKey
) -> None:
    write_checkpoint(journal, key)
    assert checkpoint_path(journal.folder, 12).read_text() == (
        "muniment.invalid/00112233445566778899aabbccddeeff\n"
        "12\n"
        "eHqZxzeer3K+BcIyGyadCHkQ6F5DB+yRH/RAv9+wGH8=\n"
        "\n"
        "— muniment.invalid/00112233445566778899aabbccddeeff Y31HZPa1lfU6YjCR1DsTXO3n4wE+SPEWgl"
        "o0ztZxM6agVM3f3Xqqa4ci4grqcdM1LNYoxkl5Jmty07Jarr/dfwZBZQk=\n"
    )


def test_a_checkpoint_is_of_the_journal_as_it_is(
    journal: Journal, key: SigningKey, drafts: Drafts
) -> None:
    first = write_checkpoint(journal, key)
    assert first == Checkpoint(key.verifier().name, 12, journal.root())
    assert write_checkpoint(journal, key) == first
    journal.append(drafts(3, 12))
    assert write_checkpoint(journal, key).size == 15
    assert checkpoint_sizes(journal.folder) == (12, 15)
    data = print_note(read_checkpoint(journal.folder, 12))
    assert open_checkpoint(data, first.origin, [key.verifier()]) == first


def test_a_note_that_is_not_ours_is_foreign(
    journal: Journal, key: SigningKey, partner: SigningKey
) -> None:
    checkpoint = write_checkpoint(journal, key)
    data = checkpoint_path(journal.folder, 12).read_bytes()
    with pytest.raises(ForeignError, match="not of another"):
        open_checkpoint(data, "another", [key.verifier()])
    with pytest.raises(ForeignError, match="no key"):
        open_checkpoint(data, checkpoint.origin, [partner.verifier()])
    with pytest.raises(ValueError, match="does not hold"):
        open_checkpoint(data.replace(b"\n12\n", b"\n13\n"), checkpoint.origin, [key.verifier()])


ROOT = "41smjBUiAU70EtKlT6lIOIYtRTYxYXsDB+XHfcvu/BE="
BAD_TEXTS = {
    "two lines": f"origin\n{ROOT}\n",
    "an extension line": f"origin\n5\n{ROOT}\nmore\n",
    "no origin": f"\n5\n{ROOT}\n",
    "a leading zero": f"origin\n05\n{ROOT}\n",
    "a sign": f"origin\n+5\n{ROOT}\n",
    "a size in other digits": f"origin\n٥\n{ROOT}\n",
    "a huge size": f"origin\n{'9' * 30}\n{ROOT}\n",
    "a short root": "origin\n5\nAAAA\n",
    "a root with stray bits": f"origin\n5\n{ROOT.replace('BE=', 'BF=')}\n",
    "a root in other letters": "origin\n5\n刻\n",
    "no newline at the end": f"origin\n5\n{ROOT}",
    "nothing": "",
}


@pytest.mark.parametrize("what", BAD_TEXTS)
def test_what_is_not_quite_a_checkpoint_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own message
        parse_checkpoint(BAD_TEXTS[what])


def test_nothing_is_signed_for_a_journal_that_contradicts_its_newest_checkpoint(
    journal: Journal, key: SigningKey, partner: SigningKey, drafts: Drafts
) -> None:
    write_checkpoint(journal, key)
    journal.append(drafts(1, 12))
    path = checkpoint_path(journal.folder, 12)
    good = path.read_bytes()
    other = Checkpoint(key.verifier().name, 12, digest_of(b""))
    early = Checkpoint(key.verifier().name, 11, journal.root(11))
    wrong = {
        "the events of the journal are not those": sign_note(other.text, key),
        "one of 11 events": sign_note(early.text, key),
        "no key that is trusted": sign_note(other.text.replace("\n12", "\n12"), partner),
    }
    for why, note in wrong.items():
        path.write_bytes(print_note(note))
        with pytest.raises(IntegrityError, match=why):
            write_checkpoint(journal, key)
    path.write_bytes(good)
    path.rename(checkpoint_path(journal.folder, 14))
    with pytest.raises(IntegrityError, match="14 events does not fit"):
        write_checkpoint(journal, key)
    assert checkpoint_sizes(journal.folder) == (14,)


def test_altered_leaves_get_no_signature(journal: Journal, key: SigningKey, drafts: Drafts) -> None:
    write_checkpoint(journal, key)
    leaves = bytearray((journal.folder / "leaves.bin").read_bytes())
    leaves[5] ^= 1
    (journal.folder / "leaves.bin").write_bytes(leaves)
    journal.append(drafts(1, 12))
    with pytest.raises(IntegrityError, match="nothing is signed"):
        write_checkpoint(journal, key)


def test_a_checkpoint_that_is_not_there_is_named(journal: Journal) -> None:
    with pytest.raises(IntegrityError, match="checkpoint of 7 events"):
        read_checkpoint(journal.folder, 7)


def test_the_events_of_keys_and_checkpoints_say_which(journal: Journal, key: SigningKey) -> None:
    checkpoint = write_checkpoint(journal, key)
    drafts = [
        key_draft(key.verifier(), "archivist", "muniment 0.1.0"),
        checkpoint_draft(checkpoint, "archivist", "muniment 0.1.0"),
    ]
    assert [draft.detail for draft in drafts] == [
        {"verifier_key": str(key.verifier())},
        {"checkpoint": {"root": journal.root().hex, "size": 12}},
    ]
    assert {event.event for event in journal.append(drafts)} == {"digital signature generation"}
