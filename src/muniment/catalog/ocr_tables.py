"""The ledger's tables of the OCR stage: which pages are to be read as pictures, and which were.

- `ocr_objects` are the objects that were looked over for such pages, and under which languages.
- `ocr_tasks` are a few pages each; a task that was read has a part file of its own.
- `answered_problems` are problems that reading a page answered; they come back if its letters are
  to be read anew.
- `ocr_settings` are those that the journal records, the last of them in force.
"""

from sqlalchemy import Column, Integer, String, Table

from muniment.catalog.tables import METADATA, problem_table

OCR_OBJECTS = Table(
    "ocr_objects",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("parts_digest", String, nullable=False),  # of the reading that was looked over
    Column("languages", String, nullable=False),
)

OCR_TASKS = Table(
    "ocr_tasks",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("first", Integer, primary_key=True),  # page, from 1; 0 for a picture without pages
    Column("pages", String, nullable=False),  # JSON, the pages in order
    Column("state", String, nullable=False, index=True),  # pending, read
    Column("parts", String, nullable=False, default="{}"),  # JSON, count by kind
    Column("parts_digest", String, nullable=False, default=""),
    Column("tabled", Integer, nullable=False, default=0),
    Column("committed", Integer, nullable=False, default=0),
)

ANSWERED_PROBLEMS = problem_table("answered_problems")

OCR_SETTINGS = Table(
    "ocr_settings",
    METADATA,
    Column("seq", Integer, primary_key=True),  # the journal event
    Column("languages", String, nullable=False),
    Column("engines", String, nullable=False),  # joined by commas
)
