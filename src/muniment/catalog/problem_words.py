"""What each problem code means, in a sentence: pages and the reference show it.

- Every code that a reader or an intake can give has one; the reference's generator sees to that.
"""

EXPLANATIONS: dict[str, str] = {
    "annotations-left-out": "A page of a PDF has more notes and links than are looked at.",
    "bookmarks-left-out": "A PDF has more bookmarks than are looked at.",
    "border-violation": "What the reader's process sent is not what a reader sends. Nothing it "
    "sent is kept. Treat the file as hostile.",
    "cell-damaged": "A record of a spreadsheet is damaged. It costs that cell; the next is read.",
    "changed-while-copied": "The file changed while it was copied. Take it in again from a medium "
    "that nobody writes to.",
    "crc-mismatch": "An entry of an archive does not have the checksum that the archive states. "
    "What came out of it is kept, marked as damaged.",
    "directory-damaged": "The archive's directory ends early or holds bytes that are no entries.",
    "directory-disagrees": "The archive announces another number of entries than its directory "
    "has.",
    "drawing-not-read": "Of a drawing only what is stated of it is read, and its preview. Lines "
    "and lettering are not: open it in a program for drawings.",
    "empty-folder": "A folder with nothing in it. It is noted because its name may matter.",
    "empty-records": "A table has records without any field.",
    "encoding-guessed": "The file does not say how its letters are encoded; the guess is recorded. "
    "Read some lines before you quote.",
    "exif-damaged": "What the camera wrote into the picture cannot be read.",
    "fields-left-out": "A form has more fields than are looked at.",
    "formulas-not-read": "A binary workbook stores formulas as tokens, and some of them are not "
    "turned into text (arrays, other workbooks). Their values are given.",
    "headers-disagree": "The archive says two things of the bytes of one entry. Such an entry is "
    "left out, never guessed: programs would unpack different files from it.",
    "integrity-mismatch": "An encrypted document does not have the keyed digest that it states: it "
    "was changed, or its writer made a mistake. It is decrypted all the same.",
    "isolation-incomplete": "The file was not read because this system lacks a protection that the "
    "limits demand. `muniment status` says which.",
    "leading-bytes": "Bytes stand before the archive begins. They are not read.",
    "log-elsewhere": "A database was written with a log beside it, which is another file and may "
    "hold the last changes. Look for a file with the same name and `-wal` behind it.",
    "macros-damaged": "A macro project, or a module of one, cannot be unpacked.",
    "mail-defect": "A message is malformed; what could be read of it was.",
    "member-damaged": "An entry of an archive or a packed stream cannot be unpacked to its end. "
    "What came out before the damage is kept, marked as damaged.",
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
    "row-beyond": "A row has a number that no spreadsheet program shows. Its cells stand there all "
    "the same.",
    "too-many-records": "A pivot table keeps more records than are read.",
    "output-limit": "The file yields more than the limits allow; what came before is kept.",
    "page-damaged": "A page of a PDF cannot be opened, or states a size that no page can have. In "
    "the second case it is read as one of 612 by 792 points.",
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
    "size-mismatch": "An entry unpacks to another size than its archive states.",
    "slides-unknown": "Which slides of a presentation are current cannot be found; every text in "
    "it is given.",
    "string-missing": "A cell names a text that the workbook does not have.",
    "structure-damaged": "What hangs on a PDF (properties, notes, fields, files) cannot be "
    "read in full; its pages may be.",
    "table-damaged": "Rows of a database's table cannot be read; those around them stand.",
    "text-unusable": "The letters of a page's text have no meaning as stored. Read it off its "
    "picture.",
    "text-missing": "The text ends before what the file announces, or inside something it began.",
    "timeout": "Reading took longer than the limits allow; what came before is kept.",
    "too-many-pages": "A document has more pages than the limits allow; those before were read.",
    "too-many-pixels": "A picture is larger than the limits allow.",
    "structure-unread": "A picture is so large that how its file is built was not looked at.",
    "trailing-bytes": "Bytes follow the end of a file. Behind a picture, a PDF or a database they "
    "are a file of their own; a tar behind a tar is read; behind other archives and packed streams "
    "they are not read.",
    "total-differs": "A printed total is not the sum of the numbers above it. A row may be "
    "missing, or misread, or the source is wrong.",
    "type-disagrees": "The name says another type than the bytes do, or two detectors disagree.",
    "undecodable-bytes": "Some bytes are not letters in the encoding; they are shown as U+FFFD.",
    "unknown-encryption": "The document is encrypted in a way that is not known here; no password "
    "is tried on it.",
    "unknown-method": "An entry is packed by a method that is not known here.",
    "unlisted-entries": "A zip holds entries that its directory does not list: left behind when "
    "they were replaced or deleted, or hidden. They come out, marked.",
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
    "member-twice": "A record has several members of one name. Each value has a column; programs "
    "show one of them, the first or the last. What reads a nested object takes its last.",
    "members-missing": "A folder or message announces more than is there. Ask for another copy.",
    "message-partial": "A message came in pieces, or without its attachments. Look for the rest.",
    "names-disagree": "An archive gives one entry two names. Its bytes are kept under the name in "
    "the directory; the other is stated beside it. Programs show one or the other.",
    "nested-too-deep": "Messages lie inside messages deeper than is read.",
    "password-not-needed": "A store asks programs for a password that protects nothing; all of it "
    "was read.",
    "store-damaged": "A page of an Outlook store cannot be followed; messages below it may be "
    "missing.",
    "transfer-damaged": "A section of a mail is not whole in its transfer encoding; what could be "
    "had of it was taken.",
    "control-bytes": "A text holds a character that no text has, such as NUL. It is read as text; "
    "the problem says at which byte.",
    "entities-not-expanded": "An XML file declares entities of its own, which may grow without "
    "measure or name other files. None is expanded or fetched; the text is read as written.",
    "reference-beyond": "A cell is placed beyond the last column or row that any spreadsheet "
    "program has. It stands there all the same.",
    "reference-unreadable": "A cell, range or comment is placed where no cell can be. What it "
    "holds is kept under the reference as written.",
    "part-name-twice": "Two parts of a package have one name. The last of them is read, as other "
    "programs do; an archive program takes out the others.",
    "sheet-name-twice": "Two sheets of a workbook have one name. The later one is cited with a "
    "number in brackets.",
    "member-salvaged": "A zip's directory says wrongly where an entry lies or how large it is. It "
    "was found by its own header, and has the checksum that is stated of it.",
    "private-key": "A private key lies in the case without a password. It is neither shown nor "
    "indexed; whoever has it can sign or decrypt as its owner.",
}


def explanation(code: str) -> str:
    """What a problem of that code means; its name where nothing is written of it."""
    return EXPLANATIONS.get(code, code.replace("-", " "))
