"""What the generated reference says that the source does not: one sentence for each field and code.

`reference.py` fails where the source has a field, column or code that is not explained here, and
where something is explained that the source no longer has.
"""

EXIT_CODES = {
    0: "done",
    1: "trouble in Muniment or in the machine: a full disk, a missing right, a fault",
    2: "the call was wrong; nothing was changed",
    3: "bytes or the journal are not what was recorded",
    4: "refused: a rule forbids it, or no honest answer exists",
    5: "done, and a source has problems (only where `--strict` asks for it)",
    130: "interrupted; given again, the command goes on where it was",
}

_COUNTS = "names and counts"
_CHAIN = "from the object to the delivery, a list of links (below)"

# Command → whether it prints one object a line, and its fields.
JSON: dict[str, tuple[bool, dict[str, str]]] = {
    "init": (
        False,
        {
            "case": "random id, 32 hex digits",
            "folder": "the case's folder, as given",
            "verifier_key": "the key that checks the case's signatures",
        },
    ),
    "intake": (
        False,
        {
            "received": "files taken in",
            "objects": "distinct files among them",
            "bytes": "of all files taken in",
            "receipt": "digest over all names and contents, which the sender can compute",
            "problems": "files that did not arrive whole, and folders and links noted",
            "intake": "random id of this delivery, 32 hex digits",
        },
    ),
    "process": (
        False,
        {
            "items": "objects in the case",
            "by_state": _COUNTS,
            "read_now": "objects read by this call",
            "opened": "times that a password of `--passwords` opened something",
            "pages_read_as_pictures": "pages and pictures whose letters were read by this call",
            "seconds": "how long it took",
        },
    ),
    "unlock": (
        False,
        {
            "opened": "each `sha256`, `key` (id in the key ring), `scheme`, `how`, `places` "
            "(citations of where the password stands), `outputs` (what came out)",
            "tried": "passwords tried, counted for each file",
            "locked": "the objects that a password may still open",
            "seconds": "how long it took",
        },
    ),
    "status": (
        False,
        {
            "items": "objects in the case, those found inside others counted",
            "received": "of them, objects that were handed over",
            "objects": "the same as `items`",
            "bytes": "of all distinct objects",
            "by_state": _COUNTS,
            "by_type": _COUNTS,
            "problems": "codes and counts",
            "containers": "each `sha256`, `name`, `announced`, `emitted`, `failed`",
            "isolation": "each mechanism, `active` or `not active: …`",
            "coverage": "what was read of all, with the fields of `kinds` in `muniment coverage`",
            "locked": "the objects that a password may open",
            "log": "`size` in events and `root` of the journal",
            "surroundings": "what is optional on this system, `present` or `absent`",
            "ocr": "pictures: `languages` that can be read here, `chosen` for this case (null: "
            "none yet), `tasks` by state",
        },
    ),
    "coverage": (
        False,
        {
            "total": "the whole case, as one of `kinds`",
            "kinds": "each `kind` of file with its `objects` by state, `with_problems`, "
            "`pages_without_text`, `bytes`, `bytes_read` and `read_share` (0 to 1)",
            "containers": "each `sha256`, `name`, `announced`, `emitted`, `failed`; those that "
            "lost most come first",
            "lacks": "each `what` (a state or a problem's code), `reason`, `objects`, `count`, "
            "`example` (an object) and `next_step`",
        },
    ),
    "items": (
        True,
        {
            "sha256": "64 hex digits",
            "bytes": "size",
            "names": "every name under which it arrived or lay in another, as read",
            "parents": "list of `sha256`, `member` (name there, as read), `index`",
            "type": "media type by content",
            "state": "`read`, `empty`, `locked`, `refused`, `unreadable`, `pending`",
            "reason": "why, where it was not read",
            "reader": "name and version",
            "parts": "count by kind",
        },
    ),
    "problems": (
        True,
        {
            "sha256": "the object; null where no bytes arrived",
            "at": "citation; null where no bytes arrived",
            "code": "see [errors](errors.md)",
            "message": "a sentence",
            "name": "the name concerned, where the trouble is with a name",
        },
    ),
    "search": (
        True,
        {
            "citation": "the narrowest place that holds the words",
            "sha256": "the object",
            "snippet": "what is written around the words",
            "score": "BM25; higher is better",
        },
    ),
    "show": (
        False,
        {
            "citation": "as given, in its one spelling",
            "sha256": "the object",
            "written": "as stored; cells joined with tabs, other parts with newlines",
            "text": "what is shown, where the place holds text; `value` otherwise",
            "value": "what is shown, where the place holds no text",
            "parts": "each `kind`, `at`, `shown`, `written`",
            "chain": _CHAIN,
        },
    ),
    "trace": (
        False,
        {
            "citation": "as given, in its one spelling",
            "found": "what stands there, a list of texts",
            "chain": _CHAIN,
            "proof": "`event`, `at`, `leaf`, `steps`, `checkpoint` (events), `root`, "
            "`verifier_key`; null where no checkpoint covers the delivery yet",
        },
    ),
    "similar": (
        True,
        {
            "sha256": "the object asked for, or the first of a pair",
            "other": "what says nearly the same",
            "kind": "`same text` (letter for letter, in other bytes) `near text`, `near picture`",
            "similarity": "estimated share of common runs of four letters; of pictures the "
            "correlation of grey values",
            "names": "of the other",
        },
    ),
    "sql": (True, {}),
    "table": (
        True,
        {
            "row": "its number in the file, counted from 1",
            "hidden": "whether the file hides the whole row",
            "cells": "by letters of the column: `heading`, `shown`, `written`, `kind`, `hidden`, "
            "`comment`, `citation`",
        },
    ),
    "verify": (
        False,
        {
            "ok": "whether nothing failed",
            "objects": "objects hashed",
            "events": "events proved",
            "failures": "list of `what`, `where`, `why`",
            "notes": "what was not proved, in the same form",
        },
    ),
    "log key": (False, {"verifier_key": "the key that checks the case's signatures"}),
    "log sign": (
        False,
        {"size": "events signed", "root": "root of the journal"},
    ),
    "export": (
        False,
        {
            "out": "where the bag is",
            "objects": "objects handed over",
            "bytes": "of them",
            "manifest_sha256": "digest of the bag's SHA-256 manifest",
        },
    ),
    "import": (
        False,
        {
            "objects": "objects taken in",
            "bytes": "of them",
            "origin": "the sender's case",
            "log_size": "events in the sender's journal",
            "root": "root of the sender's journal",
            "not_proved": "sentences",
        },
    ),
    "rebuild": (False, {"digest": "one digest over all projections"}),
    "simulate": (
        False,
        {
            "leak": "folder of the simulated files",
            "truth": "folder of what is true",
            "people": "people in the county",
            "adults": "of them, adults",
            "detained_adults": "of them, truly detained",
            "files": "files, those inside others counted",
            "planted": "planted errors",
            "remarks": "sentences, such as missing fonts",
        },
    ),
    "mse": (
        False,
        {
            "observed": "people on at least one list",
            "estimate": "people in the population; null where refused",
            "interval": "95 %, people; an upper end without limit is null",
            "method": "the method asked for",
            "warnings": "what weakens the figure, and where other methods disagree",
            "diagnostics": "`rhat` and `ess` where the method draws samples",
            "refused": "why there is no honest estimate (exit code 4); left out otherwise",
        },
    ),
}

