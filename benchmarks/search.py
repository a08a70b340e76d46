"""Search: what our index costs beside the bare library's, and how long an answer takes.

    python benchmarks/search.py [PASSAGES] [LATENCY]

Makes PASSAGES (default 100,000) of half Chinese, half Latin writing, words and characters as common
as Zipf's law has it, and indexes them twice: with tantivy alone (an id, the text stored, the same
tokens), and with our engine (places, facts, facets). Prints the ratios of CPU seconds and of bytes.
Then makes LATENCY passages (default 1,000,000) and prints the 50th and 95th percentile of answers
of each sort of query, in CPU milliseconds, without and with facets, one asker at a time.
"""

import random
import resource
import shutil
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import tantivy

from muniment.catalog import Entry, Facts, Window, parse_query
from muniment.catalog.passages import Passage, Piece
from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.core import Chars, Digest
from muniment.text import fold, tokens

_WORDS, _HAN = 60_000, 6_000
_OBJECT = 200  # passages of one object
_PUT = 100  # objects a commit


class Writing:
    """Words and characters, drawn as often as Zipf's law has it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self.words = ["".join(self.chance.choices(letters, k=2 + n % 9)) for n in range(_WORDS)]
        self.han = [chr(0x4E00 + n * 3) for n in range(_HAN)]
        self.word_weights = list(accumulate(1 / (n + 8) for n in range(_WORDS)))
        self.han_weights = list(accumulate(1 / (n + 30) for n in range(_HAN)))

    def word(self) -> str:
        at = bisect(self.word_weights, self.chance.random() * self.word_weights[-1])
        return self.words[min(at, _WORDS - 1)]

    def character(self) -> str:
        at = bisect(self.han_weights, self.chance.random() * self.han_weights[-1])
        return self.han[min(at, _HAN - 1)]

    def passage(self) -> str:
        length = int(self.chance.lognormvariate(3.6, 0.7)) + 3
        if self.chance.random() < 0.5:
            written = self.chance.choices(self.han, cum_weights=self.han_weights, k=2 * length)
            for place in range(9, len(written), 12):
                written[place] += "，"
            return "".join(written) + "。"
        return " ".join(self.chance.choices(self.words, cum_weights=self.word_weights, k=length))


def objects(count: int, seed: int) -> Iterator[tuple[Digest, Facts, list[str]]]:
    """So many passages, in objects, with what is known of each."""
    writing = Writing(seed)
    kinds, languages = ("document", "mail", "spreadsheet", "PDF", "text"), ("zh", "en", "ug", "ru")
    for number in range(count // _OBJECT):
        chance = writing.chance
        folder = f"disk/{number % 7}"
        facts = Facts(
            name=f"file {number}.doc",
            kind=chance.choice(kinds),
            media="application/msword",
            state="read",
            size=chance.randrange(10**7),
            language=chance.choice(languages),
            folders=("disk", folder, f"{folder}/{number % 97}"),
            days=(20_170_000 + chance.randrange(1, 13) * 100 + chance.randrange(1, 29),),
            senders=(f"p{chance.randrange(500)}@example.invalid",),
            people=(f"P {chance.randrange(500)}", f"P {chance.randrange(500)}"),
        )
        digest = Digest(number.to_bytes(32, "big"))
        yield digest, facts, [writing.passage() for _ in range(_OBJECT)]


def bare(folder: Path, count: int) -> float:
    """CPU seconds of the library alone."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("text", stored=True, indexed=False)
    builder.add_text_field("body", tokenizer_name="split", index_option="position")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    split = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("split", split)
    spent, waiting = 0.0, []
    for digest, _, texts in objects(count, 1):
        waiting.append((digest, texts))
        if len(waiting) < _PUT:
            continue
        begun = time.process_time()
        writer = index.writer(heap_size=128_000_000, num_threads=1)
        for each, held in waiting:
            for number, text in enumerate(held):
                fields = {
                    "id": f"{each.hex}/{number}",
                    "text": text.encode(),
                    "body": " ".join(tokens(fold(text))),
                }
                writer.add_document(tantivy.Document.from_dict(fields, schema))
        writer.commit()
        writer.wait_merging_threads()
        spent += time.process_time() - begun
        waiting = []
    return spent


