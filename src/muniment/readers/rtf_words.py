"""The control words of RTF that matter to a reader of its text, and what each means.

- Destinations that are not named here are skipped where they are marked as ignorable (`*`),
  with all that is in them, as the specification asks of readers.

Source: Rich Text Format Specification 1.9.1; [MS-OXRTFEX] for HTML in RTF.
"""

from collections.abc import Mapping
from types import MappingProxyType

from muniment.core import Role

STORIES: Mapping[bytes, Role] = MappingProxyType(
    dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), Role.HEADER)
    | dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), Role.FOOTER)
    | {b"footnote": Role.NOTE, b"annotation": Role.COMMENT}
    | {b"shptxt": Role.BOX, b"dptxbxtext": Role.BOX}
)
# Text that is not shown as it stands: field instructions, index entries, HTML around the text.
MARKUP = frozenset((b"fldinst", b"xe", b"tc", b"tcn", b"htmltag"))
# Destinations that may be ignored, but hold what is read here further in.
TRANSPARENT = frozenset(
    (
        *(b"shpinst", b"shppict", b"background", b"do", b"shpgrp", b"userprops", b"sv"),
        *(b"moMathPara", b"moMath", b"mmath", b"sp", b"revtbl", b"fonttbl", b"cs", b"ts"),
        *(b"oldcprops", b"oldpprops", b"txfieldtext", b"info"),
    )
)
SKIPPED = frozenset(
    (
        *(b"colortbl", b"stylesheet", b"listtable", b"listoverridetable", b"rsidtbl", b"filetbl"),
        *(b"themedata", b"colorschememapping", b"latentstyles", b"datastore", b"xmlnstbl", b"pn"),
        *(b"nonshppict", b"pnseclvl", b"panose", b"falt", b"leveltext", b"levelnumbers", b"fname"),
        *(b"bkmkstart", b"bkmkend", b"atnref", b"atrfstart", b"atrfend", b"mhtmltag"),
        *(b"pntxta", b"pntxtb", b"mmathPr", b"pgptbl", b"sn", b"formfield", b"blipuid"),
        *(b"picprop", b"nesttableprops", b"wgrffmtfilter", b"mmathPict", b"passwordhash"),
    )
)
TABLES = frozenset((b"fonttbl", b"revtbl"))
# Small destinations → the name of the property they state, as docProps names it.
CAPTURES: Mapping[bytes, str] = MappingProxyType(
    {
        b"title": "title",
        b"subject": "subject",
        b"author": "creator",
        b"manager": "Manager",
        b"company": "Company",
        b"operator": "lastModifiedBy",
        b"category": "category",
        b"keywords": "keywords",
        b"comment": "description",
        b"doccomm": "description",
        b"hlinkbase": "HyperlinkBase",
        b"generator": "Application",
        b"template": "Template",
        b"atnauthor": "comment by",
        b"atndate": "comment at",
        b"atnid": "comment initials",
        b"propname": "",
        b"staticval": "",
        b"docvar": "document variable",
        b"objclass": "object class",
    }
)
DATES: Mapping[bytes, str] = MappingProxyType(
    {b"creatim": "created", b"revtim": "modified", b"printim": "lastPrinted", b"buptim": "saved"}
)
DATE_PARTS = (b"yr", b"mo", b"dy", b"hr", b"min", b"sec")
NUMBERS: Mapping[bytes, str] = MappingProxyType(
    {
        b"edmins": "TotalTime",
        b"nofpages": "Pages",
        b"nofwords": "Words",
        b"nofchars": "Characters",
        b"nofcharsws": "CharactersWithSpaces",
        b"version": "revision",
    }
)
HEX = frozenset((b"pict", b"objdata"))
ENDS = frozenset(
    (b"par", b"sect", b"page", b"row", b"cell", b"nestcell", b"nestrow", b"column", b"trowd")
)
LETTERS: Mapping[bytes, str] = MappingProxyType(
    {
        b"tab": "\t",
        b"line": "\n",
        b"lbr": "\n",
        b"emdash": "—",
        b"endash": "–",
        b"emspace": "\u2003",
        b"enspace": "\u2002",
        b"qmspace": "\u2005",
        b"bullet": "•",
        b"lquote": "‘",
        b"rquote": "’",
        b"ldblquote": "“",
        b"rdblquote": "”",
        b"zwj": "\u200d",
        b"zwnj": "\u200c",
        b"ltrmark": "\u200e",
        b"rtlmark": "\u200f",
        b"~": "\u00a0",
        b"_": "‑",
        b"-": "\u00ad",
    }
)
PAGES: Mapping[bytes, int] = MappingProxyType(
    {b"ansi": 1252, b"mac": 10000, b"pc": 437, b"pca": 850}
)
