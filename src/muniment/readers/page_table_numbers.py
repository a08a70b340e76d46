"""Which texts are figures: what tells the columns of a table from the columns of a book."""

import re
from functools import lru_cache

_FIGURE = re.compile(
    r"[-+±~<>≤≥≈(\[]*\s*[$€£¥₽]?\s*[-+]?\d[\d\s.,'’:/-]*\s*"
    r"([%‰°*†‡)\]]|\([\d\s.,%-]+\)|€|[a-zA-Z]{1,3}|\d)*",
)
_NOTHING = frozenset(("-", "–", "—", "−", ".", "..", "...", "…", ":", "*", "x", "X", "n.a.", "n/a",
                      "N/A", "NA", "nil", "(-)", "(–)", "--", "✓"))  # fmt: skip
_LONGEST = 24
_REMEMBERED = 4_096  # texts: a table's are asked about several times, and many are alike


@lru_cache(_REMEMBERED)
def is_figure(text: str) -> bool:
    """Whether a text is a number, a share, a sum of money, or the mark for none."""
    plain = text.strip()
    if plain in _NOTHING:
        return True
    if plain.endswith((",", ".", ";", ":")):
        return False
    return len(plain) <= _LONGEST and _FIGURE.fullmatch(plain) is not None
