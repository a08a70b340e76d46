"""Why a file gives nothing: said beside an empty answer, so that it is not taken for silence."""

from muniment.app.show import hint, plain
from muniment.catalog import reading_of
from muniment.core import Digest, State
from muniment.vault import Case


def say_why_empty(case: Case, digest: Digest) -> None:
    """Say what kept an object from being read, if anything did."""
    found = reading_of(case, digest)
    if found is None:
        hint(f"note: {digest.hex[:16]}… has not been read: `muniment process CASE`")
    elif found.state is not State.READ and found.reason != "":
        hint(f"note: this file is {found.state.value}: {plain(found.reason)}")
