"""The full-text index: a projection on disk that can be deleted and made again.

- One document a passage; its id is the object's digest and the passage's number in the object.
- An object is indexed whole or not at all: its documents enter in one commit, and putting it in
  again first takes the old ones out, so a kill between any two steps costs nothing.
- The tokenizer is registered again each time the index is opened: it is not stored with it.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import tantivy

from muniment.catalog.passages import Passage
from muniment.catalog.query import Query
from muniment.core import Digest, parse_digest
from muniment.text import WORD_PATTERN, fold

_TOKENIZER = "muniment"
_HEAP = 128_000_000  # bytes the writer may hold before it writes a segment


class Found(msgspec.Struct, frozen=True):
    """A passage that matches, and the index's score (BM25, higher is better)."""

    digest: Digest
    number: int
    passage: Passage
    score: float


class Index:
    """The index in one folder. One writer at a time: the case's lock sees to that."""

    def __init__(self, folder: Path) -> None:
        """Open the index, making it where there is none."""
        self._schema = _schema()
        self._borrowed: TemporaryDirectory[str] | None = None
        if (folder / "meta.json").exists():
            self._index = tantivy.Index.open(str(self._place(folder)))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(self._schema, path=str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD_PATTERN)).build()
        self._index.register_tokenizer(_TOKENIZER, analyzer)

    def _place(self, folder: Path) -> Path:
        """The folder itself, or, on a read-only disk, one of links to its files.

        The index library takes a lock file even to read; the links give it a place for that.
        """
        if os.access(folder, os.W_OK):
            return folder
        self._borrowed = TemporaryDirectory(prefix="muniment-index-")
        for path in folder.iterdir():
            if not path.name.endswith(".lock"):
                (Path(self._borrowed.name) / path.name).symlink_to(path.resolve())
        return Path(self._borrowed.name)

    def put(self, objects: Iterable[tuple[Digest, Iterable[Passage]]]) -> int:
        """Index these objects anew, in one commit; returns how many passages went in."""
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        count = 0
        for digest, found in objects:
            writer.delete_documents_by_term("object", digest.hex)
            for number, passage in enumerate(found):
                writer.add_document(
                    tantivy.Document.from_dict(_document(digest, number, passage), self._schema)
                )
                count += 1
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return count

    def search(self, query: Query, limit: int) -> Iterator[Found]:
        """The best matches, best first, equal scores in the order of their ids."""
        self._index.reload()
        searcher = self._index.searcher()
        for score, address in searcher.search(self._query(query), limit=limit).hits:
            digest, number, passage = _stored(searcher.doc(address).to_dict())
            yield Found(digest, number, passage, float(score))

    def documents(self) -> Iterator[tuple[Digest, int, Passage]]:
        """Everything in the index, in no promised order."""
        self._index.reload()
        searcher = self._index.searcher()
        every = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs))
        for _, address in every.hits:
            yield _stored(searcher.doc(address).to_dict())

    def _query(self, query: Query) -> tantivy.Query:
        musts = []
        for term in query.terms:
            if len(term) == 1:
                one = tantivy.Query.term_query(self._schema, "body", term[0])
            else:
                one = tantivy.Query.phrase_query(self._schema, "body", list(term))
            musts.append((tantivy.Occur.Must, one))
        return tantivy.Query.boolean_query(musts)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("object", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("number", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", stored=False, tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_bytes_field("passage", stored=True, indexed=False)
    return builder.build()


def _document(digest: Digest, number: int, passage: Passage) -> dict[str, object]:
    return {
        "object": digest.hex,
        "number": str(number),
        "body": fold(passage.text),
        "passage": msgspec.msgpack.encode(passage),
    }


def _stored(document: dict[str, list[Any]]) -> tuple[Digest, int, Passage]:
    passage = msgspec.msgpack.decode(bytes(document["passage"][0]), type=Passage)
    return parse_digest(str(document["object"][0])), int(str(document["number"][0])), passage
