"""One message of an Outlook store: its properties, recipients, files, and messages inside it.

- A value that cannot be fetched is left out of the record and told in its `troubles`.
- Files are handed out one at a time and stream; once stored they are named in the record.
- Messages inside messages are read to a depth that their sections can be numbered in.

Source: [MS-PST] §2.4.5 and §2.4.6.
"""

from collections.abc import Iterator

from muniment.readers.mail_charset import codec_of
from muniment.readers.mapi_message import DEEPEST
from muniment.readers.mapi_property import (
    OBJECT,
    STRING8,
    Property,
    code_page,
    find,
    integer_value,
    text_value,
)
from muniment.readers.mapi_record import AttachmentRecord, File, MessageRecord, Record, rows_of
from muniment.readers.members import DamagedError
from muniment.readers.pst_nodes import DamagedStoreError, Node, NodeStore
from muniment.readers.pst_properties import (
    Heap,
    Names,
    Stored,
    cell_property,
    property_of,
    stored_properties,
    table_rows,
)

_ATTACHMENT = 0x05
_RECIPIENTS, _ATTACHMENTS = 0x692, 0x671
_CONTENT, _METHOD, _SUBJECT = 0x3701, 0x3705, 0x0037
_EMBEDDED = 5
_NAMES = (0x3707, 0x3704, 0x3001)
_PAGES = (0x3FFD, 0x3FDE)
_REFERENCES = (2, 3, 4, 7)
_MOST_RECIPIENTS = 100_000
_BROKEN = (DamagedStoreError, ValueError, IndexError, KeyError)


def properties_of(heap: Heap, names: Names) -> tuple[list[Property], list[str]]:
    """The properties that can be read, without the content of files, and what cannot."""
    found, lost = [], []
    try:
        stored = stored_properties(heap)
    except _BROKEN as why:
        return [], [str(why)]
    for item in stored:
        if item.id == _CONTENT or item.type == OBJECT:
            continue
        try:
            found.append(_plain_subject(property_of(heap, item, names)))
        except _BROKEN as why:
            lost.append(f"property {item.id:04X}{item.type:04X}: {why}")
    return found, lost


def _plain_subject(item: Property) -> Property:
    """A subject without the two characters that say how long its prefix is (§2.5.3.1.1.1)."""
    if item.id == _SUBJECT and isinstance(item.value, str) and item.value[:1] == "\x01":
        return Property(item.id, item.type, item.name, item.value[2:])
    return item


class FoundFile:
    """An attached file, and after it was stored, its digest."""

    def __init__(
        self, heap: Heap, number: str, properties: list[Property], charset: str | None
    ) -> None:
        self._heap = heap
        self.number = number
        self.properties = properties
        self.stored: File | None = None
        self.name, self.raw_name = _name(properties, charset)

    def content(self) -> Iterator[bytes]:
        """The bytes of the file.

        Raises:
            DamagedError: they are not there.
        """
        try:
            yield from _content(self._heap)
        except _BROKEN as why:
            raise DamagedError("member-damaged", f"an attached file cannot be read: {why}") from why

    def keep(self, sha256: str, size: int) -> None:
        """Note what the file turned out to be."""
        self.stored = File(sha256, size)


def _content(heap: Heap) -> Iterator[bytes]:
    stored = next((item for item in stored_properties(heap) if item.id == _CONTENT), None)
    if stored is None:
        raise DamagedStoreError("the attachment holds nothing")
    if stored.type != OBJECT:
        yield from heap.stream(stored.hnid)
        return
    yield from heap.stream(_object_node(heap, stored))


def _object_node(heap: Heap, stored: Stored) -> int:
    """The subnode that an object property names (§2.3.3.5)."""
    raw = heap.bytes_of(stored.hnid)
    return int.from_bytes(raw[:4], "little")


def _name(properties: list[Property], charset: str | None) -> tuple[str, bytes]:
    found = next((f for n in _NAMES if (f := find(properties, n)) is not None and f.written), None)
    if found is None:
        return "", b""
    stated = charset or "cp1252" if found.type == STRING8 else "utf-16-le"
    try:
        return found.written, found.written.encode(codec_of(stated) or "utf-8")
    except UnicodeError:
        return found.written, found.written.encode("utf-8", "replace")


