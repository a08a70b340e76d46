"""Files that leave the room through the browser: their names, and heads that say what they are."""

import re
from urllib.parse import quote

_UNSAFE = re.compile(r"[^\w.() -]+")
_LONGEST = 80  # letters


def attachment(name: str, ending: str) -> dict[str, str]:
    """The headers of a file to be saved under a name made of `name`, which a source may state.

    RFC 6266: a plain name for old programs, and the whole one in UTF-8.
    """
    kept = _UNSAFE.sub("_", name).strip(" ._")[:_LONGEST] or "table"
    whole = f"{kept}.{ending}"
    plain = whole.encode("ascii", "replace").decode().replace("?", "_")
    return {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole)}"
    }
