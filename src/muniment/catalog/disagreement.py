"""Whether a file's name promises another type than its bytes are.

- A name is a hint and never decides anything; a disagreement is worth a person's look, because
  it is how things are hidden and how mistakes are made.
- Only endings whose types are plain are judged; an unknown ending says nothing.
"""

from muniment.catalog.extensions import promised_types

_NOTHING = ("application/x-empty", "")  # no bytes, or not looked at yet: no disagreement
_UNKNOWN = "application/octet-stream"


def disagreement(name: str, media_type: str) -> str | None:
    """A sentence where the ending of `name` promises another type than `media_type`."""
    promised = promised_types(name)
    if len(promised) == 0 or media_type.startswith(promised) or media_type in _NOTHING:
        return None
    ending = "." + name.rpartition(".")[2].lower()
    found = "of no known type" if media_type == _UNKNOWN else media_type
    return f"the name ends in {ending}, the bytes are {found}"
