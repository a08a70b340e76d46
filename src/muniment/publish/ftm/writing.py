"""Writes an export for FollowTheMoney: a folder that partners' programs read.

    entities.ftm.json   an entity a line, by id
    statements.csv      a statement a line, as `ftm aggregate-statements` reads them
    citations.csv       the sidecar: a line for each statement of the case, what it left as, and
                        where it stands; also those that could not leave
    model/              the overlay's schemata, in the profile `overlay`
    report.json         counts: what left, and what stayed behind, for which reason
    README.txt          what this is, and that it is no publication
    SHA256SUMS          of every file above

- Equal statements give equal bytes. Memory does not grow with their number.
- The folder appears whole or not at all; what exists is never touched.
- Nothing is withheld here but what a person's consent does not cover: it is no publication.
"""

import csv
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import msgspec

from muniment.core import Digest
from muniment.facts.ftm import BASE, Line, Profile, ftm_id, overlay_files
from muniment.facts.model import schema_of
from muniment.publish.ftm.grouping import Leaving, Lines, entities
from muniment.publish.ftm.readme import readme
from muniment.vault import digest_of_file

# followthemoney.statement.serialize.CSV_COLUMNS of 4.11.
STATEMENT_COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin"),
    *("lang", "original_value", "external", "first_seen", "last_seen", "id"),
)
CITATION_COLUMNS = (
    *("ftm_statement", "statement", "entity", "schema", "property", "written", "read", "unread"),
    *("doubts", "citation", "by", "source", "stays", "again"),
)


class FtmRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported, and where to; `dataset` is part of every FollowTheMoney statement's id."""

    target: Path
    profile: Profile
    dataset: str
    tool: str
    withheld: int = 0  # statements left out before, for want of consent


class FtmExported(msgspec.Struct, frozen=True):
    """What was written; `stays` counts statements that stay in the sidecar, by reason."""

    entities: int
    statements: int  # of FollowTheMoney
    lines: int  # statements of the case
    stays: dict[str, int]
    withheld: int
    manifest: Digest  # of SHA256SUMS


def write_ftm(request: FtmRequest, lines: Lines) -> FtmExported:
    """Write the folder `request.target`, which is not there yet.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    part = request.target.with_name(f".{request.target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        counts = _Counts()
        _write_statements(part, request, lines, counts)
        _write_around(part, request, counts)
        manifest = _write_sums(part)
        os.rename(part, request.target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return FtmExported(
        entities=counts.schemata.total(),
        statements=counts.statements,
        lines=counts.lines,
        stays=dict(sorted(counts.stays.items())),
        withheld=request.withheld,
        manifest=manifest,
    )


class _Counts:
    """What has been written so far."""

    def __init__(self) -> None:
        self.schemata: Counter[str] = Counter()
        self.stays: Counter[str] = Counter()
        self.stays_by_property: Counter[tuple[str, str]] = Counter()
        self.statements = 0
        self.unstated = 0
        self.lines = 0

    def report(self, request: FtmRequest) -> dict[str, Any]:
        by_property: dict[str, dict[str, int]] = {}
        for (why, name), count in sorted(self.stays_by_property.items()):
            by_property.setdefault(why, {})[name] = count
        return {
            "dataset": request.dataset,
            "profile": request.profile.value,
            "tool": request.tool,
            "entities": dict(sorted(self.schemata.items())),
            "ftm_statements": self.statements,
            "ftm_statements_of_nobody": self.unstated,
            "statements": self.lines,
            "stay_in_the_sidecar": by_property,
            "withheld_for_want_of_consent": request.withheld,
        }


def _write_statements(part: Path, request: FtmRequest, lines: Lines, counts: _Counts) -> None:
    with ExitStack() as stack:
        entity_file, statement_file, citation_file = (
            stack.enter_context(_opened(part / name))
            for name in ("entities.ftm.json", "statements.csv", "citations.csv")
        )
        statements = csv.writer(statement_file, dialect=csv.unix_dialect)
        citations = csv.writer(citation_file, dialect=csv.unix_dialect)
        statements.writerow(STATEMENT_COLUMNS)
        citations.writerow(CITATION_COLUMNS)
        for each in entities(lines, request.profile):
            if each.schema != "":
                entity_file.write(_entity(each, request.dataset))
                counts.schemata[each.schema] += 1
                statements.writerows(_statements(each, request.dataset, counts))
            citations.writerows(_citations(each, request.dataset, counts))


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="surrogatepass", newline="")


def _entity(each: Leaving, dataset: str) -> str:
    properties: dict[str, list[str]] = {}
    for left in each.left:
        values = properties.setdefault(left.property, [])
        if left.property != BASE and left.value not in values[-1:]:
            values.append(left.value)
    del properties[BASE]
    plain = {
        "id": each.entity,
        "caption": _caption(each.schema, properties),
        "schema": each.schema,
        "referents": [],
        "datasets": [dataset],
        "properties": properties,
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def _caption(schema: str, properties: dict[str, list[str]]) -> str:
    known = schema_of(schema)
    names = () if known is None else known.caption
    first = next((properties[name][0] for name in names if name in properties), None)
    return first if first is not None else schema if known is None else known.label


def _statements(each: Leaving, dataset: str, counts: _Counts) -> Iterator[tuple[str, ...]]:
    """The lines of statements.csv; two lines of the case that say the same give one."""
    last = None
    for left in each.left:
        if (left.property, left.value) == last:
            continue
        last = (left.property, left.value)
        counts.statements += 1
        counts.unstated += left.line is None
        written = "" if left.line is None else left.line.written
        original = "" if written == left.value else written
        yield (
            *(each.entity, each.entity, left.property, left.kind, left.schema, left.value),
            *(dataset, "" if left.line is None else left.line.by, "", original, "f", "", ""),
            ftm_id(dataset, each.entity, left.property, left.value),
        )


def _citations(each: Leaving, dataset: str, counts: _Counts) -> Iterator[tuple[str, ...]]:
    for left in each.left:
        if left.line is not None:
            counts.lines += not left.again
            name = ftm_id(dataset, each.entity, left.property, left.value)
            yield _sidecar(name, left.line, "", again=left.again)
    for stayed in each.stayed:
        if not stayed.again:
            counts.lines += 1
            why, line = stayed.why.value, stayed.line
            counts.stays[why] += 1
            counts.stays_by_property[why, f"{line.schema}:{line.property}"] += 1
            yield _sidecar("", line, why, again=False)


def _sidecar(name: str, line: Line, stays: str, *, again: bool) -> tuple[str, ...]:
    read = "" if line.read is None else line.read
    return (
        *(name, line.id, line.entity, line.schema, line.property, line.written, read, line.unread),
        *(line.doubts, line.citation, line.by, line.source, stays, "again" if again else ""),
    )


def _write_around(part: Path, request: FtmRequest, counts: _Counts) -> None:
    if request.profile is Profile.OVERLAY:
        (part / "model").mkdir()
        for name, data in overlay_files().items():
            (part / "model" / name).write_bytes(data)
    report = counts.report(request)
    (part / "report.json").write_bytes(json.dumps(report, indent=2).encode() + b"\n")
    (part / "README.txt").write_bytes(readme(request.profile, request.dataset))


def _write_sums(part: Path) -> Digest:
    """SHA256SUMS over every file, by name; its own digest."""
    names = sorted(path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file())
    lines = [f"{digest_of_file(part / name).hex}  {name}\n" for name in names]
    data = "".join(lines).encode()
    (part / "SHA256SUMS").write_bytes(data)
    return Digest(hashlib.sha256(data).digest())