class MessageNode:
    """A message and what is attached to it.

    Raises:
        DamagedStoreError: its properties cannot be found at all.
    """

    def __init__(
        self, store: NodeStore, node: Node, names: Names, depth: int = 0, at: str = ""
    ) -> None:
        self._store = store
        self._node = node
        self._heap = Heap(store, node)
        self._names = Names(names.named, self._charset() or names.charset)
        self._properties, self._lost = properties_of(self._heap, self._names)
        self.files: list[FoundFile] = []
        self.announced = 0
        self._attachments: list[tuple[list[Property], FoundFile | MessageNode | None]] = []
        self._gather(depth, at)

    @property
    def subject(self) -> str:
        """The subject; empty where there is none."""
        return text_value(self._properties, _SUBJECT)

    def _charset(self) -> str | None:
        pages = {item.id: item.hnid for item in stored_properties(self._heap) if item.id in _PAGES}
        labels = (code_page(pages.get(number)) for number in _PAGES)
        return next((label for label in labels if label is not None), None)

    def _gather(self, depth: int, at: str) -> None:
        nodes = [n for nid, n in sorted(self._heap.subnodes.items()) if n.sort == _ATTACHMENT]
        listed = self._table(_ATTACHMENTS)
        self.announced = max(len(nodes), len(listed))
        for number, node in enumerate(nodes, start=1):
            self._attachment(node, depth, f"{at}.{number}" if at != "" else str(number))

    def _attachment(self, node: Node, depth: int, at: str) -> None:
        try:
            heap = Heap(self._store, node)
        except _BROKEN as why:
            self._lost.append(f"attachment {at}: {why}")
            return
        properties, lost = properties_of(heap, self._names)
        self._lost += [f"attachment {at}, {what}" for what in lost]
        if integer_value(properties, _METHOD) == _EMBEDDED:
            self._embedded(heap, properties, depth, at)
            return
        if integer_value(properties, _METHOD) in _REFERENCES and not _has_content(heap):
            self._lost.append(f"attachment {at} is a reference; the file is not here")
            self.announced = max(0, self.announced - 1)
            self._attachments.append((properties, None))
            return
        file = FoundFile(heap, at, properties, self._names.charset)
        self.files.append(file)
        self._attachments.append((properties, file))

    def _embedded(self, heap: Heap, properties: list[Property], depth: int, at: str) -> None:
        """A message inside: its files are counted with those of the message around it."""
        self.announced = max(0, self.announced - 1)
        inner = None
        try:
            if depth >= DEEPEST:
                raise DamagedStoreError("messages nest deeper than is read")
            stored = next(item for item in stored_properties(heap) if item.id == _CONTENT)
            node = heap.subnodes[_object_node(heap, stored)]
            inner = MessageNode(self._store, node, self._names, depth + 1, at)
        except (*_BROKEN, StopIteration) as why:
            self._lost.append(f"the message in attachment {at} cannot be read: {why}")
        if inner is not None:
            self.files += inner.files
            self.announced += inner.announced
        self._attachments.append((properties, inner))

    def _table(self, nid: int) -> list[list[Property]]:
        """The rows of a table among the subnodes."""
        node = self._heap.subnodes.get(nid)
        if node is None:
            return []
        rows: list[list[Property]] = []
        try:
            heap = Heap(self._store, node)
            for _, cells in table_rows(heap):
                rows.append(self._cells(heap, cells))
                if len(rows) >= _MOST_RECIPIENTS:
                    break
        except _BROKEN as why:
            self._lost.append(f"table {nid:x}: {why}")
        return rows

    def _cells(self, heap: Heap, cells: list[Stored]) -> list[Property]:
        found = []
        for cell in cells:
            try:
                found.append(cell_property(heap, cell, self._names))
            except _BROKEN as why:
                self._lost.append(f"a cell {cell.id:04X}: {why}")
        return found

    def record(self) -> Record:
        """The record of the message, with the files that were stored."""
        inner = self._record()
        return Record(
            inner.node, inner.properties, inner.recipients, inner.attachments, inner.troubles
        )

    def _record(self) -> MessageRecord:
        recipients = [rows_of(row) for row in self._table(_RECIPIENTS)]
        attachments = []
        for properties, held in self._attachments:
            file = held.stored if isinstance(held, FoundFile) else None
            message = held._record() if isinstance(held, MessageNode) else None  # noqa: SLF001 - of the same class
            attachments.append(AttachmentRecord(rows_of(properties), file, message))
        troubles = [("member-damaged", what) for what in self._lost]
        return MessageRecord(
            self._node.nid, rows_of(self._properties), recipients, attachments, troubles
        )


def _has_content(heap: Heap) -> bool:
    return any(item.id == _CONTENT and item.hnid != 0 for item in stored_properties(heap))
