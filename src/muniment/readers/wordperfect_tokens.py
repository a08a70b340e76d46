"""What a WordPerfect text consists of, whichever version wrote it: the words of its codes.

    letters   a stretch of text             paragraph   a hard return, or the end of a page
    row, cell begin one of a table          table end   what follows stands in no table
    deleted   from here on what was undone  restored    … up to here
    story     a text of its own: a note, a header, a box; where its bytes stand

- `start` and `end` are positions in the file's bytes.
"""

from enum import Enum, auto

import msgspec

from muniment.core import Role


class Sort(Enum):
    """What a token is."""

    LETTERS = auto()
    PARAGRAPH = auto()
    ROW = auto()
    CELL = auto()
    TABLE_END = auto()
    DELETED = auto()
    RESTORED = auto()
    STORY = auto()
    DAMAGED = auto()
    NOT_READ = auto()


class Token(msgspec.Struct, frozen=True, gc=False):
    """One thing in the text; `text` are its letters, or what is not read."""

    sort: Sort
    start: int
    end: int
    text: str = ""
    role: Role = Role.BODY
    inner: tuple[int, int] = (0, 0)  # from and up to which byte a story runs
