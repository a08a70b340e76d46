"""A small case, opened, and bags made of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muniment.core import Digest, Relation, digest_of
from muniment.publish.export import Exported, Request, export
from muniment.publish.selection import Chosen, Containers, Containment, Selection, Whole
from muniment.vault.case import Case, open_case
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey
from tests.publish.case_by_hand import CaseByHand, Signer, small_case

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
MEMO = digest_of(b"a memo\n")
INNER = b"a file inside the big one"

Exporter = Callable[[str, Selection], Exported]


class Sender:
    """A case that hands things over."""

    def __init__(self, folder: Path) -> None:
        self.by_hand: CaseByHand = small_case(folder)
        self.witness = Signer("partner.invalid/witness", b"witness", kind=4)
        self.by_hand.cosign(self.witness)
        self.folder = folder

    @property
    def key(self) -> str:
        return self.by_hand.signer.verifier_key

    @property
    def case(self) -> Case:
        return open_case(self.folder)

    @property
    def journal(self) -> Journal:
        return Journal.open(self.case.journal_folder, lambda: NOON)

    @property
    def signing(self) -> SigningKey:
        return SigningKey(self.by_hand.origin, self.by_hand.signer.private)

    def grow(self, name: bytes, content: bytes) -> str:
        """One more file arrives, and a checkpoint is signed."""
        digest = self.by_hand.take_in(name, content)
        self.by_hand.checkpoint()
        self.by_hand.close()
        return digest

    def found_inside(self, content: bytes, parent: Digest) -> Containment:
        """A working copy of a file that lies in a received one."""
        self.case.found.create()
        path = self.case.found.path(digest_of(content))
        path.write_bytes(content)
        return Containment(
            child=digest_of(content),
            parent=parent,
            index=3,
            relation=Relation.MEMBER,
            raw_name=b"in\xffner.txt",
            name="in�ner.txt",
            size=len(content),
        )

    def export(self, target: Path, selection: Selection) -> Exported:
        request = Request(
            target=target,
            selection=selection,
            recipient="the partner in the north",
            organization="Desk 7",
            contact="desk7@muniment.invalid",
            caveat="Do not publish names of persons.",
            at=NOON,
            actor="archivist",
            tool="muniment 0.1.0",
            witnesses=(self.witness.verifier_key,),
        )
        return export(self.case, self.journal, self.signing, request)


@pytest.fixture(name="sender")
def _sender(tmp_path: Path) -> Sender:
    return Sender(tmp_path / "case")


@pytest.fixture(name="whole")
def _whole(tmp_path: Path, sender: Sender) -> Path:
    return sender.export(tmp_path / "whole", Whole()).bag


@pytest.fixture(name="selection")
def _selection(tmp_path: Path, sender: Sender) -> Path:
    chosen = Chosen(frozenset({MEMO}), Containers.INCLUDED)
    return sender.export(tmp_path / "selection", chosen).bag