def ours(folder: Path, count: int) -> tuple[EmbeddedEngine, float]:
    """Our engine, filled, and the CPU seconds it took."""
    engine = EmbeddedEngine(folder)
    engine.clear()
    spent, waiting = 0.0, []
    for digest, facts, texts in objects(count, 1):
        held = [
            Passage(text, (Piece(0, len(text), Chars(0, len(text))),), "text") for text in texts
        ]
        waiting.append(Entry(digest, facts, held))
        if len(waiting) < _PUT:
            continue
        begun = time.process_time()
        engine.put(waiting)
        spent += time.process_time() - begun
        waiting = []
    return engine, spent


def size(folder: Path) -> int:
    """Bytes of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def asked(writing: Writing) -> dict[str, Callable[[], str]]:
    """Sorts of queries."""
    word, han = writing.word, writing.character
    return {
        "a word": word,
        "two words": lambda: f"{word()} {word()}",
        "a phrase": lambda: f'"{word()} {word()}"',
        "one character": han,
        "two characters": lambda: han() + han(),
        "ten characters": lambda: "".join(han() for _ in range(10)),
        "word or word, not a third": lambda: f"({word()} OR {word()}) -{word()}",
        'near ("a b"~5)': lambda: f'"{word()} {word()}"~5',
        "the beginning of a word": lambda: f"{word()[:4].ljust(3, 'e')}*",
        "the end of a word": lambda: f"*{word()[-4:].rjust(3, 'e')}",
        "a word in a range of dates": lambda: f"{word()} date:2017-03..2017-06",
        "a word in a kind and folder": lambda: f'{word()} type:mail folder:"disk/3"',
    }


def percentiles(engine: EmbeddedEngine, make: Callable[[], str], *, facets: bool) -> str:
    """The 50th and 95th percentile, in CPU milliseconds: what an idle machine would take."""
    seen = []
    for _ in range(200):
        query = parse_query(make())
        engine._state().counted.cache_clear()  # noqa: SLF001 - each is asked for the first time
        begun = time.process_time()
        engine.search(query, Window(0, 20, facets=facets))
        seen.append((time.process_time() - begun) * 1_000)
    seen.sort()
    return f"{seen[100]:>8.1f} {seen[190]:>8.1f}"


def main() -> None:
    """Measure costs, then answers."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    large = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    scratch = Path(tempfile.mkdtemp(prefix="muniment-bench-"))
    try:
        (scratch / "bare").mkdir()
        alone = bare(scratch / "bare", count)
        _, spent = ours(scratch / "ours", count)
        sizes = size(scratch / "ours"), size(scratch / "bare")
        print(f"{count:,} passages: tantivy alone {alone:.1f} CPU s, {sizes[1] / 1e6:.1f} MB")
        print(f"{'':>18} ours {spent:.1f} CPU s (x{spent / alone:.2f}), {sizes[0] / 1e6:.1f} MB "
              f"(x{sizes[0] / sizes[1]:.2f})", flush=True)  # fmt: skip
        if large == 0:
            return
        engine, spent = ours(scratch / "large", large)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{large:,} passages: {spent:.0f} CPU s, {size(scratch / 'large') / 1e6:.0f} MB, "
              f"peak memory {peak} MB", flush=True)  # fmt: skip
        print(f"{'CPU milliseconds':<30} {'p50':>8} {'p95':>8} {'p50':>8} {'p95':>8} (with facets)")
        for sort, make in asked(Writing(2)).items():
            plain = percentiles(engine, make, facets=False)
            print(f"{sort:<30} {plain} {percentiles(engine, make, facets=True)}", flush=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
