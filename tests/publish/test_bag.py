"""The bag writer, with the Library of Congress's own reader as the oracle."""

import hashlib
import io
import logging
from pathlib import Path

import bagit
import pytest

from muniment.core import Digest, IntegrityError, UsageError, digest_of
from muniment.publish.bag import BagWriter, object_path

INFO = (("External-Identifier", "case 1"), ("Bagging-Date", "2026-01-02"))
CONTENTS = sorted((f"object {n}".encode() * n for n in range(5)), key=digest_of)


def write(target: Path, contents: list[bytes] = CONTENTS) -> Digest:
    with BagWriter(target) as bag:
        for content in contents:
            bag.add_object(digest_of(content), io.BytesIO(content))
        bag.add_tag("custody/keys.txt", [b"a key\n"])
        return bag.finish(INFO, lambda digest: f"sealed {digest}\n".encode())


def whole_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_library_of_congress_reader_finds_the_bag_valid(tmp_path: Path) -> None:
    logging.getLogger("bagit").setLevel(logging.ERROR)
    write(tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"] == f"{sum(map(len, CONTENTS))}.5"
    assert set(bag.algorithms) == {"sha256", "sha512"}


def test_an_empty_bag_is_valid(tmp_path: Path) -> None:
    write(tmp_path / "bag", [])
    bagit.Bag(str(tmp_path / "bag")).validate()


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    write(tmp_path / "one")
    write(tmp_path / "two")
    assert whole_of(tmp_path / "one") == whole_of(tmp_path / "two")


def test_the_bytes_of_a_bag_are_pinned(tmp_path: Path) -> None:
    write(tmp_path / "bag")
    tags = (tmp_path / "bag" / "tagmanifest-sha256.txt").read_bytes()
    assert (tmp_path / "bag" / "bag-info.txt").read_text() == (
        "External-Identifier: case 1\nBagging-Date: 2026-01-02\n"
        "Bag-Size: 80 B\nPayload-Oxum: 80.5\n"
    )
    assert digest_of(tags).hex == GOLDEN


GOLDEN = "46788a5629e93d8c12cb31593f4feffbb73488c1f32b22993c5e3e69fd7d9479"


def test_the_digest_that_comes_back_is_that_of_the_payload_manifest(tmp_path: Path) -> None:
    digest = write(tmp_path / "bag")
    manifest = (tmp_path / "bag" / "manifest-sha256.txt").read_bytes()
    assert digest.hex == hashlib.sha256(manifest).hexdigest()


def test_the_seal_signs_the_tag_manifest(tmp_path: Path) -> None:
    write(tmp_path / "bag")
    tags = digest_of((tmp_path / "bag" / "tagmanifest-sha256.txt").read_bytes())
    assert (tmp_path / "bag" / "seal.note").read_text() == f"sealed {tags}\n"


@pytest.mark.parametrize("standing", ["folder", "file", "link"])
def test_a_target_that_exists_is_refused(tmp_path: Path, standing: str) -> None:
    target = tmp_path / "bag"
    {
        "folder": target.mkdir,
        "file": target.touch,
        "link": lambda: target.symlink_to("nowhere"),
    }[standing]()
    with pytest.raises(UsageError, match="exists already"):
        BagWriter(target)


def test_nothing_is_left_of_a_bag_that_failed(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="another hash"), BagWriter(tmp_path / "bag") as bag:
        bag.add_object(digest_of(b"one"), io.BytesIO(b"two"))
    assert list(tmp_path.iterdir()) == []


def test_objects_out_of_order_are_refused(tmp_path: Path) -> None:
    first, second = CONTENTS[:2]
    with BagWriter(tmp_path / "bag") as bag:
        bag.add_object(digest_of(second), io.BytesIO(second))
        with pytest.raises(ValueError, match="ascending"):
            bag.add_object(digest_of(first), io.BytesIO(first))


BAD_TAG_PATHS = {
    "it climbs": "../x",
    "it climbs inside": "a/../x",
    "it is absolute": "/etc/x",
    "it is payload": "data/x",
    "it holds a percent sign": "a%0Ab",
    "it holds a line break": "a\nb",
    "it is hidden": ".x",
    "it is empty": "",
    "it ends in a line break": "a\n",
}


@pytest.mark.parametrize("wrong", BAD_TAG_PATHS)
def test_a_tag_path_that_is_not_plain_is_refused(tmp_path: Path, wrong: str) -> None:
    with BagWriter(tmp_path / "bag") as bag, pytest.raises(ValueError, match="not the path"):
        bag.add_tag(BAD_TAG_PATHS[wrong], [b""])


BAD_INFO = {
    "a line break": ("Contact", "a\nPayload-Oxum: 0.0"),
    "an empty value": ("Contact", ""),
    "white space at the end": ("Contact", "a "),
    "a colon in the label": ("Contact: x", "a"),
}


@pytest.mark.parametrize("wrong", BAD_INFO)
def test_information_that_could_be_misread_is_refused(tmp_path: Path, wrong: str) -> None:
    with BagWriter(tmp_path / "bag") as bag, pytest.raises(UsageError):
        bag.finish([BAD_INFO[wrong]])
    assert list(tmp_path.iterdir()) == []


def test_an_object_lies_under_its_hash() -> None:
    assert object_path(digest_of(b"")) == (
        "data/sha256/e3/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
