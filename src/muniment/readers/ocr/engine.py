"""What an engine for reading letters off pictures is: a name, a version, languages, one method.

- The same picture, regions and languages give the same lines, on every machine with the same
  engine and the same models.
- One line for each region, in the order of the regions; one without text where nothing in its
  region is legible. Confidence is from 0 to 1.
- Whatever the pixels are, `read` raises nothing but MemoryError. Engines load their models when
  they are first needed, and keep them.
- An engine starts no program and opens nothing but its own models.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from muniment.readers.ocr.regions import Grey, Line, Region


class Engine(ABC):
    """One way of reading letters off pictures."""

    name: str

    @property
    @abstractmethod
    def version(self) -> str:
        """The version of the engine, without its name."""

    @abstractmethod
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages it can read here (those of Tesseract's models), sorted."""

    @abstractmethod
    def read(
        self, picture: Grey, regions: Sequence[Region], languages: Sequence[str]
    ) -> tuple[Line, ...]:
        """What stands in each of these regions, read as these languages."""
