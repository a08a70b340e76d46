"""What an error of a library says of the file, in words that mean something to people.

- The words are chosen by the error's type and its forebears, never taken from its own text, which
  a source file may have written.
- What is known to be a limit of the reader says so: another copy of the file would not help then.
"""

from collections.abc import Mapping
from types import MappingProxyType

_OF_TYPES: Mapping[str, str] = MappingProxyType(
    {
        # Limits of what reads it.
        "NotImplementedError": "it uses something that is not read here",
        "UnidentifiedImageError": "it is of no picture format that is read here",
        "MemoryError": "it asks for more memory than is allowed",
        "RecursionError": "it is nested deeper than is read here",
        "DecompressionBombError": "it has more pixels than are read here",
        "PanicException": "the library gave up on it",
        # Damage.
        "BadCharactersError": "characters that XML does not allow; the rest is read without them",
        "XMLSyntaxError": "its XML is not well-formed from there on",
        "BadZipFile": "an entry of its package is damaged",
        "PasswordError": "a password is wanted",
        "PdfError": "its objects are damaged",
        "UnicodeDecodeError": "its letters cannot be decoded",
        "EOFError": "it ends too early",
        "IncompleteReadError": "it ends too early",
        "KeyError": "something that it refers to is not in it",
        "LookupError": "something that it refers to is not in it",
        "AttributeError": "a value in it is of another kind than it should be",
        "TypeError": "a value in it is of another kind than it should be",
        "OverflowError": "a number in it is out of range",
        "ZeroDivisionError": "a number in it is out of range",
        "ArithmeticError": "a number in it is out of range",
        "LZMAError": "its packed bytes are damaged",
        "DatabaseError": "its pages are damaged",
        "ValueError": "a value in it is wrong",
        "OSError": "its bytes end too early or are damaged",
        "RuntimeError": "its structure is damaged",
    }
)
# Modules whose errors are called just "error".
_OF_MODULES: Mapping[str, str] = MappingProxyType(
    {
        "zlib": "its packed bytes are damaged",
        "struct": "a record in it is too short",
        "binascii": "its base64 is damaged",
        "csv": "a record in it is too long",
    }
)
_OTHER = "it is damaged in a way that the library does not name"


def said_of(why: BaseException) -> str:
    """What the error means for the file."""
    for kind in type(why).__mro__:
        found = _OF_TYPES.get(kind.__name__) or (
            _OF_MODULES.get(kind.__module__) if kind.__name__.lower() == "error" else None
        )
        if found is not None:
            return found
    return _OTHER
