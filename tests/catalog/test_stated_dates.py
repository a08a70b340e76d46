"""Dates that files state of themselves are kept as they stand, with their places."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from muniment.catalog import (
    DateKind,
    DateStanding,
    Ledger,
    StatedDate,
    date_counts,
    dates_of,
    open_ledger,
)
from muniment.catalog.date_rules import rule_of_property, standing_of
from muniment.catalog.stated_dates import bring_dates_up_to_date
from muniment.core import Digest, digest_of, parse_digest
from muniment.text import read_date
from muniment.vault import open_case
from tests.app.cli import muniment

LETTER = (
    b"Received: from here by there; Sun, 03 Mar 2019 09:00:00 +0000\r\n"
    b"Received: from afar by here; Sun, 03 Mar 2019 08:59:58 +0000\r\n"
    b"Date: Sat, 2 Mar 2019 23:30:00 -0700\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nwords\r\n"
)
STRANGE = b"Date: <script>soon</script>\r\nFrom: b@example.org\r\nSubject: y\r\n\r\nother words\r\n"


def packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, stated in (
            ("a.txt", (2018, 12, 31, 23, 59, 58)),
            ("b.txt", (1980, 1, 1, 0, 0, 0)),
        ):
            opened.writestr(zipfile.ZipInfo(name, stated), name * 20)
    return made.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dated")
    (home / "in").mkdir()
    for name, data in {"l.eml": LETTER, "s.eml": STRANGE, "p.zip": packed()}.items():
        (home / "in" / name).write_bytes(data)
    muniment("init", home / "case")
    muniment("intake", home / "case", home / "in")
    muniment("process", home / "case", "--workers", 1, "--ocr", "off")
    return home / "case"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    opened = open_ledger(open_case(folder))
    yield opened
    opened.close()


def of(ledger: Ledger, data: bytes) -> dict[DateKind, StatedDate]:
    found = dates_of(ledger, [digest_of(data)])[digest_of(data)]
    return {each.kind: each for each in found}


def test_a_message_says_when_it_was_sent_and_last_received(ledger: Ledger) -> None:
    found = of(ledger, LETTER)
    assert set(found) == {DateKind.SENT, DateKind.RECEIVED}
    sent = found[DateKind.SENT]
    assert (sent.day, sent.local) == ("2019-03-02", "2019-03-02T23:30:00")
    assert (sent.offset_minutes, sent.precision) == (-420, "second")
    assert sent.citation == f"{digest_of(LETTER).ni}#field=Date"
    assert found[DateKind.RECEIVED].local == "2019-03-03T09:00:00"


def test_an_archive_says_it_of_what_lies_in_it_and_no_zone_is_supplied(ledger: Ledger) -> None:
    stated = of(ledger, b"a.txt" * 20)[DateKind.CHANGED]
    assert (stated.local, stated.offset_minutes) == ("2018-12-31T23:59:58", None)
    assert stated.citation == f"{digest_of(packed()).ni}#index=0"


def test_where_a_clock_begins_is_no_date_of_a_timeline(ledger: Ledger) -> None:
    assert of(ledger, b"b.txt" * 20)[DateKind.CHANGED].standing is DateStanding.ZERO
    counted = {(each.month, each.kind, each.standing): each.count for each in date_counts(ledger)}
    assert counted == {
        ("", DateKind.SENT, DateStanding.UNREAD): 1,
        ("1980-01", DateKind.CHANGED, DateStanding.ZERO): 1,
        ("2018-12", DateKind.CHANGED, DateStanding.PLAIN): 1,
        ("2019-03", DateKind.RECEIVED, DateStanding.PLAIN): 1,
        ("2019-03", DateKind.SENT, DateStanding.PLAIN): 1,
    }


def test_what_is_no_date_is_kept_as_it_stands(ledger: Ledger) -> None:
    stated = of(ledger, STRANGE)[DateKind.SENT]
    assert (stated.written, stated.day, stated.precision) == ("<script>soon</script>", "", "")
    assert stated.standing is DateStanding.UNREAD


def test_what_was_looked_over_is_not_looked_over_again(ledger: Ledger) -> None:
    def parts(digest: Digest) -> Iterator[object]:
        raise AssertionError(digest)

    before = date_counts(ledger)
    bring_dates_up_to_date(ledger, parts, lambda *_: None)  # type: ignore[arg-type]
    assert date_counts(ledger) == before


def test_an_object_without_dates_has_none(ledger: Ledger) -> None:
    unknown = parse_digest("00" * 32)
    assert dates_of(ledger, [unknown]) == {unknown: ()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("created", DateKind.CREATED),
        ("CreationDate", DateKind.CREATED),
        ("XMP xmp:ModifyDate", DateKind.CHANGED),
        ("Image DateTime", DateKind.CHANGED),
        ("EXIF DateTimeOriginal", DateKind.TAKEN),
        ("PR_CLIENT_SUBMIT_TIME", DateKind.SENT),
        ("lastPrinted", DateKind.PRINTED),
        ("signing time", DateKind.SIGNED),
        ("dc:date", DateKind.DATED),
        ("Date", DateKind.DATED),
        ("ICC created", None),
        ("comment at", None),
        ("not after", None),
        ("Tracks/140/Date Modified", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_a_property_is_a_date_by_its_name(name: str, kind: DateKind | None) -> None:
    rule = rule_of_property(name, is_header=False)
    assert (None if rule is None else rule.kind) is kind


def test_the_date_of_a_head_is_when_it_was_sent() -> None:
    rule = rule_of_property("Date", is_header=True)
    assert rule is not None
    assert rule.kind is DateKind.SENT


def test_zeros_of_clocks_are_told_from_days() -> None:
    for written in ("1970-01-01T00:00:00Z", "1601-01-01", "1980-01-01 00:00:00"):
        assert standing_of(read_date(written)) is DateStanding.ZERO
    assert standing_of(read_date("1970-01-02")) is DateStanding.PLAIN
