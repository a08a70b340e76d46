"""A small case, read, for tests that write in it."""

from pathlib import Path

from muniment.core import digest_of
from tests.app.cli import muniment

TEXT = b"First line.\nSecond line about the list.\n"
TABLE = "name,year\nAygul,1988\n名单,1990\n".encode()
FILE = digest_of(TEXT)
PLACE = f"{FILE.ni}#char=0,11"


def small_case(folder: Path) -> Path:
    """A new case in `folder` of one text and one table."""
    (folder / "leak").mkdir(parents=True)
    (folder / "leak" / "list.txt").write_bytes(TEXT)
    (folder / "leak" / "names.csv").write_bytes(TABLE)
    muniment("init", folder / "case")
    muniment("intake", folder / "case", folder / "leak")
    muniment("process", folder / "case", "--workers", 1)
    return folder / "case"
