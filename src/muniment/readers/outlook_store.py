"""Outlook stores (.pst, .ost): each message as a record, each attached file with its exact bytes.

    node B-tree ──▶ folders, each with what it announces
                ──▶ messages by parent ──▶ attached files (children), then the record (child)
                ──▶ messages whose folder is not there, marked "recovered"

- A message in a store has no bytes of its own; its record (`mapi_record`) is written here and says
  so (`Relation.RENDERED`). What can be checked is each property of a node, by any other program.
- Announced is what a folder counts (PR_CONTENT_COUNT), what its table lists, or what lies in it,
  whichever is most; what is missing is a Problem at the folder.
- Members are counted in the order in which they come: folders from the root by number, in each the
  messages by number, before each record its files.
- A password of a store is only a checksum that programs are asked to respect; it locks nothing.

Source: [MS-PST] §2.4.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from muniment.core import Child, Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.mapi_names import names_from
from muniment.readers.mapi_property import find, integer_value, text_value
from muniment.readers.mapi_record import record_bytes
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.pst_message import FoundFile, MessageNode, properties_of
from muniment.readers.pst_nodes import DamagedStoreError, Node, NodeStore, layout_of
from muniment.readers.pst_properties import Heap, Names, stored_properties, table_rows
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_ROOT, _STORE, _NAME_MAP = 0x122, 0x21, 0x61
_FOLDER, _SEARCH_FOLDER, _MESSAGE, _ASSOCIATED = 0x02, 0x03, 0x04, 0x08
_FOLDERS = (_FOLDER, _SEARCH_FOLDER)
_CONTENTS, _ASSOCIATED_CONTENTS = 0x0E, 0x0F
_NAME, _COUNT, _ASSOCIATED_COUNT, _CLASS = 0x3001, 0x3602, 0x3617, 0x3613
_PASSWORD = 0x67FF
_CRYPTS = {0: "none", 1: "permutative", 2: "cyclic"}
_MOST_FOLDERS = 100_000
_MOST_NODES = 8_000_000
_BROKEN = (DamagedStoreError, ValueError, IndexError, KeyError)
_PLACES_OF_FILES = (("content type", 0x370E), ("content id", 0x3712), ("method", 0x3705))


class _Folder(msgspec.Struct, frozen=True):
    """A folder: its node, its path from the root, and whether its own folder is there."""

    node: Node
    path: str


class _Tree:
    """All nodes of a store, by number and by parent."""

    def __init__(self, store: NodeStore) -> None:
        self.by_number: dict[int, Node] = {}
        self.below: defaultdict[int, list[Node]] = defaultdict(list)
        for node in store.nodes():
            if len(self.by_number) >= _MOST_NODES:
                raise UnreadableError(f"the store has more than {_MOST_NODES} nodes")
            self.by_number[node.nid] = node
            if node.sort in (*_FOLDERS, _MESSAGE, _ASSOCIATED) and node.parent != node.nid:
                self.below[node.parent].append(node)


class _Reading:
    """A store while it is read."""

    def __init__(self, store: NodeStore, context: Context) -> None:
        self.store = store
        self.context = context
        self.tree = _Tree(store)
        self.names = Names({})
        self.index = 0
        self.paths: dict[str, int] = {}

    def properties(self, nid: int) -> Heap | None:
        """The heap of a node; None where it is not there or damaged."""
        node = self.tree.by_number.get(nid)
        try:
            return None if node is None else Heap(self.store, node)
        except _BROKEN:
            return None


def read_outlook_store(source: Source, context: Context) -> Iterator[Part]:
    """The folders, messages and attached files of a store."""
    layout = layout_of(source.read_at(0, 564))
    if layout is None:
        raise UnreadableError("its version is none that is known")
    reading = _Reading(NodeStore(source, layout), context)
    if len(reading.tree.by_number) == 0:
        raise UnreadableError("no node of it can be found")
    reading.names = _names(reading)
    yield Metadata(Field("version"), "version", str(layout.version))
    yield Metadata(Field("encryption"), "encryption", _CRYPTS.get(layout.crypt, "unknown"))
    yield from _store_properties(reading)
    seen: set[int] = set()
    for folder in _folders(reading):
        seen.add(folder.node.nid)
        yield from _folder(reading, folder)
    yield from _recovered(reading, seen)
    for damage in reading.store.damage:
        yield Problem(Whole(), "store-damaged", damage)


def _names(reading: _Reading) -> Names:
    heap = reading.properties(_NAME_MAP)
    if heap is None:
        return Names({})
    try:
        streams = {
            item.id: heap.bytes_of(item.hnid)
            for item in stored_properties(heap)
            if item.id in (2, 3, 4)
        }
    except _BROKEN:
        return Names({})
    return Names(names_from(*(streams.get(number, b"") for number in (2, 3, 4))))


def _store_properties(reading: _Reading) -> Iterator[Part]:
    heap = reading.properties(_STORE)
    if heap is None:
        yield Problem(Whole(), "store-damaged", "the properties of the store cannot be read")
        return
    for item in properties_of(heap, reading.names)[0]:
        yield Metadata(Field(item.name), item.name, item.written)
        if item.id == _PASSWORD and item.value not in (0, None):
            message = "the store asks programs for a password; its contents are not encrypted by it"
            yield Problem(Field(item.name), "password-not-needed", message)


def _folders(reading: _Reading) -> Iterator[_Folder]:
    """The folders from the root, each before those inside it, in the order of their numbers."""
    root = reading.tree.by_number.get(_ROOT)
    orphans = [
        node
        for nid, node in sorted(reading.tree.by_number.items())
        if node.sort in _FOLDERS and node.parent not in reading.tree.by_number
    ]
    pending = [_Folder(node, _named(reading, node, "/recovered")) for node in reversed(orphans)]
    if root is not None:
        pending.append(_Folder(root, "/"))
    seen: set[int] = set()
    while len(pending) > 0 and len(seen) < _MOST_FOLDERS:
        folder = pending.pop()
        if folder.node.nid in seen:
            continue
        seen.add(folder.node.nid)
        yield folder
        below = [n for n in reading.tree.below[folder.node.nid] if n.sort in _FOLDERS]
        base = folder.path.rstrip("/")
        pending.extend(_Folder(node, _named(reading, node, base)) for node in reversed(below))


def _named(reading: _Reading, node: Node, base: str) -> str:
    heap = reading.properties(node.nid)
    known = [] if heap is None else properties_of(heap, reading.names)[0]
    name = text_value(known, _NAME).replace("/", "\u2215")
    return f"{base}/{name or f'folder {node.nid:x}'}"


def _folder(reading: _Reading, folder: _Folder) -> Iterator[Part]:
    """What a folder says of itself, and all that lies in it."""
    reading.paths[folder.path] = reading.paths.get(folder.path, 0) + 1
    place = Field(folder.path, reading.paths[folder.path])
    kind = "search folder" if folder.node.sort == _SEARCH_FOLDER else "folder"
    yield Metadata(place, kind, folder.path)
    heap = reading.properties(folder.node.nid)
    if heap is None:
        yield Problem(place, "store-damaged", "the properties of a folder cannot be read")
    known = [] if heap is None else properties_of(heap, reading.names)[0]
    for item in known:
        if item.id in (_COUNT, _ASSOCIATED_COUNT, _CLASS):
            yield Metadata(place, item.name, item.written)
    inside = reading.tree.below[folder.node.nid]
    for sort, table, count, marks in (
        (_MESSAGE, _CONTENTS, _COUNT, ()),
        (_ASSOCIATED, _ASSOCIATED_CONTENTS, _ASSOCIATED_COUNT, (("associated", "yes"),)),
    ):
        nodes = [node for node in inside if node.sort == sort]
        listed = _rows(reading, folder.node.nid & ~0x1F | table)
        # Counts of associated items include what programs keep elsewhere; what is listed counts.
        stated = integer_value(known, count) or 0 if sort == _MESSAGE else 0
        announced = max(stated, listed, len(nodes))
        if announced > 0:
            yield Tally(place, "messages", announced)
        if announced > len(nodes):
            message = f"{announced} messages are announced, {len(nodes)} are there"
            yield Problem(place, "members-missing", message)
        for node in nodes:
            yield from _message(reading, node, folder.path, marks)


def _rows(reading: _Reading, nid: int) -> int:
    """How many rows the table of a folder's contents has."""
    heap = reading.properties(nid)
    try:
        return 0 if heap is None else sum(1 for _ in table_rows(heap))
    except _BROKEN:
        return 0


