"""What stands beside a file: arrivals, members, custody, likes, values at places."""

from pathlib import Path

import pytest

from muniment.app.session import journal_of
from muniment.app.web import Room
from muniment.catalog import (
    arrival_count,
    arrivals,
    custody_count,
    custody_of,
    intake_of,
    items,
    member_at,
    members,
    neighbours,
    object_view,
    parts_of,
    standing_at,
    trace,
    trouble_count,
    troubles,
    values_at,
)
from muniment.catalog.custody import CUSTODY, INTAKES, bring_custody_up_to_date
from muniment.catalog.tables import PROGRESS
from muniment.core import (
    Area,
    Citation,
    TextSpan,
    UsageError,
    Whole,
    digest_of,
    parse_citation,
    parse_digest,
)
from tests.app.cli import muniment
from tests.app.web.document.conftest import Names


def test_the_same_bytes_are_told_with_every_place_they_came_to(
    awkward: Room, sha256: Names
) -> None:
    digest = parse_digest(sha256("again.txt"))
    told = arrivals(awkward.ledger, digest)
    assert [(each.relation, each.name) for each in told] == [
        ("received", "again.txt"),
        ("member", "copy of again.txt"),
    ]
    assert arrival_count(awkward.ledger, digest) == 2
    assert arrivals(awkward.ledger, digest, 1, 1) == told[1:]
    assert told[1].parent == sha256("held.zip")


def test_members_come_in_windows_and_are_found_by_position(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("held.zip"))
    whole = members(awkward.ledger, digest)
    assert [each.position for each in whole] == [0, 1, 2]
    assert members(awkward.ledger, digest, whole[0].number, 1) == whole[1:2]
    assert member_at(awkward.ledger, digest, 2) == whole[2].number
    assert member_at(awkward.ledger, digest, 9) is None
    assert all(parse_citation(each.at).digest == digest for each in whole)


def test_neighbours_lead_through_a_container_and_back(awkward: Room, sha256: Names) -> None:
    held = members(awkward.ledger, parse_digest(sha256("held.zip")))
    middle = neighbours(awkward.ledger, parse_digest(held[1].sha256))
    assert middle.within == sha256("held.zip")
    assert middle.before == (held[0].sha256, held[0].name)
    assert middle.after == (held[2].sha256, held[2].name)


def test_neighbours_lead_through_the_whole_delivery(awkward: Room, delivered: Path) -> None:
    names = sorted(path.name for path in delivered.iterdir())
    first = next(
        each
        for each in names
        if neighbours(awkward.ledger, parse_digest(Names(delivered)(each))).before is None
    )
    seen, current = 1, Names(delivered)(first)
    while (after := neighbours(awkward.ledger, parse_digest(current)).after) is not None:
        seen, current = seen + 1, after[0]
    assert seen == len(names)


def test_an_object_that_is_not_there_is_refused(awkward: Room) -> None:
    with pytest.raises(UsageError):
        object_view(awkward.ledger, digest_of(b"nowhere"))


def test_troubles_have_places_and_steps(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("cut.jpg"))
    told = troubles(awkward.ledger, digest)
    assert len(told) == trouble_count(awkward.ledger, digest) > 0
    assert all(each.next_step != "" for each in told)


def test_custody_is_that_of_the_journal_also_in_a_ledger_that_never_told_it(
    awkward: Room, sha256: Names
) -> None:
    digest = parse_digest(sha256("report.pdf"))
    with journal_of(awkward.case) as journal:
        wanted = [event.seq for event in journal.events() if digest in event.objects]
        told = custody_of(awkward.ledger, digest, journal.folder)
        assert [each.seq for each in told] == wanted
        assert custody_count(awkward.ledger, digest) == len(wanted)
        assert all(each.checkpoint is not None and each.checkpoint > each.seq for each in told)
        with awkward.ledger.engine.begin() as connection:
            connection.execute(CUSTODY.delete())
            connection.execute(INTAKES.delete())
            connection.execute(PROGRESS.delete().where(PROGRESS.c.name.like("%told%")))
        bring_custody_up_to_date(awkward.ledger, journal)
        assert custody_of(awkward.ledger, digest, journal.folder) == told


def test_a_delivery_is_told_with_what_was_said_of_it_and_its_receipt(
    awkward: Room, sha256: Names
) -> None:
    (arrived,) = arrivals(awkward.ledger, parse_digest(sha256("report.pdf")))
    intake = intake_of(awkward.ledger, arrived.intake or "")
    assert intake is not None
    assert ("source", "stated", "<b>a drive</b>") in intake.stated
    assert intake.receipt is not None
    assert len(intake.receipt) == 64
    assert intake.start < (arrived.event or 0) < (intake.end or 0)


def test_a_value_is_found_without_reading_everything_and_is_the_same(awkward: Room) -> None:
    for item in items(awkward.ledger):
        digest = parse_digest(item.sha256)
        parts = list(parts_of(awkward.case, digest))
        for part in parts[:40]:
            if isinstance(part.at, Whole) or (isinstance(part.at, Area) and part.at.box is None):
                continue
            found = values_at(awkward.case, awkward.ledger, Citation(digest, part.at))
            assert part in [each.part for each in found]
            whole = list(standing_at(parts, part.at))
            assert [each.shown for each in found if each.part == part] == [
                each.shown for each in whole if each.part == part
            ]


def test_a_trace_goes_through_every_container_to_the_event(awkward: Room) -> None:
    (climber,) = (i for i in items(awkward.ledger) if "../../etc/passwd" in i.names)
    digest = parse_digest(climber.sha256)
    first = next(p for p in parts_of(awkward.case, digest) if isinstance(p, TextSpan))
    way = trace(awkward.case, awkward.ledger, Citation(digest, first.at))
    assert [step.object.name for step in way.steps] == ["../../etc/passwd", "held.zip"]
    assert [each.shown for each in way.values] == ["climbing"]
    assert way.arrived is not None
    assert way.arrived.seq == way.steps[-1].link.event


def test_the_cell_of_a_large_table_is_found_in_its_file(tmp_path: Path) -> None:
    rows = "\n".join(f"{n},name {n},{n * 7}" for n in range(1, 9_001))
    (tmp_path / "large.csv").write_text("no,name,value\n" + rows, encoding="utf-8")
    case = tmp_path / "case"
    muniment("init", case)
    muniment("intake", case, tmp_path / "large.csv")
    muniment("process", case, "--workers", 1, "--ocr", "off")
    digest = digest_of((tmp_path / "large.csv").read_bytes())
    cited = f"{digest.hex}#cell=8001,3"
    shown = muniment("show", case, cited).stdout.decode()
    from muniment.app.web import open_room  # noqa: PLC0415

    with open_room(case, "desk-2") as room:
        way = trace(room.case, room.ledger, parse_citation(cited))
    assert [each.shown for each in way.values] == ["56000"]
    assert "56000" in shown
    assert [cell.written for cell in way.row] == ["8000", "name 8000", "56000"]
