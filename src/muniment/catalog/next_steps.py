"""What a person can do about what was not read: one sentence for each problem and each reason.

- Every problem code has one; a test holds this table to the reference's list of codes.
- A step names the command to give or the thing to ask for. Where nothing can be done, it says so.
- A reason that is a sentence of a reader is matched by its beginning or a word in it, the most
  telling first.
"""

from muniment.core import State

_LOOK = "look at the file with `muniment show CASE CITATION` before you rely on it"
_COPY = "ask for another copy of the file, and take that in"
_HOSTILE = "treat the file as hostile; open it in no other program"
_REPORT = "report the format and the version, never the file; what came before is kept"
_COUNT = "compare with the file before you count"
UNLOCK = "run `muniment unlock CASE`, or `muniment process CASE --passwords FILE`"
_LIMITS = "what came before is kept; split the file on another machine and take the pieces in"
NOTHING = "nothing: it is noted, and nothing is lost by it"
_PARTLY = "see what is lacking in `muniment problems CASE` before you count, or say it is not there"
_REREAD = "run `muniment rebuild CASE` with nothing else running; report the file if it stays so"

STEPS: dict[str, str] = {
    "structure-unread": NOTHING,
    "record-damaged": _COUNT,
    "quote-not-closed": _COUNT,
    "formulas-not-read": _LOOK,
    "annotations-left-out": _LIMITS,
    "attachment-elsewhere": "look for the file that the message names, and take it in",
    "bookmarks-left-out": _LIMITS,
    "border-violation": _HOSTILE,
    "bytes-outside": _LOOK,
    "cell-damaged": _COPY,
    "changed-while-copied": "take it in again from a medium that nobody writes to",
    "component-unended": _COPY,
    "control-bytes": "look at the bytes there before you quote: others may end a value at them",
    "crc-mismatch": _COPY,
    "directory-damaged": _COPY,
    "directory-disagrees": _COPY,
    "directory-missing": _COPY,
    "disk-full": _LIMITS,
    "drawing-not-read": "open a copy in a program for drawings, print it to a PDF, and take "
    "that in",
    "empty-folder": NOTHING,
    "empty-records": _COUNT,
    "encoding-disagrees": "read some lines before you quote",
    "encoding-guessed": "read some lines before you quote",
    "entities-not-expanded": _HOSTILE,
    "exif-damaged": NOTHING,
    "fields-left-out": _LIMITS,
    "headers-disagree": _HOSTILE,
    "integrity-mismatch": _LOOK,
    "isolation-incomplete": "see in `muniment status CASE` which protection is missing, and "
    "work on a system that has it",
    "leading-bytes": _LOOK,
    "licence-needed": "ask whoever sent it for a copy without rights management",
    "line-damaged": _LOOK,
    "locked-inside": "have the key decrypted by its owner; it opens nothing here",
    "log-elsewhere": "look for the file of the same name that ends in -wal or -journal, and take "
    "it in",
    "macros-damaged": _COPY,
    "mail-defect": _LOOK,
    "member-cut": _COPY,
    "member-damaged": _COPY,
    "member-locked": UNLOCK,
    "member-salvaged": _LOOK,
    "members-missing": _COPY,
    "member-twice": "look at the record: which of the values is meant is not said",
    "members-overlap": _HOSTILE,
    "memo-elsewhere": "look for the file of the same name that ends in .dbt or .fpt, and take it "
    "in",
    "memory-limit": _LIMITS,
    "message-partial": "look for the files that hold its attachments, and take them in with it",
    "names-disagree": _HOSTILE,
    "nested-too-deep": _LIMITS,
    "not-a-file": "if what a link led to matters, take that in itself",
    "not-a-number": _COUNT,
    "not-stored": "make room on the disk, then run `muniment rebuild CASE`",
    "ocr-failed": _COPY,
    "ocr-language-missing": "install the model (Debian: tesseract-ocr-CODE), then run "
    "`muniment process CASE --ocr auto`",
    "ocr-poor": "compare with the picture at the citation before you quote or count",
    "output-limit": _LIMITS,
    "page-damaged": _COPY,
    "page-without-text": "run `muniment process CASE --ocr LANGUAGES` to have the page's picture "
    "read",
    "part-damaged": _COPY,
    "part-missing": _COPY,
    "part-too-large": _LIMITS,
    "password-not-needed": NOTHING,
    "pictures-left-out": _LIMITS,
    "pixels-damaged": _COPY,
    "places-unknown": "find the words in the file itself before you quote a place",
    "private-key": "tell nobody its bytes, and leave it out of what you publish",
    "properties-damaged": NOTHING,
    "properties-left-out": _LIMITS,
    "ragged-records": _COUNT,
    "ratio-limit": _HOSTILE,
    "read-error": "take the file in again, from a copy of the medium made with a rescue program",
    "reader-crashed": _REPORT,
    "reference-beyond": _COUNT,
    "reference-unreadable": _LOOK,
    "repaired": _LOOK,
    "revisions-left-out": _LIMITS,
    "row-beyond": _COUNT,
    "row-number-missing": "ask whether a row was removed; count without it, and say so",
    "section-damaged": _LOOK,
    "part-name-twice": "take the parts out with an archive program, and compare them",
    "sheet-name-twice": "say which of the two sheets you mean, by its place among the sheets",
    "size-mismatch": _COPY,
    "slides-unknown": "look at the slides in the file itself before you say on which one a text is",
    "store-damaged": _COPY,
    "string-missing": _COPY,
    "structure-damaged": _COPY,
    "table-damaged": _COPY,
    "text-missing": _COPY,
    "text-unusable": "run `muniment process CASE --ocr LANGUAGES` to have the page's picture read",
    "timeout": _LIMITS,
    "too-many-pages": "split it, and take the pieces in as files of their own",
    "too-many-pixels": "make a smaller picture of it, and take that in as a file of its own",
    "too-many-records": _LIMITS,
    "total-differs": "add the rows up yourself before you quote the total",
    "trailing-bytes": _LOOK,
    "transfer-damaged": _COPY,
    "type-disagrees": "look at the file: names are given by mistake, or to hide what it is",
    "undecodable-bytes": "read some lines before you quote",
    "unknown-encryption": "ask whoever sent it for a copy that is not encrypted",
    "unknown-method": "unpack it with the program that made it, and take the result in",
    "unlisted-entries": "ask why: a program that rewrites a zip leaves them, and so does a person",
    "unreadable": _COPY,
    "volume-missing": "take in the missing volumes too, in one folder, and process again",
    "worker-lost": _REREAD,
}

