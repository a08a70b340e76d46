"""One XML part of a Word document or a presentation: its paragraphs, each at its place in the tree.

- A place is the XPointer child sequence of the paragraph; `chars` counts code points of the
  paragraph's own text, tracked deletions included, since they are still in the file.
- A paragraph with stretches of several roles, or longer than a block, gives a span for each.
- A text box inside a paragraph has paragraphs of its own; of alternatives (`mc:AlternateContent`)
  only the first choice counts, the fallback says the same again.
- Text that is in no paragraph (a chart's values, a comment of old presentations, letters drawn as
  a shape) stands at its own element.

Source: ECMA-376 Part 1, §17, §19 to §21; XPointer element() scheme.
"""

from collections.abc import Iterator
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Metadata, Part, Role, TextSpan
from muniment.readers.ooxml_package import PACKAGE_TROUBLE
from muniment.readers.paragraphs import Paragraph
from muniment.readers.xml_events import tree_steps

_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "‑",
    "softHyphen": "\u00ad",
}
_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_TEXTS = ("t", "delText", "instrText", "delInstrText")
# Elements that hold text of a role, where all parts are in one file.
_PLACES = {
    "hdr": Role.HEADER,
    "ftr": Role.FOOTER,
    "footnote": Role.NOTE,
    "endnote": Role.NOTE,
    "comment": Role.COMMENT,
}
_SORTS = {"Deletion": Role.DELETED, "Insertion": Role.INSERTED, "Comment": Role.COMMENT}
_NOTES = ("comment", "footnote", "endnote", "cm")
_RUNS = ("r", "fld")
_TITLES = ("title", "ctrTitle")
_LASTING = ("ftr", "hdr")  # places of a master whose text is no prompt
# Values of charts, which are text by themselves.
_VALUES = ("v", "f", "pt")
# Elements that show another part, and the attributes that name its relationship.
_SHOWING = ("blip", "imagedata", "OLEObject", "oleObj", "altChunk", "control", "media", "relIds")
_RELATION_IDS = ("embed", "id", "link", "pict", "dm")
_RELATIONS = "relationships"
# What is written about a picture for those who do not see it.
ALTERNATIVES = (("descr", "alternative text"), ("title", "alternative title"))
# Attribute texts: element → attribute → what it is called.
_STATED = {
    "docPr": ALTERNATIVES,
    "cNvPr": ALTERNATIVES,
    "docVar": (("val", "document variable"),),
    "query": (("val", "mail merge query"),),
    "connectString": (("val", "mail merge source"),),
    "rsidRoot": (("val", "first editing session"),),
    "person": (("author", "person"),),
    "cmAuthor": (("name", "comment author"),),
    "author": (("name", "comment author"),),
    "commentEx": (("paraIdParent", "comment answers"),),
    "shape": (("alt", "alternative text"),),
    "helpText": (("val", "help of a form"),),
    "statusText": (("val", "help of a form"),),
    "default": (("val", "default of a form"),),
    "listEntry": (("val", "choice in a form"),),
    "listItem": (("displayText", "choice in a form"), ("value", "value of a choice")),
}
_HIDING = ("r", "pStyle", "rStyle", "vanish", "webHidden")
# Marks against changes; they encrypt nothing. What is long in them is a digest of a password.
_PROTECTING = ("documentProtection", "writeProtection", "modifyVerifier")
_DIGESTS = ("hash", "salt", "hashValue", "saltValue", "hashData", "saltData")
# The elements that say anything where they begin, and where they end. Most only set what text looks
# like: they are counted, and passed over.
_BOXES = ("txbxContent", "txBody")
_BEGINNINGS = frozenset(
    (
        *("Fallback", "annotation", "p", "sld", "notes", "ph", "sp", "fldSimple", "textpath"),
        *(*_BOXES, *_PLACES, *_DELETED, *_INSERTED, *_NOTES, *_HIDING, *_SHOWING, *_PROTECTING),
        *_STATED,
    )
)
_ENDS = frozenset(
    (
        *("Fallback", "annotation", "p", "sym", "text", *_BOXES, *_PLACES, *_DELETED, *_INSERTED),
        *(*_TEXTS, *_CHARACTERS, *_VALUES),
    )
)


def _protection(name: str, element: etree._Element) -> str:
    """A mark against changes as written, in the order of its attributes' names."""
    stated = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    plain = [f"{key}={value}" for key, value in sorted(stated.items()) if key not in _DIGESTS]
    if name == "documentProtection" and stated.get("enforcement") not in ("1", "true", "on"):
        return "; ".join((f"not enforced ({name})", *plain))
    by_password = any(key in stated for key in _DIGESTS)
    said = "against changes, by a password" if by_password else "against changes"
    return "; ".join((f"{said} ({name})", *plain))


class Shown(msgspec.Struct, frozen=True):
    """Where a part shows another: the relationship's id, and the element that names it."""

    relation: str
    at: Element


