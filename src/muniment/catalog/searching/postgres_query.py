"""A query in PostgreSQL's terms: a condition on passages and their objects.

- A phrase is a tsquery of our own tokens with exact distances; in a crowded passage, an expression
  over its tokens. Patterns are looked up among the words first, and their number is bounded.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, and_, cast, exists, false, func, literal, not_, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import String

from muniment.catalog.searching.postgres_tables import Tables
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
from muniment.core import UsageError

_MOST_WORDS = 5_000  # that one pattern may stand for
_LENGTH_COUNTS = 1  # ts_rank: longer passages weigh less, by the logarithm of their length

Condition = ColumnElement[bool]


class Compiler:
    """Compiles one query; patterns are looked up through the connection."""

    def __init__(self, tables: Tables, connection: Connection) -> None:
        self._tables = tables
        self._connection = connection
        self._known: dict[str, tuple[str, ...]] = {}

    def node(self, node: Node) -> Condition:
        """The condition that a part of the query states.

        Raises:
            UsageError: a pattern stands for too many words.
        """
        match node:
            case Phrase():
                return self._phrase(node)
            case Is():
                return self._is(node)
            case Between():
                return self._between(node)
            case Holding():
                return self._holding(node)
            case All():
                return and_(true(), *(self.node(part) for part in node.parts))
            case Any():
                return or_(false(), *(self.node(part) for part in node.parts))
            case Not():
                return not_(self.node(node.part))

    def rank(self, query: Query, *, weighed: bool) -> ColumnElement[float]:
        """How well a passage matches; 0 where nothing is weighed."""
        asked = [
            written
            for phrase in wanted(query.root)
            for run in _runs(phrase)
            if (written := self._as_tsquery(run)) is not None
        ]
        if not weighed or len(asked) == 0:
            return literal(0.0)
        body = self._tables.passages.c.body
        return func.ts_rank(body, cast(" | ".join(asked), TSQUERY), _LENGTH_COUNTS)

    def _phrase(self, phrase: Phrase) -> Condition:
        passages = self._tables.passages
        runs = [(run, self._as_tsquery(run)) for run in _runs(phrase)]
        possible = [(run, written) for run, written in runs if written is not None]
        if len(possible) == 0:
            return false()
        whole = passages.c.body.bool_op("@@")(
            cast(" | ".join(each for _, each in possible), TSQUERY)
        )
        long = [run for run, _ in possible if len(run.words) > 1]
        if len(long) == 0:
            return whole
        expression = "|".join(self._as_expression(run) for run in long)
        crowded = and_(passages.c.crowded.is_not(None), passages.c.crowded.bool_op("~")(expression))
        return or_(whole, crowded)

    def _as_tsquery(self, run: Run) -> str | None:
        """A run as a tsquery; None where a pattern in it stands for no word at all."""
        written, before = "", 0
        for place, word in run.words:
            fitting = self._words(word)
            if len(fitting) == 0:
                return None
            either = " | ".join(lexeme(each) for each in fitting)
            either = f"({either})" if len(fitting) > 1 else either
            written = either if written == "" else f"{written} <{place - before}> {either}"
            before = place
        return f"({written})"

    def _as_expression(self, run: Run) -> str:
        """A run as an expression over tokens with spaces around them."""
        written, before = "", -1
        for place, word in run.words:
            gap = place - before - 1
            between = "" if gap == 0 else f"([^ ]+ ){{{gap}}}"
            letters = "".join(_LETTERS.get(each) or re.escape(each) for each in word.text)
            written += between + (letters if word.pattern else re.escape(word.text)) + " "
            before = place
        return f"( {written})"

    def _words(self, word: Word) -> tuple[str, ...]:
        """The word itself, or those that its pattern stands for."""
        if not word.pattern:
            return (word.text,)
        if word.text not in self._known:
            column = self._tables.words.c.word
            like = word.text.replace("*", "%").replace("?", "_")
            found = select(column).where(column.like(like)).order_by(column)
            words = tuple(self._connection.scalars(found.limit(_MOST_WORDS + 1)))
            if len(words) > _MOST_WORDS:
                raise UsageError(
                    f"the pattern {word.text} stands for more than {_MOST_WORDS:,} words",
                    next_step="write more of its letters",
                )
            self._known[word.text] = words
        return self._known[word.text]

    def _is(self, condition: Is) -> Condition:
        values = list(condition.values)
        held = self._tables.array(condition.field)
        if held is not None:
            return held.bool_op("&&")(cast(values, ARRAY(String)))
        column = self._tables.scalar(condition.field)
        if condition.prefix:
            return or_(*(column.startswith(value, autoescape=True) for value in values))
        return column.in_(values)

    def _between(self, condition: Between) -> Condition:
        objects = self._tables.objects
        if condition.field == "day":
            days = func.unnest(objects.c.days).table_valued("day").render_derived()
            return exists(select(1).select_from(days).where(*_within(days.c.day, condition)))
        return and_(true(), *_within(objects.c[condition.field], condition))

    def _holding(self, condition: Holding) -> Condition:
        passages = self._tables.passages.alias("holding")
        inner = Compiler(self._tables.with_passages(passages), self._connection)
        held = select(passages.c.object).where(
            passages.c.property.in_(condition.properties), inner.node(condition.inner)
        )
        own = self._tables.passages.c.object.in_(held)
        if not condition.carried:
            return own
        carriers = self._tables.objects.c.carriers
        return or_(own, carriers.bool_op("&&")(func.array(held.scalar_subquery())))


_LETTERS = {"*": "[^ ]*", "?": "[^ ]"}


def _within(column: ColumnElement[int], condition: Between) -> Iterator[Condition]:
    if condition.low is not None:
        yield column >= condition.low
    if condition.high is not None:
        yield column <= condition.high


def _runs(phrase: Phrase) -> Iterator[Run]:
    yield from phrase.runs
    for reading in phrase.readings:
        yield reading.run


def lexeme(token: str) -> str:
    """A token as a lexeme of a tsvector or a tsquery."""
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def wanted(node: Node) -> Iterator[Phrase]:
    """The phrases by which a passage itself is weighed."""
    match node:
        case Phrase():
            yield node
        case All() | Any():
            for part in node.parts:
                yield from wanted(part)
        case _:
            return


def only_as_written(query: Query) -> Query:
    """The query without other readings."""
    return Query(_as_written(query.root))


def _as_written(node: Node) -> Node:
    match node:
        case Phrase():
            return Phrase(node.runs)
        case All() | Any():
            return type(node)(tuple(_as_written(part) for part in node.parts))
        case _:
            return node
