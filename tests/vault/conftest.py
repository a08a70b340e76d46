"""What the vault's tests start from: a clock that steps, some drafts, and a short journal."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from muniment.core import digest_of
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey

HEADER = b'{"case":"00112233445566778899aabbccddeeff","format":"muniment-case","version":1}'


@pytest.fixture
def header() -> bytes:
    return HEADER


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that begins at a fixed time and is a second later whenever it is looked at."""
    ticks = iter(range(10**9))
    start = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(ticks))


@pytest.fixture
def drafts() -> Callable[..., list[EventDraft]]:
    """So many different drafts, counted from `first`."""

    def make(count: int, first: int = 0) -> list[EventDraft]:
        return [
            EventDraft(
                event="ingestion",
                actor="archivist",
                tool="muniment 0.1.0",
                objects=(digest_of(str(number).encode()),),
                detail={"number": number, "name": f"名 {number}"},
            )
            for number in range(first, first + count)
        ]

    return make


@pytest.fixture
def journal(
    tmp_path: Path,
    clock: Callable[[], datetime],
    drafts: Callable[..., list[EventDraft]],
) -> Iterator[Journal]:
    """A journal of twelve events, open for writing."""
    with Journal.create(tmp_path / "journal", HEADER, clock) as made:
        made.append(drafts(12))
        yield made


ORIGIN = "muniment.invalid/00112233445566778899aabbccddeeff"


@pytest.fixture
def key() -> SigningKey:
    """The key of the case, the same in every test."""
    return SigningKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"case" * 8))


@pytest.fixture
def partner() -> SigningKey:
    """The key of a partner."""
    return SigningKey("partner.invalid/newsroom", Ed25519PrivateKey.from_private_bytes(b"part" * 8))
