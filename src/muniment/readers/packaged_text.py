"""Documents that are XML in a zip: Visio drawings, XPS pages, e-books, Hangul, iWork of 2009.

    format   text stands in                                    in the order of
    vsdx     visio/pages/page1.xml … masters, comments         numbers in the names
    xps      Documents/1/Pages/1.fpage …                       numbers in the names
    epub     the XHTML of the spine                            the spine
    hwpx     Contents/section0.xml …                           numbers in the names
    iWork    index.xml, index.apxl                             -

- Text stands at `Element(member, child sequence)`; of an XPS page, whose letters are placed one
  run at a time, at the first run of what belongs together.
- A part that is not well-formed gives what stood before and a Problem, and comes out as a child,
  for other readers are more lenient; so does every member that is no part of the text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Member, Metadata, Part, Problem, Role, Tally, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.epub_spine import Spine, spine_of
from muniment.readers.iwork_archive import is_iwork_archive, read_iwork_archive
from muniment.readers.marked_part import Grammar, read_marked_part
from muniment.readers.members import DamagedError
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package, properties
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.xml_events import Step, xml_events

_NUMBER = re.compile(r"(\d+)")
_MOST_MEMBER = 1 << 30
_MANIFEST = "META-INF/manifest.xml"
_BLOCKS = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div", "dt", "dd", "pre"),
        *("blockquote", "caption", "figcaption", "section", "article", "aside", "body", "title"),
        *("header", "footer", "nav", "tr", "span-block", "address"),
    )
)
_XHTML = Grammar(
    paragraphs=_BLOCKS,
    letters={"br": "\n"},
    roles={"title": Role.TITLE},
    skipped=frozenset(("style", "script")),
    written={"img": "alt"},
    collapses=True,
)
_VISIO = Grammar(
    paragraphs=frozenset(("Text", "CommentEntry")),
    text_in=frozenset(("Text", "CommentEntry")),
    roles={"CommentEntry": Role.COMMENT},
)
_XPS = Grammar(
    paragraphs=frozenset(),
    written={"Glyphs": "UnicodeString"},
    links=dict.fromkeys(("Glyphs", "Path", "Canvas"), "FixedPage.NavigateUri"),
    runs=True,
)
_HANGUL = Grammar(
    paragraphs=frozenset(("p",)),
    text_in=frozenset(("t", "script")),
    letters={"tab": "\t", "lineBreak": "\n", "nbSpace": "\u00a0", "fwSpace": "\u3000"},
    roles={
        "header": Role.HEADER,
        "footer": Role.FOOTER,
        "footNote": Role.NOTE,
        "endNote": Role.NOTE,
        "hiddenComment": Role.COMMENT,
        "drawText": Role.BOX,
        "caption": Role.BOX,
        "deleteBegin": Role.DELETED,
    },
)
_IWORK = Grammar(
    paragraphs=frozenset(("p", "string")),
    letters={"tab": "\t", "br": "\n", "lnbr": "\n", "crbr": "\n", "pgbr": "\n"},
    roles={
        "header": Role.HEADER,
        "footer": Role.FOOTER,
        "footnotes": Role.NOTE,
        "notes": Role.NOTE,
        "comment": Role.COMMENT,
        "annotation": Role.COMMENT,
    },
    skipped=frozenset(("stylesheet", "anon-styles", "stylesheet-ref", "metadata", "listLabel")),
    written={"ct": "s", "n": "v", "rn": "v", "tabular-model": "name", "chart-name": "string"},
)


class _Format(msgspec.Struct, frozen=True):
    """Which members of a format hold text: a pattern, the role, whether it is shown."""

    parts: tuple[tuple[re.Pattern[str], Role, bool], ...]
    grammar: Grammar
    about: re.Pattern[str]  # members that are neither text nor files
    pages: str = ""  # what to call the parts in a tally


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


_ABOUT_OPC = _pattern(r"\[Content_Types\]\.xml(/.*)?|.*\.rels|docProps/(app|core|custom)\.xml")
_FORMATS: Mapping[str, _Format] = {
    "application/vnd.ms-visio.drawing": _Format(
        parts=(
            (_pattern(r"visio/pages/page\d+\.xml"), Role.BODY, True),
            (_pattern(r"visio/comments\.xml"), Role.COMMENT, True),
            (_pattern(r"visio/masters/master\d+\.xml"), Role.BOX, False),
        ),
        grammar=_VISIO,
        about=_pattern(_ABOUT_OPC.pattern + r"|visio/[^.]*\.xml"),
        pages="drawing pages",
    ),
    "application/vnd.ms-xpsdocument": _Format(
        parts=((_pattern(r".*\.fpage(/\[\d+\](\.last)?\.piece)?"), Role.BODY, True),),
        grammar=_XPS,
        about=_pattern(
            _ABOUT_OPC.pattern + r"|.*\.(fdseq|fdoc|struct|frag|odttf|piece|dict)|.*/metadata/.*"
        ),
        pages="fixed pages",
    ),
    "application/epub+zip": _Format(
        parts=(),
        grammar=_XHTML,
        about=_pattern(r"mimetype|META-INF/.*|.*\.(opf|ncx|css|otf|ttf|woff2?)"),
    ),
    "application/hwp+zip": _Format(
        parts=((_pattern(r"Contents/section\d+\.xml"), Role.BODY, True),),
        grammar=_HANGUL,
        about=_pattern(r"mimetype|META-INF/.*|Contents/[^/]*|settings\.xml|version\.xml"),
    ),
    "application/vnd.apple.iwork": _Format(
        parts=((_pattern(r"index\.(xml|apxl)"), Role.BODY, True),),
        grammar=_IWORK,
        about=_pattern(r"buildVersionHistory\.plist|thumbs/.*|.*\.chrtshr"),
    ),
}
_SAME: Mapping[str, str] = {
    "application/vnd.apple.keynote": "application/vnd.apple.iwork",
    "application/oxps": "application/vnd.ms-xpsdocument",
    "application/vnd.ms-visio.drawing.macroenabled.12": "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.stencil": "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.template": "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.stencil.macroenabled.12": "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.template.macroenabled.12": "application/vnd.ms-visio.drawing",
}
_OPF_NAMES: Mapping[str, str] = {"creator": "creator", "date": "date", "description": "description"}


class _Chosen(msgspec.Struct, frozen=True):
    """A member that holds text."""

    name: str
    role: Role
    hidden: bool


def read_packaged_text(source: Source, context: Context) -> Iterator[Part]:
    """The text, properties and files of a document.

    Raises:
        LockedError: it is encrypted.
        UnreadableError: it holds none of the parts that its format names.
    """
    package = Package(source)
    yield from package.trouble()
    form = _FORMATS.get(_SAME.get(context.media_type, context.media_type))
    if form is None:
        raise UnreadableError("no format of this reader")
    _refuse_sealed(package)
    if form.grammar is _IWORK and any(map(package.is_locked_by_apple, package.names)):
        raise LockedError("an iWork document that is encrypted with a password")
    yield from properties(package)
    if form.grammar is _IWORK and is_iwork_archive(package):
        yield from read_iwork_archive(package, context)
        return
    spine = spine_of(package) if form.grammar is _XHTML else Spine()
    yield from _stated(spine)
    chosen = [*_spine_parts(package, spine), *_parts(package, form)]
    if len(chosen) == 0:
        raise UnreadableError("its main part is missing")
    if form.pages != "":
        yield Tally(Whole(), form.pages, sum(not one.hidden for one in chosen))
    damaged: set[str] = set()
    for one in chosen:
        yield from _text(package, one, form.grammar, damaged)
    read = {one.name for one in chosen} - damaged
    yield from embedded(list(_files(package, form, read)), context)


def _refuse_sealed(package: Package) -> None:
    """Hangul and e-books say in the package what is encrypted; veiled fonts do not count."""
    for name in (_MANIFEST, "META-INF/encryption.xml"):
        if not package.has(name):
            continue
        try:
            sealed = _sealed(package, name)
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE):
            continue
        if any(
            not member.lower().endswith((".otf", ".ttf", ".woff", ".woff2")) for member in sealed
        ):
            raise LockedError("its parts are encrypted")


def _sealed(package: Package, name: str) -> list[str]:
    found, path = [], ""
    with package.open(name) as stream:
        for event in xml_events(stream, lambda _: ""):
            if event.step is Step.START:
                path = event.attributes.get("full-path", path)
                if event.value == "encryption-data":
                    found.append(path)
                elif event.value == "CipherReference":
                    found.append(event.attributes.get("URI", ""))
    return found


def _stated(spine: Spine) -> Iterator[Part]:
    for at, name, written in spine.stated:
        yield Metadata(at, _OPF_NAMES.get(name, name), written)


def _spine_parts(package: Package, spine: Spine) -> Iterator[_Chosen]:
    for name in spine.parts:
        if package.has(name):
            yield _Chosen(package.written(name), Role.BODY, hidden=False)


def _parts(package: Package, form: _Format) -> Iterator[_Chosen]:
    for pattern, role, shown in form.parts:
        names = [name for name in package.names if pattern.fullmatch(name) is not None]
        for name in sorted(names, key=_by_number):
            yield _Chosen(name, role, hidden=not shown)


def _by_number(name: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(piece[:18]), "") if piece.isdecimal() else (-1, piece) for piece in _NUMBER.split(name)
    )


def _text(package: Package, one: _Chosen, grammar: Grammar, damaged: set[str]) -> Iterator[Part]:
    try:
        with package.open(one.name) as stream:
            yield from read_marked_part(stream, one.name, grammar, one.role, hidden=one.hidden)
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        damaged.add(one.name)
        yield Problem(Whole(), "part-damaged", f"{one.name} breaks off ({said_of(why)})")


def _files(package: Package, form: _Format, read: set[str]) -> Iterator[Found]:
    for name in package.names:
        if name not in read and form.about.fullmatch(name) is None:
            at = Member(package.position(name))
            data: Callable[[], bytes] = partial(_read, package, name)
            yield Found(at, name, data, packed_size=package.packed_size(name))


def _read(package: Package, name: str) -> bytes:
    try:
        with package.open(name) as stream:
            return stream.read(_MOST_MEMBER)
    except PACKAGE_TROUBLE as why:
        reason = f"a member cannot be read: {said_of(why)}"
        raise DamagedError("member-damaged", reason) from why


PACKAGED_TEXT = Reader(
    name="packaged-text", version=4, media_types=(*_FORMATS, *_SAME), read=read_packaged_text
)
