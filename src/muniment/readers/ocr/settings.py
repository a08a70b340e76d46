"""What is read with which languages, and what of it is at hand on this machine.

- Settings are a decision: they are written into the journal, and a rebuild uses them again.
- A language whose model is not installed is named as missing; nothing is put in its place.
"""

from typing import TYPE_CHECKING

import msgspec

from muniment.core import UsageError
from muniment.readers.ocr.languages import BY_CODE

if TYPE_CHECKING:
    from muniment.readers.ocr.engine import Engine

_STEP = "codes are those of Tesseract's models, joined by '+', such as rus+uig; or `auto`, or `off`"


class OcrSettings(msgspec.Struct, frozen=True):
    """The languages that may be tried on a page, sorted, and the versions of the engines."""

    languages: tuple[str, ...]
    engines: tuple[str, ...]

    @property
    def name(self) -> str:
        """The languages in one word; pages read under another name are read anew."""
        return "+".join(self.languages)


def available_settings() -> OcrSettings:
    """Every language that can be read on this machine."""
    known = {code for engine in _made() for code in engine.languages() if code in BY_CODE}
    return OcrSettings(tuple(sorted(known)), _engines())


def settings_of(languages: str) -> OcrSettings:
    """The settings that a person asked for: codes joined by `+`, or `auto`.

    Raises:
        UsageError: a code is none that is known here.
    """
    if languages == "auto":
        return available_settings()
    codes = tuple(sorted({code.strip() for code in languages.split("+")}))
    unknown = [code for code in codes if code not in BY_CODE]
    if len(unknown) > 0:
        raise UsageError(
            f"no language is known as {', '.join(map(repr, unknown))}", next_step=_STEP
        )
    return OcrSettings(codes, _engines())


def missing_languages(settings: OcrSettings) -> tuple[str, ...]:
    """The languages of these settings that no engine on this machine can read."""
    at_hand = set(available_settings().languages)
    return tuple(code for code in settings.languages if code not in at_hand)


def _engines() -> tuple[str, ...]:
    return tuple(f"{engine.name} {engine.version}" for engine in _made())


def _made() -> "tuple[Engine, ...]":
    # Heavy: numbers and pictures, which only this room needs.
    from muniment.readers.ocr.engines import ENGINES  # noqa: PLC0415

    return tuple(make() for make in ENGINES)
