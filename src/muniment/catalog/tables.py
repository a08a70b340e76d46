"""The ledger's tables: what arrived, what lay in what, what came of reading it.

- Digests are hex, so that a person with the `sqlite3` command can read along.
- Everything here follows from the journal and the readings; nothing is kept only here.
- `deliveries` names the journal events that brought an object; `containments` says where else it
  lay. An object may have many of both.
"""

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table

METADATA = MetaData()

OBJECTS = Table(
    "objects",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("depth", Integer, nullable=False),  # containers between it and the delivery, at least
    Column("received", Integer, nullable=False),  # 1: in the vault; 0: found inside another
    Column("state", String, nullable=False, index=True),
    Column("reason", String, nullable=False, default=""),
    Column("type", String, nullable=False, default=""),
    Column("reader", String, nullable=False, default=""),
    Column("parts", String, nullable=False, default="{}"),  # JSON, count by kind
    Column("parts_digest", String, nullable=False, default=""),
    Column("announced", Integer, nullable=False, default=0),
    Column("emitted", Integer, nullable=False, default=0),
    Column("failed", Integer, nullable=False, default=0),
    Column("indexed", Integer, nullable=False, default=0, index=True),
    Column("tabled", Integer, nullable=False, default=0, index=True),
    Column("committed", Integer, nullable=False, default=0, index=True),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("seq", Integer, primary_key=True),  # the journal event
    Column("digest", String, nullable=False, index=True),
    Column("intake", String, nullable=False),
    Column("name", String, nullable=False),
    Column("raw_name", LargeBinary, nullable=False),
)

CONTAINMENTS = Table(
    "containments",
    METADATA,
    Column("parent", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # order among the parent's parts, from 0
    Column("position", Integer, nullable=False),  # the container's own index
    Column("digest", String, nullable=False, index=True),
    Column("relation", String, nullable=False),
    Column("name", String, nullable=False),
    Column("raw_name", LargeBinary, nullable=False),
    Column("place", String, nullable=False),  # the fragment of a citation
    Column("stated", String, nullable=False),  # JSON, what the container says of the entry
)


def problem_table(name: str) -> Table:
    """A table of problems at places of objects, in the order of the parts."""
    return Table(
        name,
        METADATA,
        Column("digest", String, primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("place", String, nullable=False),
        Column("code", String, nullable=False),
        Column("message", String, nullable=False),
    )


PROBLEMS = problem_table("problems")

ARRIVAL_PROBLEMS = Table(
    "arrival_problems",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("digest", String, nullable=False),  # empty where no bytes arrived
    Column("name", String, nullable=False),
    Column("code", String, nullable=False),
    Column("message", String, nullable=False),
)

BATCHES = Table(
    "batches",
    METADATA,
    Column("name", String, primary_key=True),  # of a whole file among the flat tables
)

BATCHED = Table(
    "batched",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("batch", String, nullable=False, index=True),  # the one that holds its rows
)

DECRYPTIONS = Table(
    "decryptions",
    METADATA,
    Column("seq", Integer, primary_key=True),  # the journal event
    Column("digest", String, nullable=False, index=True),
    Column("key", String, nullable=False),  # id in the key ring
    Column("scheme", String, nullable=False),
    Column("reader", String, nullable=False),
    Column("how", String, nullable=False),  # how the password was found
    Column("places", String, nullable=False),  # JSON, the citations it was found at
)

SKETCHES = Table(
    "sketches",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("parts_digest", String, nullable=False),  # of the reading it was made of
    Column("minima", LargeBinary, nullable=False),  # empty where there is too little text
    Column("letters", String, nullable=False),  # digest of all of them; empty where not looked at
)

GREYS = Table(
    "greys",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("grey", LargeBinary, nullable=False),  # empty where the picture cannot be decoded
)

NEAR_DUPLICATES = Table(
    "near_duplicates",
    METADATA,
    Column("a", String, primary_key=True),  # the smaller digest
    Column("b", String, primary_key=True, index=True),
    Column("kind", String, primary_key=True),
    Column("similarity", Float, nullable=False),
)

LANGUAGES = Table(
    "languages",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("language", String, nullable=False, index=True),  # a code, or "unknown"
)

FOLDERS = Table(
    "folders",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("folder", String, primary_key=True, index=True),  # the delivery's folders, containers
)

PEOPLE = Table(
    "people",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", String, nullable=False),  # sender, recipient, author; carrier sender, …
    Column("name", String, nullable=False, index=True),  # as read; may be empty
    Column("address", String, nullable=False, index=True),  # in small letters; may be empty
    Column("citation", String, nullable=False),
)

SHEETS = Table(
    "sheets",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order in which they were met, from 0
    Column("sheet", String),  # NULL where the object is one table without a name
    Column("state", String, nullable=False),  # as the file states it; empty where it does not
    Column("rows", Integer, nullable=False),  # that hold a cell
    Column("columns", Integer, nullable=False),  # that hold a cell
    Column("last_row", Integer, nullable=False),
    Column("last_column", Integer, nullable=False),
    Column("cells", Integer, nullable=False, index=True),
    Column("hidden", Integer, nullable=False),  # cells
    Column("comments", Integer, nullable=False),
    Column("formulas", Integer, nullable=False),
    Column("columns_left_out", Integer, nullable=False),  # too many to lay out
)

LAID_OUT = Table(
    "laid_out",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("source", String, nullable=False),  # what its tables were made of
    Column("file", String, nullable=False),  # SHA-256 of the file; empty where they are few cells
)

COMMITMENT_LISTS = Table(
    "commitment_lists",
    METADATA,
    Column("name", String, primary_key=True),  # of a list that a journal event names
)

PROGRESS = Table(
    "progress",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
