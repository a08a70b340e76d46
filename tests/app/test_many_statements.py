"""A million statements leave and come back, each the same, in memory that does not grow."""

import os
import resource
import subprocess
from pathlib import Path

import duckdb
import pytest

from muniment.publish.ftm.writing import CITATION_COLUMNS
from tests.app.cli import COMMAND
from tests.app.inside import inside

MANY = int(os.environ.get("MUNIMENT_MANY", "1000000"))
_EACH = 20  # statements of a person
_MOST_MEMORY = 2 << 20  # KiB
_MADE = """
    COPY (SELECT substr(sha256('p' || i), 1, 40) AS entity, 'Person' AS "schema",
      ['name', 'alias', 'notes', 'birthPlace', 'ethnicity'][1 + c % 5] AS property,
      ' said ' || i || ', "' || c || '" ' AS written, NULL::VARCHAR AS shown,
      CASE WHEN (i + c) % 97 > 0 THEN 'said ' || i || ', "' || c || '"' END AS read,
      CASE WHEN (i + c) % 97 > 0 THEN '' ELSE 'no-name' END AS unread,
      CASE WHEN c % 7 = 0 THEN ['hidden-cell', 'check-digit'] ELSE [] END::VARCHAR[] AS doubts,
      repeat('a', 64) AS sha256, NULL::VARCHAR AS sheet, i + 1 AS "row", c + 1 AS "column",
      'ni:///sha-256;' || repeat('A', 43) || '#cell=' || (i + 1) || ',' || (c + 1) AS citation,
      'mapping' AS "by", repeat('b', 64) AS source
    FROM range({people}) a(i), range({each}) b(c)) TO '{path}' (FORMAT parquet)
"""
_SAID = """
    SELECT entity, "schema", property, written, coalesce(read, '-') AS read, unread, doubts,
        citation
    FROM read_parquet('{path}/work/tables/statements/*.parquet')
"""
# What comes back cites the line it came with, in which the first citation stands.
_CAME = """
    SELECT entity, "schema", property, s.written, coalesce(read, '-') AS read, unread, doubts,
        c.written AS citation
    FROM read_parquet('{path}/work/tables/statements/*.parquet') s
    JOIN read_parquet('{path}/work/tables/cells/*.parquet') c
        ON c.sha256 = s.sha256 AND c."row" = s."row" AND c."column" = {column}
"""


@pytest.mark.night
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("profile", ["overlay", "stock"])
def test_a_million_statements_leave_and_come_back(tmp_path: Path, profile: str) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for case in (here, there):
        inside("init", case)
    tables = here / "work/tables/statements"
    tables.mkdir(parents=True)
    people = MANY // _EACH
    duckdb.execute(_MADE.format(people=people, each=_EACH, path=tables / "made.parquet"))
    out = ("--out", tmp_path / "out", "--dataset", "many", "--profile", profile)
    _run("ftm", "export", here, *out)
    _run("ftm", "import", there, tmp_path / "out", "--from", "us", "--same-ids")
    _run("process", there, "--workers", 1)
    column = CITATION_COLUMNS.index("citation") + 1
    before, after = _SAID.format(path=here), _CAME.format(path=there, column=column)
    counts = duckdb.execute(
        f"SELECT (SELECT count(*) FROM ({before})), (SELECT count(*) FROM ({after})), "  # noqa: S608
        f"(SELECT count(*) FROM (({before}) EXCEPT ALL ({after})))"
    ).fetchone()
    assert counts == (people * _EACH, people * _EACH, 0)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < _MOST_MEMORY


def _run(*arguments: object) -> None:
    """One command in a process of its own, so that its memory is measured."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