def _recovered(reading: _Reading, seen: set[int]) -> Iterator[Part]:
    """Messages that lie in no folder that was found."""
    lost = [
        node
        for parent in sorted(reading.tree.below)
        if parent not in seen
        for node in reading.tree.below[parent]
        if node.sort in (_MESSAGE, _ASSOCIATED)
    ]
    if len(lost) > 0:
        yield Tally(Field("/recovered"), "messages", len(lost))
    for node in lost:
        yield from _message(reading, node, "/recovered", (("recovered", "its folder is gone"),))


def _message(
    reading: _Reading, node: Node, path: str, marks: tuple[tuple[str, str], ...]
) -> Iterator[Part]:
    """The files of a message and its record."""
    try:
        message = MessageNode(reading.store, node, reading.names)
    except _BROKEN as why:
        yield Problem(Member(reading.index), "member-damaged", f"message {node.nid:x}: {why}")
        reading.index += 1
        return
    announced = message.announced
    if announced > 0:
        yield Tally(Member(reading.index), "attachments", announced)
    for file in message.files:
        yield from _file(reading, node, path, file)
    if announced > len(message.files):
        missing = f"{announced} attachments are announced, {len(message.files)} are there"
        yield Problem(Member(reading.index), "members-missing", missing)
    record = message.record()
    stated = (
        ("folder", path),
        ("node", str(node.nid)),
        *marks,
        ("written here", "record of MAPI properties, version 1"),
    )
    entry = Entry(
        Member(reading.index), reading.index, Relation.RENDERED, b"", message.subject, stated
    )
    reading.index += 1
    yield child_or_problem(reading.context.children, entry, (record_bytes(record),))


def _file(reading: _Reading, node: Node, path: str, file: FoundFile) -> Iterator[Part]:
    stated = [("folder", path), ("message node", str(node.nid)), ("attachment", file.number)]
    for label, number in _PLACES_OF_FILES:
        found = find(file.properties, number)
        if found is not None:
            stated.append((label, found.written))
    entry = Entry(
        Member(reading.index),
        reading.index,
        Relation.ATTACHMENT,
        file.raw_name,
        file.name,
        tuple(stated),
    )
    reading.index += 1
    part = child_or_problem(reading.context.children, entry, file.content())
    if isinstance(part, Child):
        file.keep(part.digest.hex, part.size)
    yield part


OUTLOOK_STORE = Reader(
    name="outlook-store",
    version=1,
    media_types=("application/vnd.ms-outlook-pst",),
    read=read_outlook_store,
)
