"""What invented people and places are called, language by language; nobody here exists.

`vocabulary.txt` has one paragraph a language and one line a kind: `kind: value; value; value`. In
sentences `{y}` stands for years and `{m}` for months; in addresses `{p}` for a place and `{n}` for
a number.
"""

from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("vocabulary.txt")


@cache
def vocabulary(language: str) -> dict[str, tuple[str, ...]]:
    """Values by kind."""
    paragraph = WORDS.read_text(encoding="utf-8").split(f"[{language}]\n", 1)[1].split("\n[", 1)[0]
    lines = (line.partition(":") for line in paragraph.strip().splitlines())
    return {kind: tuple(v.strip() for v in values.split(";")) for kind, _, values in lines}
