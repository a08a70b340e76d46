"""Whether an object was read in part only: something in it is known to be there and did not come.

- The state stays `read`; the reason then says what is lacking, and coverage counts such objects.
- Trouble that costs nothing (a guessed encoding, a name that disagrees) is no loss; nor are pages
  without text, which are pictures that may be read, and are counted for themselves.
"""

from collections.abc import Sequence

from muniment.core import Problem, Reading, State

IN_PART = "read in part: "
LOSING = frozenset(
    (
        *("annotations-left-out", "bookmarks-left-out", "cell-damaged", "crc-mismatch"),
        *(
            "directory-disagrees",
            "disk-full",
            "drawing-not-read",
            "fields-left-out",
            "formulas-not-read",
        ),
        *("headers-disagree", "line-damaged", "locked-inside", "macros-damaged", "member-cut"),
        *("member-damaged", "member-locked", "members-missing", "members-overlap"),
        *("memo-elsewhere", "memory-limit", "message-partial", "not-stored", "output-limit"),
        *("page-damaged", "part-damaged", "part-missing", "part-too-large", "pictures-left-out"),
        *("pixels-damaged", "ratio-limit", "reader-crashed", "record-damaged", "member-twice"),
        *("revisions-left-out", "section-damaged", "size-mismatch", "store-damaged"),
        *("string-missing", "structure-damaged", "table-damaged", "text-missing", "timeout"),
        *(
            "too-many-pages",
            "too-many-pixels",
            "too-many-records",
            "transfer-damaged",
            "unknown-encryption",
        ),
        *("unknown-method", "unreadable", "volume-missing"),
    )
)


def reason_with_losses(reading: Reading, problems: Sequence[Problem]) -> str:
    """The reading's reason; for one that was read in part, what is lacking."""
    if reading.state is not State.READ:
        return reading.reason
    losses = [problem for problem in problems if problem.code in LOSING]
    lacking = []
    if reading.failed > 0:
        lacking.append(f"{reading.failed} of the {reading.announced} files in it did not come out")
    if len(losses) > 0:
        more = "" if len(losses) == 1 else f", and {len(losses) - 1} more problems of such kinds"
        lacking.append(f"{losses[0].code}, {losses[0].message}{more}")
    return "" if len(lacking) == 0 else IN_PART + "; ".join(lacking)
