"""A query in tantivy's terms.

- Conditions on fields weigh nothing: only words tell how well a passage matches.
- Another reading of a word weighs a little, so that what is written as asked comes first.
"""

import re
from collections.abc import Sequence

import tantivy

from muniment.catalog.searching.query import (
    All,
    Any,
    Between,
    Holding,
    Is,
    Node,
    Not,
    Phrase,
    Query,
    Run,
    Word,
)
from muniment.catalog.searching.words import Words
from muniment.core import UsageError

_READING_WEIGHT = 0.05
_MOST_OBJECTS = 60_000  # that a field of words may stand for; the library counts 65,000
_MOST_ALTERNATIVES = 100  # of one word of a phrase
_LETTERS = {"*": ".*", "?": "."}
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def compiled(
    query: Query, schema: tantivy.Schema, searcher: tantivy.Searcher, words: Words
) -> tantivy.Query:
    """The query for this index; `words` are those of `searcher`.

    Raises:
        UsageError: a field of words stands for too many objects.
        ValueError: a pattern stands for too much.
    """
    return _Compiler(schema, searcher, words).node(query.root)


class _Compiler:
    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, words: Words) -> None:
        self._schema = schema
        self._searcher = searcher
        self._words = words

    def node(self, node: Node) -> tantivy.Query:
        match node:
            case Phrase():
                return self._phrase(node)
            case Is():
                return _weightless(self._is(node))
            case Between():
                return _weightless(self._between(node))
            case Holding():
                return _weightless(self._holding(node))
            case All():
                return self._all(node)
            case Any():
                return _either([self.node(part) for part in node.parts])
            case Not():
                every = _weightless(tantivy.Query.all_query())
                return tantivy.Query.boolean_query([(_MUST, every), (_NOT, self.node(node.part))])

    def _all(self, node: All) -> tantivy.Query:
        parts = [
            (_NOT, self.node(part.part)) if isinstance(part, Not) else (_MUST, self.node(part))
            for part in node.parts
        ]
        return tantivy.Query.boolean_query(parts)

    def _phrase(self, phrase: Phrase) -> tantivy.Query:
        written = _either([self._run(run) for run in phrase.runs])
        if len(phrase.readings) == 0:
            return written
        other = _either([self._run(reading.run) for reading in phrase.readings])
        return _either([written, tantivy.Query.boost_query(other, _READING_WEIGHT)])

    def _run(self, run: Run) -> tantivy.Query:
        words = list(run.words)
        if any(word.pattern for _, word in words):
            return self._patterns(words)
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, "body", words[0][1].text)
        placed: list[str | tuple[int, str]] = [(place, word.text) for place, word in words]
        return tantivy.Query.phrase_query(self._schema, "body", placed)

    def _patterns(self, words: list[tuple[int, Word]]) -> tantivy.Query:
        if len(words) == 1:
            return self._pattern(words[0][1])
        expressions: list[str | tuple[int, str]] = []
        for place, word in words:
            meant = self._words.meant_by(word.text) if word.pattern else None
            if meant is not None and len(meant) == 0:
                return tantivy.Query.empty_query()
            few = meant is not None and len(meant) <= _MOST_ALTERNATIVES
            expressions.append((place, _one_of(meant or ()) if few else _expression(word)))
        return tantivy.Query.regex_phrase_query(self._schema, "body", expressions)

    def _pattern(self, word: Word) -> tantivy.Query:
        meant = self._words.meant_by(word.text)
        if meant is None:
            return tantivy.Query.regex_query(self._schema, "body", _expression(word))
        if len(meant) == 0:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self._schema, "body", list(meant))

    def _is(self, condition: Is) -> tantivy.Query:
        if condition.prefix:
            patterns = [f"{re.escape(value)}.*" for value in condition.values]
            return _either(
                [tantivy.Query.regex_query(self._schema, condition.field, p) for p in patterns]
            )
        values = list(condition.values)
        if len(values) == 1:
            return tantivy.Query.term_query(self._schema, condition.field, values[0], "basic")
        return tantivy.Query.term_set_query(self._schema, condition.field, values)

    def _between(self, condition: Between) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            condition.field,
            tantivy.FieldType.Integer,
            lower_bound=condition.low,
            upper_bound=condition.high,
        )

    def _holding(self, condition: Holding) -> tantivy.Query:
        """The objects first, then all their passages."""
        properties = self._is(Is("property", condition.properties))
        inner = tantivy.Query.boolean_query(
            [(_MUST, properties), (_MUST, self.node(condition.inner))]
        )
        counted = self._searcher.aggregate(
            inner, {"object": {"terms": {"field": "object", "size": _MOST_OBJECTS}}}
        )["object"]
        if counted["sum_other_doc_count"] > 0:
            raise UsageError(
                f"a field of the query stands for more than {_MOST_OBJECTS:,} files",
                next_step="write more of the name or address",
            )
        digests = [str(bucket["key"]) for bucket in counted["buckets"]]
        if len(digests) == 0:
            return tantivy.Query.empty_query()
        holding = tantivy.Query.term_set_query(self._schema, "object", digests)
        if not condition.carried:
            return holding
        return _either([holding, tantivy.Query.term_set_query(self._schema, "carrier", digests)])


def _expression(word: Word) -> str:
    if not word.pattern:
        return re.escape(word.text)
    return "".join(_LETTERS.get(letter) or re.escape(letter) for letter in word.text)


def _one_of(words: Sequence[str]) -> str:
    return "(" + "|".join(map(re.escape, words)) + ")"


def _either(queries: list[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])


def _weightless(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
