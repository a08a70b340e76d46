"""The embedded engine: a tantivy index in one folder of the case.

- One document a passage; its id is the object's digest and the passage's number in the object.
- Objects enter in one commit, and putting one in again first takes the old one out, so a kill
  between any two steps costs nothing. One writer at a time: the case's lock sees to that.
- The text is split by us and handed over with spaces, so no second way of splitting can differ.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import msgspec
import tantivy

from muniment.catalog.passages import Passage
from muniment.catalog.searching.embedded_query import compiled
from muniment.catalog.searching.engine import (
    EMBEDDED,
    FACETS,
    FORMAT,
    NOT_INSIDE,
    Entry,
    Facet,
    Facts,
    Found,
    Order,
    Results,
    Window,
)
from muniment.catalog.searching.query import Query, without_patterns
from muniment.catalog.searching.words import Words
from muniment.core import Digest, UsageError, parse_digest
from muniment.text import fold, tokens

_HEAP = 128_000_000  # bytes the writer may hold before it writes a segment
_TRIES = 100  # at taking a borrowed folder away
_PAUSE_S = 0.02  # between two of them
_LARGEST_DICTIONARY = 20_000_000  # bytes
_FORMAT_FILE = "muniment.json"
_MOST_VALUES = 200  # of a facet
_MOST_FOLDERS = 5_000  # the tree is shown level by level, so that its lowest must not push it out
_COUNTED = 100  # queries of a state of the index whose facets are remembered
Counting = Callable[[Query], tuple[Facet, ...]]
_ORDERS: dict[Order, tuple[str, tantivy.Order]] = {
    "date": ("first_day", tantivy.Order.Asc),
    "-date": ("last_day", tantivy.Order.Desc),
    "name": ("name", tantivy.Order.Asc),
}


class EmbeddedEngine:
    """The index in one folder."""

    def __init__(self, folder: Path) -> None:
        """Open what is there; an index of another format is left alone until it is cleared."""
        self._folder = folder
        self._schema = _schema()
        self._borrowed: TemporaryDirectory[str] | None = None
        self._opened: tantivy.Index | None = None
        self._lock = Lock()
        self._held: _State | None = None

    @property
    def name(self) -> str:
        """How it is called."""
        return EMBEDDED

    def is_current(self) -> bool:
        """Whether the folder holds an index of this format."""
        try:
            written = msgspec.json.decode((self._folder / _FORMAT_FILE).read_bytes())
        except (OSError, msgspec.DecodeError):
            return False
        return written == {"format": FORMAT} and (self._folder / "meta.json").exists()

    def clear(self) -> None:
        """Leave an empty index of this format; the file that says so is written last."""
        self._opened = self._held = None
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        tantivy.Index(self._schema, path=str(self._folder))
        partial = self._folder / f"{_FORMAT_FILE}.partial"
        partial.write_bytes(msgspec.json.encode({"format": FORMAT}))
        partial.rename(self._folder / _FORMAT_FILE)

    def put(self, entries: Iterable[Entry]) -> int:
        """Index these objects anew, in one commit; returns how many passages went in."""
        writer = self._index().writer(heap_size=_HEAP, num_threads=1)
        count = 0
        for entry in entries:
            writer.delete_documents_by_term("object", entry.digest.hex)
            shared = _shared(entry.digest, entry.facts)
            for number, passage in enumerate(entry.passages):
                document = _document(shared, number, passage)
                writer.add_document(tantivy.Document.from_dict(document, self._schema))
                count += 1
        writer.commit()
        writer.wait_merging_threads()
        self._index().reload()
        return count

    def remove(self, digests: Iterable[Digest]) -> None:
        """Forget these objects."""
        writer = self._index().writer(heap_size=_HEAP, num_threads=1)
        for digest in digests:
            writer.delete_documents_by_term("object", digest.hex)
        writer.commit()
        writer.wait_merging_threads()
        self._index().reload()

    def search(self, query: Query, window: Window) -> Results:
        """The hits of a window, best first, and how many there are in all."""
        state = self._state()
        try:
            return self._answered(state, query, window)
        except ValueError:
            less = Query(without_patterns(query.root))
            if less == query:
                raise UsageError(
                    "a pattern in the query stands for too many words",
                    next_step="write more of its letters, or fewer wildcards",
                ) from None
        results = self._answered(state, less, window)
        return Results(results.total, results.hits, results.facets, (NOT_INSIDE,))

    def _state(self) -> "_State":
        """The index as it is now, taken up again only where somebody has changed it."""
        index = self._index()
        meta = (self._folder / "meta.json").stat()
        stamp = meta.st_ino, meta.st_mtime_ns, meta.st_size
        with self._lock:
            if self._held is None or self._held.stamp != stamp:
                # Looked at before it is taken up: what comes meanwhile is seen the next time.
                index.reload()
                searcher = index.searcher()
                words = Words(searcher, "body", known=self._words_are_few())
                self._held = _State(stamp, searcher, words, self._counting(searcher, words))
            return self._held

    def _counting(self, searcher: tantivy.Searcher, words: Words) -> Counting:
        """Counts facets; the next page of an answer, or another order, has them already."""

        def count(query: Query) -> tuple[Facet, ...]:
            return tuple(_facets(searcher, compiled(query, self._schema, searcher, words)))

        return lru_cache(maxsize=_COUNTED)(count)

    def _words_are_few(self) -> bool:
        """Whether the dictionaries are small enough to be held at once: some 10 bytes a word."""
        sizes = (path.stat().st_size for path in self._folder.glob("*.term"))
        return sum(sizes) <= _LARGEST_DICTIONARY

    def _answered(self, state: "_State", query: Query, window: Window) -> Results:
        searcher = state.searcher
        asked = compiled(query, self._schema, searcher, state.words)
        found = _ranked(searcher, asked, window)
        hits = tuple(_found(searcher, score, address) for score, address in found.hits)
        facets = state.counted(query) if window.facets else ()
        return Results(int(found.count or 0), hits[: window.limit], facets)

    def documents(self) -> Iterator[tuple[Digest, int, Passage]]:
        """Everything in the index, in no promised order."""
        self._index().reload()
        searcher = self._index().searcher()
        every = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs))
        for _, address in every.hits:
            yield _stored(searcher.doc(address).to_dict())

    def close(self) -> None:
        """Let go of the files."""
        self._opened = self._held = None
        if self._borrowed is not None:
            _remove(self._borrowed)
            self._borrowed = None

    def _index(self) -> tantivy.Index:
        if self._opened is None:
            if not self.is_current():
                raise UsageError(
                    f"{self._folder} holds no index of this version",
                    next_step="`muniment process CASE` makes it again",
                )
            opened = tantivy.Index.open(str(self._place()))
            analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            opened.register_tokenizer("split", analyzer)  # it is not stored with the index
            self._opened = opened
        return self._opened

    def _place(self) -> Path:
        """The folder itself, or, on a read-only disk, one of links to its files.

        The index library takes a lock file even to read; the links give it a place for that.
        """
        if os.access(self._folder, os.W_OK):
            return self._folder
        self._borrowed = TemporaryDirectory(prefix="muniment-index-", ignore_cleanup_errors=True)
        for path in self._folder.iterdir():
            if not path.name.endswith(".lock"):
                (Path(self._borrowed.name) / path.name).symlink_to(path.resolve())
        return Path(self._borrowed.name)


def _remove(folder: TemporaryDirectory[str]) -> None:
    """Take a borrowed folder away; a thread of the library may take its lock there meanwhile.

    Behind the last use of an index, the thread that looks for new segments ends when it wakes.
    """
    for _ in range(_TRIES):
        folder.cleanup()
        if not os.path.exists(folder.name):
            return
        time.sleep(_PAUSE_S)


class _State(msgspec.Struct, frozen=True):
    """One state of the index: what tells it from others, and what asks it."""

    stamp: tuple[int, int, int]
    searcher: tantivy.Searcher
    words: Words
    counted: Counting


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="split", index_option="position")
    builder.add_text_field(
        "object", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_unsigned_field("number", stored=True)
    builder.add_bytes_field("passage", stored=True, indexed=False)
    for name in ("property", "media"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("day", "size"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("first_day", "last_day"):
        builder.add_integer_field(name, fast=True)
    builder.add_text_field("carrier", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _shared(digest: Digest, facts: Facts) -> dict[str, object]:
    """What all passages of an object have in common."""
    values: dict[str, object] = {
        "object": digest.hex,
        "name": fold(facts.name)[:200],
        "type": facts.kind,
        "media": facts.media,
        "state": facts.state,
        "size": facts.size,
        "lang": facts.language,
        "folder": list(facts.folders),
        "sender": list(facts.senders),
        "people": list(facts.people),
        "carrier": list(facts.carriers),
        "date": list(facts.months),
        "day": list(facts.days),
    }
    if len(facts.days) > 0:
        values |= {"first_day": min(facts.days), "last_day": max(facts.days)}
    return values


def _document(shared: dict[str, object], number: int, passage: Passage) -> dict[str, object]:
    return shared | {
        "number": number,
        "body": " ".join(tokens(fold(passage.text))),
        "passage": msgspec.msgpack.encode(passage),
        "sort": passage.sort,
        "property": passage.property,
    }


def _ranked(searcher: tantivy.Searcher, asked: tantivy.Query, window: Window) -> Any:
    limit = max(1, window.limit)
    if window.order == "relevance":
        return searcher.search(asked, limit=limit, offset=window.offset)
    field, order = _ORDERS[window.order]
    return searcher.search(
        asked, limit=limit, offset=window.offset, order_by_field=field, order=order
    )


def _found(searcher: tantivy.Searcher, score: Any, address: tantivy.DocAddress) -> Found:
    digest, number, passage = _stored(searcher.doc(address).to_dict())
    return Found(digest, number, passage, float(score) if isinstance(score, (int, float)) else 0.0)


def _stored(document: dict[str, list[Any]]) -> tuple[Digest, int, Passage]:
    passage = msgspec.msgpack.decode(bytes(document["passage"][0]), type=Passage)
    return parse_digest(str(document["object"][0])), int(document["number"][0]), passage


def _facets(searcher: tantivy.Searcher, asked: tantivy.Query) -> Iterator[Facet]:
    counted = searcher.aggregate(
        asked,
        {
            field: {
                "terms": {
                    "field": field,
                    "size": _MOST_FOLDERS if field == "folder" else _MOST_VALUES,
                    "order": {"_count": "desc"},
                }
            }
            for field in FACETS
        },
    )
    for field in FACETS:
        buckets = counted[field]["buckets"]
        counts = [(str(each["key"]), int(each["doc_count"])) for each in buckets]
        ordered = sorted(counts, key=lambda each: (-each[1], each[0]))
        yield Facet(field, tuple(ordered), int(counted[field]["sum_other_doc_count"]))
