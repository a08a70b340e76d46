"""What the generated reference says that the source does not: one sentence for each field and code.

`reference.py` fails where the source has a field, column or code that is not explained here, and
where something is explained that the source no longer has.
"""

from muniment.catalog import EXPLANATIONS
from tools.reference_words_exchange import JSON as EXCHANGED

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
_DECIDED = {
    "ids": "hashes of the events, by which they are cited",
    "waits": "whether it waits for a command that holds the case",
    "why": "what holds the case, where it waits",
    "next_step": "what to do, where it waits",
}
_JUDGED = {
    "id": "of the decision: the leaf hash of its event",
    "done": "`accepted`, `rejected`, `stated` or `withdrawn`",
}
_APPLIED = {
    "tables": "to which mappings are applied",
    "statements": "made by them, links among them",
    "read": "of these, read",
    "unread": "of these, kept as written with a reason",
    "entities": "people, detentions and other things that rows speak of",
    "cells_outside": "filled cells of rows of data in columns that are not mapped",
    "cells_elsewhere": "filled cells of titles, sums, notes and rows of another shape",
    "cells_without_subject": "filled cells of mapped columns in rows without their entity",
    "misfits": "things that did not fit",
}
_MAPPING = {
    "id": "of the mapping: the leaf hash of its event",
    "event": "its position in the journal",
    "actor": "who confirmed it",
    "at": "when",
    "state": "`applied`, `superseded`, `withdrawn`, `shadowed` (a later one of its shape stands), "
    "`unreadable` (of another version)",
    "supersedes": "id of the mapping that it replaced; or empty",
    "superseded_by": "id of the decision that replaced it; or empty",
    "tables": "to which it is applied",
    "title": "as it was given",
    "columns": "that it lists",
    "mapped": "of them, mapped",
}
_STATEMENT = {
    "statement": "its name: a digest over entity, schema, property, written, citation, by, source",
    "entity": "of whom or what",
    "schema": "what that is, such as `Person`",
    "property": "what is stated, such as `birthDate`",
    "written": "as the cell stores it",
    "shown": "as the cell displays it, where that differs",
    "read": "as it was understood; null where it was not",
    "unread": "why it was not; else empty",
    "doubts": "codes of what makes it less sure",
    "sha256": "the file",
    "sheet": "its sheet; null in files without sheets",
    "row": "counted from 1",
    "column": "counted from 1",
    "place": "the fragment of the citation",
    "citation": "where it stands",
    "by": "who read it: `mapping`, `person`, `prose`, `import`",
    "source": "id of the mapping",
}
JSON: dict[str, tuple[bool, dict[str, str]]] = {
    **EXCHANGED,
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
            "facts": "counts of `muniment map apply`",
            "ocr": "pictures: `languages` that can be read here, `chosen` for this case (null: "
            "none yet), `tasks` by state",
        },
    ),
    "coverage": (
        False,
        {
            "total": "the whole case, as one of `kinds`",
            "kinds": "each `kind` of file with its `objects` by state, `read_in_part` (of those "
            "read), `with_problems`, "
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
            "reason": "why, where it was not read, or what is lacking where it was read in part",
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
            "marks": "ranges of the snippet that were found: code points, up to and without",
            "found_as": "other forms of the query's words that were found instead, if any",
        },
    ),
    "index": (
        False,
        {
            "engine": "`embedded`, or the server without its user",
            "objects": "objects put into the index now",
            "seconds": "wall time",
        },
    ),
    "note": (False, _DECIDED),
    "tag": (False, _DECIDED),
    "correct": (False, _DECIDED),
    "withdraw": (False, _DECIDED),
    "notes": (
        True,
        {
            "id": "hash of the event, by which it is cited",
            "citation": "the event as a citation",
            "event": "position in the journal",
            "kind": "note, tag, highlight or search",
            "actor": "the pseudonym of who wrote it",
            "at": "when the journal recorded it, UTC",
            "written": "when it was written, UTC",
            "target": "citation of what it is about; null for a saved search",
            "sha256": "the object it is about",
            "body": "what it says now",
            "first": "what it said at first",
            "standing": "whether it stands: it was not withdrawn",
            "query": "the words of a saved search",
            "filters": "and its filters",
            "changes": "corrections and withdrawals, oldest first",
        },
    ),
    "mail": (
        True,
        {
            "sha256": "the message",
            "message_id": "as stated, without brackets",
            "conversation": "the same for messages that refer to one another",
            "subject": "as read",
            "subject_at": "citation",
            "date": "as written, the time it states, its zone if any, its precision",
            "date_at": "citation",
            "instant": "UTC; null where no zone is stated",
            "sender": "address or name",
            "sender_name": "as read",
            "sender_address": "as read",
            "sender_written": "as written",
            "sender_at": "citation",
            "sender_name_at": "citation",
            "first_recipients": "a few of them",
            "recipients": "how many",
            "files": "how many files came with it",
            "sort": "what kind of message, where it says so",
        },
    ),
    "pictures": (
        True,
        {
            "sha256": "the object",
            "name": "one of its names",
            "width": "pixels",
            "height": "pixels",
            "frames": "pictures in the file",
            "camera": "make and model",
            "make": "name, as written, citation",
            "model": "name, as written, citation",
            "taken": "as written, the time it states, its zone if any, its precision",
            "taken_at": "citation",
            "latitude": "degrees north, as a number",
            "longitude": "degrees east, as a number",
            "altitude": "metres",
            "latitude_written": "name, as written, citation",
            "longitude_written": "name, as written, citation",
            "altitude_written": "name, as written, citation",
            "orientation": "name, as written, citation",
        },
    ),
    "picture": (
        False,
        {
            "citation": "as given, in its one spelling",
            "out": "the file written",
            "sha256": "its hash",
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
    "map suggest": (
        False,
        {
            "table": "`sha256`, `sheet`",
            "subject": "what it is about: person, facility, order, post, testimony",
            "header_rows": "the rows that name its columns",
            "doubts": "what to look at before it is confirmed, sentences",
            "columns": "list of `column`, `header`, `property` (Schema:property, null), `entity`, "
            "`reader`, `options`, `confidence` (0 to 1), `examples` (`written`, `read`, `unread`), "
            "`reasons`, `alternatives`",
            "mapping": "the [mapping](../formats/mapping.md) that it would be",
            "standing": "id of the mapping of this shape that stands, or null",
        },
    ),
    "map confirm": (
        False,
        {
            "id": "of the mapping: the leaf hash of its event",
            **_APPLIED,
        },
    ),
    "map list": (True, _MAPPING),
    "map show": (
        False,
        {
            **_MAPPING,
            "mapping": "the [mapping](../formats/mapping.md)",
            "applied": "list of `sha256`, `sheet`, `mapping`, `counts`, `unread`, `misfits`, "
            "one a table",
        },
    ),
    "fact accept": (True, _JUDGED),
    "fact reject": (True, _JUDGED),
    "fact state": (True, _JUDGED),
    "fact change": (True, _JUDGED),
    "fact withdraw": (True, _JUDGED),
    "fact list": (
        True,
        {
            "id": "of the decision: the leaf hash of its event",
            "kind": "`accepted`, `rejected`, or `stated` where it was said by hand",
            "state": "`stands`, `replaced` or `withdrawn`",
            "actor": "who decided",
            "at": "when, RFC 3339",
            "supersedes": "id of the version before, or empty",
            "superseded_by": "id of the version behind, or empty",
            "reason": "of a withdrawal",
            "claims": "of what is stated: list of `entity`, `schema`, `property`, `written`, "
            "`read` (null), `unread` (why), `citation`, `by_eye`",
            "proposal": "that was accepted or rejected, or empty",
            "tool": "which proposed it; of what is stated",
            "sort": "of a proposal that was rejected",
            "written": "in it",
            "citation": "its place",
            "note": "why, in the words of who decided",
        },
    ),
    "map withdraw": (
        False,
        {"id": "of the withdrawal", "withdrawn": "of the mapping"},
    ),
    "map apply": (
        False,
        {
            "mappings": "that are applied to a table",
            **_APPLIED,
        },
    ),
    "map misfits": (
        True,
        {
            "sha256": "the file",
            "sheet": "its sheet; null in files without sheets",
            "row": "counted from 1; null for a whole column",
            "column": "counted from 1; null for a whole row",
            "code": "what does not fit, or why a cell was not read",
            "says": "the same in words",
            "citation": "where",
            "source": "id of the mapping",
        },
    ),
    "statements": (True, _STATEMENT),
    "relations": (
        True,
        {
            "entity": "whose property is a link",
            "schema": "of it",
            "caption": "what to call it; may be empty",
            "property": "the link",
            "target": "the entity that it leads to",
            "target_schema": "of that",
            "target_caption": "what to call that; may be empty",
            "citation": "where it stands",
        },
    ),
    "facilities": (
        True,
        {
            "entity": "the facility",
            "names": "list of `value`, `citation`",
            "kinds": "list of `value`, `citation`",
            "latitudes": "list of `value`, `citation`, degrees north",
            "longitudes": "list of `value`, `citation`, degrees east",
            "starts": "list of `value`, `citation`: since when it was in use",
            "ends": "list of `value`, `citation`: until when",
            "headcounts": "list of pairs: a date, empty where none is stated, and `value`, "
            "`citation`",
            "in_use": "with `--on` alone: true, false, or null where nothing states it",
        },
    ),
    "timeline": (
        True,
        {
            "entity": "the order, the post or what else has a date",
            "schema": "of it",
            "says": "list of pairs: a property and what was read",
            "start": "ISO 8601, as precise as it was read; empty where none was",
            "end": "the same",
            "citation": "where it stands",
        },
    ),
    "totals": (
        True,
        {
            "kind": "what does not agree with what",
            "sha256": "the file",
            "sheet": "its sheet or table; null where it has no name",
            "stated": "the printed figure",
            "computed": "what its cells give",
            "difference": "stated less computed",
            "stated_at": "citation of the printed figure",
            "computed_from": "citations of the first 40 places of what it was computed from",
            "places": "how many there are",
            "observations": "what was seen, in sentences",
            "innocent_explanations": "why such figures differ, often",
        },
    ),
    "propose": (
        True,
        {
            "sort": "date, quantity, identifier, phone, quote or post",
            "written": "as it stands in the text",
            "read": "what was understood, by name; empty where nothing was",
            "unread": "why not; else empty",
            "pieces": "parts of it by name: the speaker of a quotation, the title of a post",
            "citation": "the narrowest place that holds it",
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
            "strata": "of a table in strata: the same of each",
            "patterns": "each pattern's count, and what the others foretell; left out where the "
            "method foretells none",
            "methods": "with --report or --plots: what every method said and foretold",
        },
    ),
    "rate": (
        False,
        {
            "estimand": "who of whom, where and when, as given",
            "having": "people counted",
            "people": "in the register",
            "blank": "of them, those of whom nothing is said",
            "absent": "of the population, not in the register",
            "coverage": "fraction of the population that the register holds",
            "bounds": "fractions between which the share lies whatever blanks are (Manski)",
            "among_known": "fraction of those of whom something is said; null where nothing is",
            "linkage": "band of the known share for the stated linkage errors; or null",
            "wilson": "95 % sampling interval of the share among the known; null without a sample",
            "clopper_pearson": "the same, exact",
            "sampling": "how the sample was drawn, or that there is no sampling error",
            "cells": "with TABLE: the cell of each person counted (RFC 7111)",
            "sentence": "all of it in words",
        },
    ),
    "suppress": (
        False,
        {
            "columns": "names of the columns, `total` last",
            "rows": "names of the rows, `total` last",
            "cells": "a list for each row; null where a count is withheld",
            "withheld": "how many are",
            "threshold": "counts from 1 to one less are small",
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
    "statements": "one row for each statement: what a cell says of somebody or something",
    "entities": "one row for each person or thing that statements are about",
    "mentions": "one row for each row of a table in which an entity is spoken of, by its id",
    "misfits": "one row for each thing of a table that its mapping does not fit, at most 10,000 "
    "a table",
}

COLUMNS = {
    "entity": "its id",
    "caption": "what it is called: the first text that was read of it",
    "says": "a sentence",
    "a": "an object, 64 hex digits",
    "b": "the other, the larger digest",
    "similarity": "estimated share of common runs of four letters; of pictures the correlation of "
    "grey values",
    "objects": "how many",
    "read": "of them, read",
    "read_in_part": "of those read, known to hold more than came out",
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
    **{("statements", name): meaning for name, meaning in _STATEMENT.items()},
    ("entities", "schema"): "what it is, such as `Person`",
    ("entities", "name"): "what the mapping calls it, such as `spouse`",
    ("entities", "row"): "in which it was met first",
    ("entities", "source"): "id of the mapping",
    ("misfits", "row"): "counted from 1; null for a whole column",
    ("misfits", "column"): "counted from 1; null for a whole row",
    ("misfits", "code"): "what does not fit, or why a cell was not read",
    ("misfits", "source"): "id of the mapping",
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
CODES = EXPLANATIONS