_LIBARCHIVE = (
    "install libarchive (Debian: `apt install libarchive13`), then run `muniment rebuild CASE`"
)
_SAVE = (
    "open it on a machine without a network, save it in a format that docs/reference/readers.md "
    "lists, and take that in beside it"
)
_NO_TYPE = (
    "its bytes begin like no known type: compare with its name, and ask for another copy if it "
    "should be a document; it may be damaged, filler, or made to waste time"
)
_RECIPIENT = (
    "have it decrypted by somebody it was sent to, with their own key, and take the result in"
)
_ELSEWHERE = "open it with the program that made it and its password, and take the result in"
# A word in a reason → what to do; the first that fits.
_OF_REASONS: tuple[tuple[str, str], ...] = (
    ("rights management", STEPS["licence-needed"]),
    ("gives the key", STEPS["licence-needed"]),
    ("certificates are stated", _RECIPIENT),
    ("holder of a certificate", _RECIPIENT),
    ("OpenPGP", _RECIPIENT),
    ("with PGP", _RECIPIENT),
    ("private key", "nothing is behind it to be read: keep it as evidence of who could sign"),
    ("unrar", "unpack it with unrar and its password, and take the result in"),
    ("an iWork document", _ELSEWHERE),
    ("encrypted disk", _ELSEWHERE),
    ("encrypted with AxCrypt", _ELSEWHERE),
    ("encrypted with OpenSSL", _ELSEWHERE),
    ("encrypted with age", _ELSEWHERE),
    ("safe of passwords", _ELSEWHERE),
    ("pages are encrypted", _ELSEWHERE),
    ("list of columns is encrypted", _ELSEWHERE),
    ("method of another maker", STEPS["unknown-encryption"]),
    ("in a way that is not known", STEPS["unknown-encryption"]),
    ("libarchive is not", _LIBARCHIVE),
    ("not installed", "install what the reason names, then run `muniment rebuild CASE`"),
    ("application/octet-stream", _NO_TYPE),
    ("no reader", _SAVE),
    ("Tika cannot read it", _SAVE),
    ("MediaInfo cannot read it", _SAVE),
    ("read here", _SAVE),
    ("none of its streams", _SAVE),
    ("volume", STEPS["volume-missing"]),
    ("shares bytes", STEPS["members-overlap"]),
    ("containers", "take in the innermost archive by itself"),
    ("times its size", _HOSTILE),
    ("more than", _LIMITS),
    ("longer than", _LIMITS),
    ("used up its time", _LIMITS),
    ("consent to it was withdrawn", NOTHING),
    ("for its custodian alone", NOTHING),
    ("isolation is incomplete", STEPS["isolation-incomplete"]),
    ("failed on it", _REPORT),
)
_OF_STATES: dict[State, str] = {
    State.LOCKED: UNLOCK,
    State.PENDING: "run `muniment process CASE`",
    State.REFUSED: "look at the reason: what holds no document needs nothing more",
    State.UNREADABLE: _COPY,
    State.EMPTY: NOTHING,
    State.READ: "nothing: it was read",
}


def step_for_problem(code: str) -> str:
    """What to do about a problem of that code."""
    return STEPS.get(code, "run `muniment problems CASE`: it says where, and what happened")


def step_for_state(state: State, reason: str) -> str:
    """What to do about an object that ended in `state` for that reason."""
    if state is State.READ and reason != "":
        return _PARTLY
    if state in (State.READ, State.EMPTY, State.PENDING):
        return _OF_STATES[state]
    return next((step for word, step in _OF_REASONS if word in reason), _OF_STATES[state])