LINK = {
    "sha256": "the object",
    "name": "its name in `parent`, or in the delivery, as read",
    "name_hex": "the bytes of that name",
    "relation": "`received`, `member`, `attachment`, `embedded`, `thumbnail`, `decompressed`, "
    "`decrypted`",
    "parent": "the object it lay in; null in the last link",
    "index": "its position there, from 0",
    "at": "the place it has there, in the form of a citation's fragment",
    "event": "number of the journal event that received it; only in the last link",
    "intake": "id of the delivery; only in the last link",
}

TABLES = {
    "items": "one row an object",
    "containments": "one row for each time that an object lies in another",
    "problems": "one row for each trouble in a source",
    "coverage": "one row a kind of file: what was read of it",
    "lacks": "one row for each reason for which something was not read, and sort of problem",
    "decryptions": "one row for each time that a password opened something",
    "near_duplicates": "one row for each pair of objects that say nearly the same",
    "sheets": "one row for each table: a sheet, a text table, a database's table, one on a page",
    "cells": "one row for each cell that holds something",
    "texts": "one row for each stretch of text, in reading order",
    "metadata": "one row for each property that a file states of itself",
}

COLUMNS = {
    "a": "an object, 64 hex digits",
    "b": "the other, the larger digest",
    "similarity": "estimated share of common runs of four letters; of pictures the correlation of "
    "grey values",
    "objects": "how many",
    "read": "of them, read",
    "empty": "of them, empty in truth",
    "locked": "of them, locked",
    "refused": "of them, refused",
    "unreadable": "of them, unreadable",
    "pending": "of them, not read yet",
    "with_problems": "of them, with a problem, read or not",
    "pages_without_text": "pages that are pictures",
    "bytes_read": "of the objects that were read or are empty",
    "what": "a state, or a problem's code",
    "count": "how often",
    "example": "one of the objects",
    "next_step": "what a person can do",
    "event": "number of the journal event",
    "key": "id in the key ring",
    "scheme": "the encryption, as the file states it",
    "how": "how the password was found",
    "places": "citations of where it stands",
    "sha256": "the object, 64 hex digits",
    "bytes": "size",
    "names": "every name under which it arrived or lay in another, as read",
    "type": "media type by content",
    "state": "`read`, `empty`, `locked`, `refused`, `unreadable`, `pending`",
    "reason": "why, where it was not read",
    "reader": "name and version",
    "parent": "the object it lies in",
    "position": "its position there, from 0",
    "relation": "`member`, `attachment`, `embedded`, `thumbnail`, `decompressed`, `decrypted`",
    "place": "its place there, in the form of a citation's fragment",
    "at": "citation",
    "code": "see [errors](errors.md)",
    "message": "a sentence",
    "rows": "rows that hold a cell",
    "columns": "columns that hold a cell",
    "last_row": "the number of the last of them",
    "last_column": "the number of the last of them, counted from 1",
    "cells": "cells that hold something",
    "comments": "cells with a comment",
    "formulas": "cells with a formula",
    "sheet": "the sheet's name; null in files without sheets",
    "row": "counted from 1, as the file shows it",
    "column": "counted from 1",
    "confidence": "how sure the engine is that read it off a picture, 0 to 1; null for stored text",
    "source": "engine, version and model that read it off a picture; empty for stored text",
    "written": "as stored; a date cell holds its serial number",
    "shown": "as the number format displays it, where that was computed",
    "formula": "as stored",
    "number_format": "as stored",
    "comment": "as stored",
    "hidden": "whether row, column, sheet or text is hidden",
    "citation": "where this stands, to be quoted",
    "number": "order in the object, from 0",
    "text": "as written",
}
COLUMNS_OF = {
    ("near_duplicates", "kind"): "`same text` (in other bytes), `near text`, `near picture`",
    ("sheets", "state"): "`visible`, `hidden` or as the file states it; empty where it does not",
    ("sheets", "hidden"): "cells whose row, column or sheet is hidden",
    ("coverage", "kind"): "a family of media types, such as `spreadsheet`",
    ("coverage", "bytes"): "of all its objects",
    ("lacks", "reason"): "a sentence, without the numbers that differ from file to file",
    ("decryptions", "reader"): "name and version of what opened it",
    ("containments", "name"): "its name there, as read",
    ("problems", "name"): "the name concerned, where the trouble is with a name",
    ("metadata", "name"): "the property's name",
    ("cells", "kind"): "`text`, `number`, `date`, `boolean`, `error`, `blank`",
    ("texts", "role"): "`body`, `title`, `header`, `footer`, `note`, `comment`, `deleted`, "
    "`inserted`, `box`, `markup`",
}