class Hiding(msgspec.Struct, frozen=True):
    """What hides text: a part that is itself not shown, and styles by their ids.

    Of a part that is not shown (a master of slides) what only prompts for text is left out.
    """

    part: bool = False
    styles: frozenset[str] = frozenset()


def read_word_part(
    stream: IO[bytes],
    member: str,
    role: Role,
    shown: list[Shown] | None = None,
    hiding: Hiding | None = None,
) -> Iterator[Part]:
    """The paragraphs of a part, and who made which tracked change and comment.

    `shown` takes what the part shows of other parts.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    walk = _Walk(member, role, [] if shown is None else shown, hiding or Hiding())
    opened: etree._Element | None = None  # what began last, and has not ended
    try:
        for event, element in tree_steps(stream, ("start", "end")):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            name = tag.rpartition("}")[2]
            if event == "start":
                opened = element
                walk.enter()
                if name in _BEGINNINGS:
                    yield from walk.start(name, element)
            else:
                opened = None
                walk.leave()
                if name in _ENDS:
                    yield from walk.end(name, element)
                # What has ended is not needed again; keeping it would hold the whole tree.
                element.clear(keep_tail=True)
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE):
        yield from walk.broken_off(opened)
        raise


class _Walk:
    """Where the walk stands: the path, the open paragraphs, the changes around it."""

    def __init__(self, member: str, role: Role, shown: list[Shown], hiding: Hiding) -> None:
        self._member = member
        self._role = role
        self._shown = shown
        self._hidden = hiding.part
        self._hiding = hiding.styles
        self._hides: list[bool] = []  # whether the style of each open paragraph hides
        self._slide = False
        self._title = False
        self._is_master = hiding.part
        self._prompt = False
        self._roles: list[Role] = []  # around the open headers, notes and comments
        self._counts = [0]
        self._paragraphs: list[Paragraph] = []
        self._changes: list[Role] = []
        self._boxes = 0
        self._fallbacks = 0
        self._vanished = False

    def enter(self) -> None:
        """Count an element that begins; most do no more than that."""
        self._counts[-1] += 1
        self._counts.append(0)

    def leave(self) -> None:
        """Go on behind an element that ends."""
        self._counts.pop()

    def start(self, name: str, element: etree._Element) -> Iterator[Part]:
        """What an element among `_BEGINNINGS` says where it begins."""
        if name == "Fallback":
            self._fallbacks += 1
        if self._fallbacks > 0:
            return
        if name in _PLACES or name == "annotation":
            self._roles.append(self._role)
            yield from self._enters(name, element)
        if name == "p":
            self._paragraphs.append(Paragraph(self._path()))
            self._hides.append(False)
        elif name in _BOXES:
            self._boxes += 1
        elif name in _DELETED or name in _INSERTED:
            self._changes.append(Role.DELETED if name in _DELETED else Role.INSERTED)
            yield from self._authored(name, element)
        elif name in _NOTES:
            yield from self._authored(name, element)
        elif name in _HIDING:
            self._hide(name, _attribute(element, "val"))
        else:
            yield from self._other(name, element)

    def _hide(self, name: str, value: str) -> None:
        """Take in whether what follows is hidden: by its paragraph, a style, or itself."""
        if name == "r":
            self._vanished = self._styled()
        elif name == "rStyle":
            self._vanished = self._styled() != (value in self._hiding)
        elif name == "pStyle":
            self._hides[-1:] = [value in self._hiding] * len(self._hides[-1:])
        else:
            self._vanished = value not in ("0", "false", "off")

    def _styled(self) -> bool:
        """Whether the style of the innermost open paragraph hides its text."""
        return len(self._hides) > 0 and self._hides[-1]

    def _enters(self, name: str, element: etree._Element) -> Iterator[Part]:
        """A header, note or comment begins; or, in Word 2003, a change or comment."""
        self._role = _PLACES.get(name, self._role)
        if name != "annotation":
            return
        sort = _attribute(element, "type").rpartition(".")[2]
        if sort in _SORTS:
            self._role = _SORTS[sort]
            yield from self._authored(_CALLED[sort], element)

    def _other(self, name: str, element: etree._Element) -> Iterator[Part]:
        """What is neither text nor change, and still says something."""
        if name in ("sld", "notes"):
            yield from self._slide_begins(element)
        elif name == "ph":
            sort = _attribute(element, "type")
            self._title = sort in _TITLES
            self._prompt = self._is_master and sort not in _LASTING
        elif name == "sp":
            self._title = self._prompt = False
        elif name == "fldSimple" and len(self._paragraphs) > 0:
            written = _attribute(element, "instr")
            if written != "":
                self._paragraphs[-1].add(Role.MARKUP, written, hidden=True)
        elif name == "textpath":
            written = _attribute(element, "string")
            if written.strip() != "":
                at = Element(self._member, self._path())
                yield TextSpan(at, written, Role.BOX, self._hidden)
        elif name in _SHOWING:
            self._shows(element)
        else:
            yield from self._stated(name, element)

    def _stated(self, name: str, element: etree._Element) -> Iterator[Part]:
        if name in _PROTECTING:
            at = Element(self._member, self._path())
            yield Metadata(at, "protection", _protection(name, element))
        for attribute, called in _STATED.get(name, ()):
            written = _attribute(element, attribute)
            if written.strip() != "":
                yield Metadata(Element(self._member, self._path()), called, written)

    def _slide_begins(self, element: etree._Element) -> Iterator[Part]:
        self._slide = True
        if _attribute(element, "show") in ("0", "false"):
            self._hidden = True
            yield Metadata(Element(self._member, self._path()), "hidden slide", "true")

    def _shows(self, element: etree._Element) -> None:
        for key, value in element.attrib.items():
            space, _, name = str(key).rpartition("}")
            if name in _RELATION_IDS and space.endswith(_RELATIONS):
                self._shown.append(Shown(str(value), Element(self._member, self._path())))

    def end(self, name: str, element: etree._Element) -> Iterator[Part]:
        """What an element among `_ENDS` says, now that all of it is there."""
        if name == "Fallback":
            self._fallbacks -= 1
            return
        if self._fallbacks > 0:
            return
        if (name in _PLACES or name == "annotation") and len(self._roles) > 0:
            self._role = self._roles.pop()
        if name == "p" and len(self._paragraphs) > 0:
            yield from self._paragraphs.pop().spans(self._member)
            self._hides.pop()
            self._vanished = self._styled()
        elif name in _BOXES:
            self._boxes -= 1
        elif name in _DELETED or name in _INSERTED:
            self._changes.pop()
        elif len(self._paragraphs) > 0:
            self._add(name, element)
        elif len(element) == 0 and (element.text or "").strip() != "":
            yield from self._value(name, element)

    def broken_off(self, opened: etree._Element | None) -> Iterator[Part]:
        """What the paragraphs hold that have not ended, and the text that has not."""
        if len(self._paragraphs) > 0 and opened is not None and self._fallbacks == 0:
            self._add(_name_of(opened), opened)
        while len(self._paragraphs) > 0:
            yield from self._paragraphs.pop().spans(self._member)

    def _value(self, name: str, element: etree._Element) -> Iterator[Part]:
        """A text that is in no paragraph (a chart's, a comment's, a formula's), at its element."""
        parent = _name_of(element.getparent())
        if name not in _VALUES and (name, parent) not in (("text", "cm"), ("t", "r")):
            return
        if name == "f" and "http" not in (element.text or ""):
            return  # a formula that says where a chart's values were once
        role = Role.COMMENT if name == "text" else self._role
        path = (*self._path(), self._counts[-1])
        yield TextSpan(Element(self._member, path), element.text or "", role, self._hidden)

    def _add(self, name: str, element: etree._Element) -> None:
        parent = _name_of(element.getparent())
        in_run = parent in _RUNS or (name == "br" and parent == "p")
        if name in _TEXTS and in_run:
            text = element.text or ""
        elif in_run and name in _CHARACTERS:
            text = _CHARACTERS[name]
        elif in_run and name == "sym":
            text = _symbol(element)
        else:
            return
        if text == "" or self._prompt:
            return
        role, hidden = self._role_of(name)
        self._paragraphs[-1].add(role, text, hidden=hidden or self._hidden)

    def _role_of(self, name: str) -> tuple[Role, bool]:
        if name in ("delText", "delInstrText") or Role.DELETED in self._changes:
            return Role.DELETED, self._vanished
        if name == "instrText":
            return Role.MARKUP, True
        if Role.INSERTED in self._changes:
            return Role.INSERTED, self._vanished
        return self._plain_role(), self._vanished

    def _plain_role(self) -> Role:
        if self._title and self._role is Role.BODY:
            return Role.TITLE
        # On a slide all text is in boxes, and is the body.
        return Role.BOX if self._boxes > 0 and not self._slide else self._role

    def _authored(self, name: str, element: etree._Element) -> Iterator[Part]:
        author, date = _attribute(element, "author"), _attribute(element, "date")
        initials = _attribute(element, "initials")
        initials = f"({initials})" if initials.strip() != "" else ""
        said = " ".join(piece for piece in (author, initials, date or _dated(element)) if piece)
        if said != "":
            at = Element(self._member, self._path())
            yield Metadata(at, f"{_CALLED.get(name, name)} by", said)

    def _path(self) -> tuple[int, ...]:
        return tuple(self._counts[:-1])


_CALLED = {"cm": "comment", "Comment": "comment", "Deletion": "del", "Insertion": "ins"}


def _dated(element: etree._Element) -> str:
    return (
        _attribute(element, "dt")
        or _attribute(element, "created")
        or _attribute(element, "createdate")
    )


def _name_of(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element, wanted: str) -> str:
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == wanted:
            return str(value)
    return ""


def _symbol(element: etree._Element) -> str:
    """The character of a symbol font: its code, in the private use area where Word puts it."""
    code = _attribute(element, "char")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
