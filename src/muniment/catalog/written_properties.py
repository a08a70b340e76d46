"""Which properties of a file a person wrote for people: its title, a caption, who made it.

- Known by the last word of the property's name, whatever writes it: `title`, `dc:title`,
  `XMP dc:title[x-default]`, `IPTC 2:120 caption`, `EXIF UserComment`, `General Title`.
- What programs write of themselves and of colours, and properties inside of properties, are none.
  A PDF's `Creator` is a program; its `Author` is the person.
"""

import re

_WORDS = frozenset(
    (
        *("title", "subject", "keywords", "keyword", "tags", "description", "abstract"),
        *("caption", "caption-abstract", "headline", "object name", "comment", "comments"),
        *("usercomment", "imagedescription", "xptitle", "xpcomment", "xpauthor", "xpkeywords"),
        *("xpsubject", "artist", "performer", "author", "creator", "initial-creator"),
        *("lastmodifiedby", "last-author", "lastauthor", "manager", "company", "category"),
        *("by-line", "credit", "writer-editor", "special instructions", "instructions"),
        *("annotation author", "annotation subject", "comment author", "comment by"),
        *("field caption", "displayed title"),
    )
)
_OUTLOOK = frozenset(
    (
        *("PR_SUBJECT", "PR_TITLE", "PR_COMPANY_NAME", "PR_SENDER_NAME"),
        *("PR_SENDER_EMAIL_ADDRESS", "PR_DISPLAY_TO", "PR_DISPLAY_CC", "PR_DISPLAY_BCC"),
        *("PR_CONVERSATION_TOPIC", "PR_CREATOR_NAME", "PR_LAST_MODIFIER_NAME"),
    )
)
_BY_PROGRAMS = ("ICC ", "PNG icc:", "MakerNote ", "pdf:", "Creator", "pdfx:")
_QUALIFIER = re.compile(r"\[[^\]]*\]$")
_GROUP = re.compile(r"^(?:XMP|EXIF|Image|Thumbnail|PNG|GIF|General|Audio|Video|IPTC \d:\d{2,3}) ")


def is_written_for_people(name: str) -> bool:
    """Whether a property of this name is to be read with the text."""
    if name in _OUTLOOK:
        return True
    if "/" in name or (name.startswith(_BY_PROGRAMS) and name != "pdf:Keywords"):
        return False
    word = _GROUP.sub("", _QUALIFIER.sub("", name)).rpartition(":")[2]
    return word.casefold() in _WORDS