# Problem codes: what happened, and what to do about it.
CODES = {
    "annotations-left-out": "A page of a PDF has more notes and links than are looked at.",
    "bookmarks-left-out": "A PDF has more bookmarks than are looked at.",
    "border-violation": "What the reader's process sent is not what a reader sends. Nothing it "
    "sent is kept. Treat the file as hostile.",
    "cell-damaged": "A record of a spreadsheet is damaged. It costs that cell; the next is read.",
    "changed-while-copied": "The file changed while it was copied. Take it in again from a medium "
    "that nobody writes to.",
    "control-bytes": "A text holds a character that no text has, such as NUL. It is read as text; "
    "the problem says at which byte.",
    "crc-mismatch": "An entry of an archive does not have the checksum that the archive states. "
    "The entry is left out; the archive is kept.",
    "directory-damaged": "The archive's directory ends early or holds bytes that are no entries.",
    "directory-disagrees": "The archive announces another number of entries than its directory "
    "has.",
    "empty-folder": "A folder with nothing in it. It is noted because its name may matter.",
    "empty-records": "A table has records without any field.",
    "encoding-guessed": "The file does not say how its letters are encoded; the guess is recorded. "
    "Read some lines before you quote.",
    "entities-not-expanded": "An XML file declares entities of its own, which may grow without "
    "measure or name other files. None is expanded or fetched; the text is read as written.",
    "exif-damaged": "What the camera wrote into the picture cannot be read.",
    "fields-left-out": "A form has more fields than are looked at.",
    "formulas-not-read": "A binary workbook stores formulas as tokens. Their values are given, "
    "their text is not.",
    "headers-disagree": "The archive says two things of one entry. Such an entry is left out, "
    "never guessed: programs would unpack different files from it.",
    "integrity-mismatch": "An encrypted document does not have the keyed digest that it states: it "
    "was changed, or its writer made a mistake. It is decrypted all the same.",
    "isolation-incomplete": "The file was not read because this system lacks a protection that the "
    "limits demand. `muniment status` says which.",
    "leading-bytes": "Bytes stand before the archive begins. They are not read.",
    "log-elsewhere": "A database was written with a log beside it, which is another file and may "
    "hold the last changes. Look for a file with the same name and `-wal` behind it.",
    "macros-damaged": "A macro project, or a module of one, cannot be unpacked.",
    "mail-defect": "A message is malformed; what could be read of it was.",
    "member-damaged": "An entry of an archive cannot be unpacked.",
    "member-locked": "An entry of an archive is encrypted, and no password at hand opens it. Give "
    "the password, and read the archive again.",
    "members-overlap": "Two entries of an archive share bytes, as they do in archives made to "
    "overflow. They are left out.",
    "memo-elsewhere": "Long texts of a table stand in a memo file beside it (.dbt or .fpt), which "
    "is not read. Look for a file with the same name.",
    "memory-limit": "Reading needed more memory than the limits allow.",
    "not-a-file": "A link, device, pipe or socket. It was noted and not opened.",
    "not-a-number": "A cell that should hold a number does not.",
    "directory-missing": "The list at the end of an archive is lost, as when it is cut short. Its "
    "entries are read by their own headers; those behind the cut are missing.",
    "disk-full": "The reader ran out of room although the disk has some: its own limit.",
    "not-stored": "What was found could not be written to this machine's disk. Make room, and read "
    "the object again with `muniment rebuild`.",
    "quote-not-closed": "A quote in a table written as text is never closed. Its lines are "
    "taken as records, as they stand.",
    "reference-beyond": "A cell is placed beyond the last column or row that any spreadsheet "
    "program has. It stands there all the same.",
    "reference-unreadable": "A cell, range or comment is placed where no cell can be. What it "
    "holds is kept under the reference as written.",
    "row-beyond": "A row has a number that no spreadsheet program shows. Its cells stand there all "
    "the same.",
    "too-many-records": "A pivot table keeps more records than are read.",
    "output-limit": "The file yields more than the limits allow; what came before is kept.",
    "page-damaged": "A page of a PDF cannot be opened, or has no size that a page can have.",
    "ocr-failed": "The picture of a page could not be had, so its letters were not read.",
    "ocr-language-missing": "Lines on a picture are in a language whose model is not installed.",
    "ocr-poor": "The letters on a picture were read badly: expect wrong and missing ones.",
    "page-without-text": "A page is a picture. Nothing on it can be searched.",
    "part-damaged": "A part of an Office file breaks off or is not what it should be.",
    "part-missing": "A part that an Office file names is not in it.",
    "part-too-large": "One text, cell or property is larger than the limits allow and is left out.",
    "pictures-left-out": "A page of a PDF has more pictures than are counted.",
    "pixels-damaged": "A picture cannot be decoded to its end.",
    "places-unknown": "The text is the file's; a fallback found it and cannot say where it stands.",
    "properties-damaged": "What an Office file says of itself cannot be read.",
    "properties-left-out": "A PDF states more properties than are looked at.",
    "ragged-records": "Records of a table have different numbers of fields. Compare with the file "
    "before you count.",
    "ratio-limit": "An entry unpacks to more times its size than the limits allow.",
    "read-error": "The medium could not be read to the end. Take the file in again from a copy.",
    "reader-crashed": "The reader of this format failed on this file. What came before is kept.",
    "licence-needed": "The document is under rights management: a licence server opens it, and no "
    "password does. Ask whoever sent it for a copy without.",
    "record-damaged": "A record of a list is no record, or breaks off; the others stand.",
    "repaired": "A damaged file was put together again before it was read. What it says may "
    "be incomplete; compare with another copy.",
    "revisions-left-out": "A PDF holds more earlier versions of itself than are taken out.",
    "row-number-missing": "The printed running numbers of a table skip. A row was left out, "
    "before or after printing, or was not read: look at the page.",
    "section-damaged": "A section of a mail is not what its type says.",
    "sheet-name-twice": "Two sheets of a workbook have one name. The later one is cited with a "
    "number in brackets.",
    "size-mismatch": "An entry unpacks to another size than its archive states.",
    "slides-unknown": "Which slides of a presentation are current cannot be found; every text in "
    "it is given.",
    "string-missing": "A cell names a text that the workbook does not have.",
    "structure-damaged": "What hangs on a PDF (properties, notes, fields, files) cannot be "
    "read in full; its pages may be.",
    "table-damaged": "A table of a database breaks off; the rows before stand.",
    "text-unusable": "The letters of a page's text have no meaning as stored. Read it off its "
    "picture.",
    "text-missing": "The text ends before what the file announces, or inside something it began.",
    "timeout": "Reading took longer than the limits allow; what came before is kept.",
    "too-many-pixels": "A picture is larger than the limits allow.",
    "structure-unread": "A picture is so large that how its file is built was not looked at.",
    "trailing-bytes": "Bytes follow the end of an archive or a picture. Behind a picture they "
    "are a file of their own; behind an archive they are not read.",
    "total-differs": "A printed total is not the sum of the numbers above it. A row may be "
    "missing, or misread, or the source is wrong.",
    "type-disagrees": "The name says another type than the bytes do, or two detectors disagree.",
    "undecodable-bytes": "Some bytes are not letters in the encoding; they are shown as U+FFFD.",
    "unknown-encryption": "The document is encrypted in a way that is not known here; no password "
    "is tried on it.",
    "unknown-method": "An entry is packed by a method that is not known here.",
    "unreadable": "The file is damaged or is not what it begins as.",
    "volume-missing": "An archive goes on in another file that is not here. Join its volumes with "
    "the program that made it, and take the result in as a delivery of its own.",
    "worker-lost": "Reading ended its process twice, the second time alone.",
    "attachment-elsewhere": "An attachment is a reference to a file that is not in the message. "
    "Ask for the place that it names.",
    "bytes-outside": "Bytes stand before the first message of a mailbox. They are not read.",
    "component-unended": "A calendar or address card breaks off; what came before was read.",
    "encoding-disagrees": "A page states an encoding that its bytes are not in. Read some "
    "lines before you quote.",
    "line-damaged": "A line of a calendar or address card is no property; it is kept as text.",
    "locked-inside": "One entry is encrypted by a password; the others were read.",
    "member-cut": "An entry is shorter than is announced; what is there was taken.",
    "members-missing": "A folder or message announces more than is there. Ask for another copy.",
    "message-partial": "A message came in pieces, or without its attachments. Look for the rest.",
    "nested-too-deep": "Messages lie inside messages deeper than is read.",
    "password-not-needed": "A store asks programs for a password that protects nothing; all of it "
    "was read.",
    "store-damaged": "A page of an Outlook store cannot be followed; messages below it may be "
    "missing.",
    "transfer-damaged": "A section of a mail is not whole in its transfer encoding; what could be "
    "had of it was taken.",
}
