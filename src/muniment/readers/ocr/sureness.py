"""How sure an engine is of a line, on one scale: what a confidence means differs between them.

- From 0 at the confidence of a doubtful line to 1 at that of a good one.
"""

_BETWEEN = {"rapidocr": (0.88, 0.96), "tesseract": (0.60, 0.82)}
_OTHER = (0.6, 0.82)


def sureness(source: str, confidence: float) -> float:
    """From 0 to 1; `source` begins with the engine's name, as that of a part does."""
    doubtful, good = _BETWEEN.get(source.split(" ", 1)[0], _OTHER)
    return min(1.0, max(0.0, (confidence - doubtful) / (good - doubtful)))
