"""Mail as it is really written: what is announced comes out, and the bytes are the source's."""

import base64
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from muniment.core import Chars, Child, Field, Metadata, Part, Problem, Relation, State, TextSpan
from muniment.readers.mail_charset import codec_of, text_of
from muniment.readers.mail_message import MAIL_MESSAGE
from muniment.readers.mail_shape import begins_like_mail, may_go_on
from muniment.readers.mail_transfer import inline_files, transfer_decoded
from muniment.readers.mail_words import parameters_of, words_read
from muniment.readers.mime_scan import scan
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

_HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n"


def multipart(*parts: bytes, sort: bytes = b"mixed", closing: bytes = b"--=b--\r\n") -> bytes:
    head = _HEAD + b"Content-Type: multipart/" + sort + b'; boundary="=b"\r\n\r\n'
    return head + b"".join(b"--=b\r\n" + part + b"\r\n" for part in parts) + closing


def texts(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, TextSpan)]


def children(parts: list[Part], scratch: Path) -> list[tuple[str, bytes]]:
    found = [part for part in parts if isinstance(part, Child)]
    return [(child.name, (scratch / child.digest.hex).read_bytes()) for child in found]


class TestMail(ReaderContract):
    reader = MAIL_MESSAGE
    samples: ClassVar = {
        "two forms": samples.mail(),
        "an inline uuencoded file": _HEAD + b"\r\nSee:\r\nbegin 644 a.bin\r\n#0V%T\r\n`\r\nend\r\n",
        "a page with a picture": _HEAD
        + b'Content-Type: text/html\r\n\r\n<p>Look<img src="data:image/gif;base64,R0lGODlh">',
        "parts without a closing boundary": multipart(b"\r\none", b"\r\ntwo", closing=b""),
    }


# what is awkward → the message, the texts, and the names and bytes of the children
AWKWARD: dict[str, tuple[bytes, list[str], list[tuple[str, bytes]]]] = {
    "GBK under the label gb2312": (
        _HEAD + b"Content-Type: text/plain; charset=gb2312\r\n\r\n" + "镕基".encode("gbk"),
        ["镕基"],
        [],
    ),
    "Windows letters under the label iso-8859-1": (
        _HEAD + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\x93so\x94",
        ["\u201cso\u201d"],
        [],
    ),
    "a charset that does not exist": (
        _HEAD + b"Content-Type: text/plain; charset=x-nowhere\r\n\r\n" + "Привет".encode(),
        ["Привет"],
        [],
    ),
    "a charset that is a codec of Python's": (
        _HEAD + b"Content-Type: text/plain; charset=rot13\r\n\r\nplain",
        ["plain"],
        [],
    ),
    "no final boundary": (multipart(b"\r\none", closing=b""), ["one"], []),
    "a part behind the end": (
        multipart(b"\r\none", closing=b"--=b--\r\n--=b\r\n\r\ntwo\r\n"),
        ["one", "two"],
        [],
    ),
    "text before and after the parts": (
        multipart(b"\r\none").replace(b"--=b\r\n", b"before\r\n--=b\r\n", 1) + b"after",
        ["one", "before", "after"],
        [],
    ),
    "a name in pieces (RFC 2231)": (
        multipart(
            b"Content-Disposition: attachment; filename*0*=utf-8''%E5%90%8D;\r\n"
            b" filename*1*=%E5%8D%95; filename*2=.csv\r\n\r\n1,2"
        ),
        [],
        [("名单.csv", b"1,2")],
    ),
    "an encoded word in a quoted name": (
        multipart(b'Content-Type: text/csv; name="=?gb2312?B?w/u1pQ==?=.csv"\r\n\r\n1,2'),
        [],
        [("名单.csv", b"1,2")],
    ),
    "a raw name beyond ASCII": (
        multipart(
            b"Content-Disposition: attachment; filename=" + "список.csv".encode() + b"\r\n\r\nx"
        ),
        [],
        [("список.csv", b"x")],
    ),
    "a zero in a name": (
        multipart(b'Content-Disposition: attachment; filename="a\x00b.exe"\r\n\r\nx'),
        [],
        [("a\x00b.exe", b"x")],
    ),
    "a message in base64": (
        multipart(
            b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.b64encode(b"Subject:  odd\n\n  spacing\n")
        ),
        [],
        [("", b"Subject:  odd\n\n  spacing\n")],
    ),
    "base64 with a footer": (
        multipart(
            b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"JVBERg==\r\n_______________\r\nThe list's footer, unwanted"
        ),
        [],
        [("", b"%PDF")],
    ),
    "base64 pieces, each with its end": (
        multipart(
            b"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==\r\nQg=="
        ),
        [],
        [("", b"AB")],
    ),
    "a bounce": (
        multipart(
            b"\r\nIt could not be delivered.",
            b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; b@example.org",
            b"Content-Type: text/rfc822-headers\r\n\r\nSubject: lost",
            sort=b"report",
        ),
        ["It could not be delivered.", "Final-Recipient: rfc822; b@example.org", "Subject: lost"],
        [],
    ),
    "a Macintosh file in two forks": (
        multipart(
            b"Content-Type: application/applefile\r\n\r\nfork",
            b"Content-Type: image/jpeg; name=a.jpg\r\n\r\npicture",
            sort=b"appledouble",
        ),
        [],
        [("", b"fork"), ("a.jpg", b"picture")],
    ),
    "messages in a digest": (
        multipart(b"\r\nSubject: one\r\n\r\nfirst", sort=b"digest"),
        [],
        [("", b"Subject: one\r\n\r\nfirst")],
    ),
    "another boundary than is stated": (
        multipart(b"Content-Type: text/plain\r\n\r\none").replace(b'"=b"', b'"other"'),
        ["one"],
        [],
    ),
    "no boundary at all": (
        _HEAD + b"Content-Type: multipart/mixed\r\n\r\nall of it",
        ["all of it"],
        [],
    ),
    "a multipart in base64": (
        _HEAD + b"Content-Type: multipart/mixed; boundary=q\r\nContent-Transfer-Encoding: base64"
        b"\r\n\r\n" + base64.b64encode(b"--q\r\n\r\none\r\n--q--\r\n"),
        ["one"],
        [],
    ),
    "line ends of old Macintoshes": (
        multipart(b"\r\none", b"Content-Type: image/gif\r\n\r\nGIF").replace(b"\r\n", b"\r"),
        ["one"],
        [("", b"GIF")],
    ),
    "yEnc": (
        _HEAD + b"\r\nsee\r\n=ybegin line=128 size=4 name=a b.bin\r\n\x8b\x8c=}\x8e\r\n=yend size=4"
        b"\r\nso\r\n",
        ["see", "so"],
        [("a b.bin", b"ab\x13d")],
    ),
    "an outer boundary that begins like the inner": (
        multipart(
            b'Content-Type: multipart/alternative; boundary="=b2"\r\n\r\n--=b2\r\n\r\none\r\n'
            b"--=b2\r\n\r\ntwo\r\n--=b2--",
            b"\r\nthree",
        ),
        ["one", "two", "three"],
        [],
    ),
    "a subject and nothing else": (_HEAD + b"Subject: come at once\r\n\r\n", ["come at once"], []),
}


@pytest.mark.parametrize("what", AWKWARD)
def test_awkward_mail_is_read_whole(what: str, tmp_path: Path) -> None:
    data, expected, files = AWKWARD[what]
    reading, parts, scratch = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    assert texts(parts) == expected
    assert children(parts, scratch) == files
    assert reading.failed == 0


UNUSUAL = {
    "an empty line before the header": b"\n" + samples.mail(),
    "lines that end in CR CR LF": samples.mail().replace(b"\n", b"\r\r\n"),
    "an envelope that a mailbox quoted": b">From x\n" + samples.mail(),
    "a header field of 70 kB": b"X-Long: " + b"a" * 70_000 + b"\n" + samples.mail(),
    "hundreds of stations": b"Received: from a by b; Mon, 12 Jun 2017\n" * 1_700 + samples.mail(),
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_a_message_that_begins_unusually_is_one(what: str, tmp_path: Path) -> None:
    reading, parts, scratch = read_bytes(UNUSUAL[what], tmp_path)
    assert reading.media_type == "message/rfc822"
    assert ("список.csv", b"1,2\n") in children(parts, scratch)


def test_a_letter_in_lines_of_one_field_is_no_message() -> None:
    assert not begins_like_mail(b"\nFrom: here\nTo: there\n\n")
    assert not begins_like_mail(b">From x\n> To: there\n")
    assert not may_go_on(b"one line\n" * 9)


def test_two_types_of_one_section_are_told(tmp_path: Path) -> None:
    head = b"From: a@example.org\nTo: b@example.org\nContent-Type: text/plain\n"
    data = head + b"Content-Type: multipart/mixed; boundary=z\n\n--z\n\ntext\n--z--\n"
    _, parts, _ = read_bytes(data, tmp_path)
    said = [part.message for part in parts if isinstance(part, Problem)]
    message = (
        "a section states more than one Content-Type; taken is text/plain, not multipart/mixed"
    )
    assert said == [f"the message is malformed: {message}"]


def test_what_is_stated_to_be_a_message_and_is_none_is_told(tmp_path: Path) -> None:
    inner = b"Content-Type: message/rfc822\n\nSubject: alone\n\ntext\n"
    _, parts, _ = read_bytes(multipart(inner), tmp_path)
    assert codes(parts) == ["mail-defect"]


def test_a_message_inside_keeps_every_byte(tmp_path: Path) -> None:
    inner = (
        b"X-Odd :  two spaces\r\nFrom: c@example.org\r\nTo: d@example.org\r\n\r\n\r\nbody \t\r\n"
    )
    data = multipart(b"\r\nhere", b"Content-Type: message/rfc822\r\n\r\n" + inner)
    _, parts, scratch = read_bytes(data, tmp_path)
    assert children(parts, scratch) == [("", inner)]
    assert inner in data


def test_messages_nest_as_deep_as_they_like(tmp_path: Path) -> None:
    data = b"Subject: innermost\r\nFrom: a@example.org\r\n\r\nfound\r\n"
    for level in range(300):
        mark = b"=%d" % level
        head = _HEAD + b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n'
        part = b"Content-Type: message/rfc822\r\n\r\n"
        data = head + b"--" + mark + b"\r\n" + part + data + b"\r\n--" + mark + b"--\r\n"
    for _ in range(300):
        found = scan(data)
        (leaf,) = found.leaves
        data = bytes(leaf.content)
    assert data.startswith(b"Subject: innermost")


def test_multiparts_deeper_than_a_section_can_say_are_text_and_told(tmp_path: Path) -> None:
    data = b"Content-Type: text/plain\r\n\r\nfound"
    for level in range(60):
        mark = b"=%d" % level
        head = b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n'
        data = head + b"--" + mark + b"\r\n" + data + b"\r\n--" + mark + b"--\r\n"
    reading, parts, _ = read_bytes(_HEAD + data, tmp_path)
    assert reading.state is State.READ
    assert any("found" in text for text in texts(parts))
    assert "mail-defect" in codes(parts)


def test_headers_in_raw_bytes_are_read_in_the_charset_of_the_body(tmp_path: Path) -> None:
    subject = "报告".encode("gbk")
    data = _HEAD + b"Subject: " + subject + b"\r\nContent-Type: text/plain; charset=gbk\r\n\r\nx"
    _, parts, _ = read_bytes(data, tmp_path)
    assert Metadata(Field("Subject"), "Subject", "报告") in parts


def test_a_message_in_pieces_says_which_piece_it_is(tmp_path: Path) -> None:
    data = _HEAD + b'Content-Type: message/partial; id="x"; number=2; total=3\r\n\r\nthe middle'
    _, parts, scratch = read_bytes(data, tmp_path)
    assert children(parts, scratch) == [("", b"the middle")]
    problem = next(part for part in parts if isinstance(part, Problem))
    assert (problem.code, problem.message.startswith("piece 2 of 3")) == ("message-partial", True)


def test_an_html_body_is_cited_in_its_source(tmp_path: Path) -> None:
    body = "<p>Ein <b>Brief</b> &amp; mehr</p>"
    data = _HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
    _, parts, _ = read_bytes(data, tmp_path)
    (span,) = [part for part in parts if isinstance(part, TextSpan)]
    assert isinstance(span.at, Chars)
    assert span.text == "Ein Brief & mehr"
    assert body[span.at.start : span.at.end].endswith("</b> &amp; mehr")


def test_a_picture_written_into_a_page_is_a_child(tmp_path: Path) -> None:
    page = b'<img src="data:image/gif;base64,R0lGODlh"><img src="cid:x">'
    _, parts, _ = read_bytes(_HEAD + b"Content-Type: text/html\r\n\r\n" + page, tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (child.relation, child.size) == (Relation.EMBEDDED, 6)


def test_uuencoded_files_stand_where_they_are_written(tmp_path: Path) -> None:
    text = "é: see\r\nbegin 644 a.bin\r\n#0V%T\r\n`\r\nend\r\nand on\r\n"
    data = _HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
    _, parts, scratch = read_bytes(data, tmp_path)
    assert children(parts, scratch) == [("a.bin", b"Cat")]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert isinstance(child.at, Chars)
    assert text[child.at.start : child.at.end].startswith("begin 644")
    after = [part for part in parts if isinstance(part, TextSpan)][-1]
    assert isinstance(after.at, Chars)
    assert text[after.at.start : after.at.end] == after.text == "and on"


def test_an_encrypted_text_is_told(tmp_path: Path) -> None:
    text = "see\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabcd\r\n-----END PGP MESSAGE-----\r\n"
    _, parts, _ = read_bytes(_HEAD + b"\r\n" + text.encode(), tmp_path)
    problem = next(part for part in parts if isinstance(part, Problem))
    assert (problem.code, problem.at) == ("locked-inside", Chars(5, 32, "1"))


WORDS = {
    "=?utf-8?q?caf=C3=A9?=": "café",
    "=?UTF-8?B?w6k=?= =?UTF-8?B?w6k=?=": "éé",
    "=?utf-8?B?5Q==?= =?utf-8?B?kI0=?=": "名",
    "=?utf-8?B?w6?=": "�",
    '"=?koi8-r?B?8NLJ18XU?=" <a@example.org>': '"Привет" <a@example.org>',
    "=?x?=": "=?x?=",
    "=?iso-8859-1?q?a_b?=c": "a bc",
    "=?gb2312?B?6UY=?=": "镕",
    "plain": "plain",
}


@pytest.mark.parametrize("written", WORDS)
def test_encoded_words_are_read(written: str) -> None:
    assert words_read(written) == WORDS[written]


@given(st.text(max_size=80))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_the_standard_library_encodes_is_read_again(text: str) -> None:
    message = EmailMessage()
    clean = " ".join(text.encode("utf-8", "replace").decode().split())
    clean = "".join(c for c in clean if c.isprintable())
    word = base64.b64encode(clean.encode()).decode()
    message["Subject"] = f"=?utf-8?B?{word}?="
    assert words_read(f"=?utf-8?B?{word}?=") == clean


@given(st.text(max_size=200))
@example('x; a="')
@example("x; filename*0*=utf-8''%; filename*1")
def test_parameters_never_raise(value: str) -> None:
    parameters_of(value.encode("utf-8", "surrogatepass").decode("ascii", "surrogateescape"))


@given(st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "uuencode", "x"]))
def test_transfer_decoding_never_raises(data: bytes, encoding: str) -> None:
    transfer_decoded(data, encoding)


@given(st.binary(max_size=2000))
def test_base64_is_undone_however_it_is_folded(data: bytes) -> None:
    folded = base64.encodebytes(data).replace(b"\n", b"\r\n")
    assert transfer_decoded(folded, " BASE64 ").data == data
    assert transfer_decoded(folded, "base64").wrong == ""


def test_letters_that_base64_does_not_have_are_passed_over() -> None:
    letters = base64.b64encode(b"what is written here is simulated, and long enough for a line")
    found = transfer_decoded(letters[:30] + b"@@" + letters[30:], "base64")
    assert found.data == base64.b64decode(letters)
    assert found.wrong == "2 letters that base64 does not have are passed over"


@given(st.binary(max_size=500))
def test_files_in_text_lie_one_after_the_other(data: bytes) -> None:
    position = 0
    for file in inline_files(b"begin 644 x\n#0V%T\n" + data + b"\n=ybegin line=1 name=y\n" + data):
        assert position <= file.start < file.end
        position = file.end


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_text_of_anything_is_text(data: bytes, label: str | None) -> None:
    assert isinstance(text_of(data, label)[0], str)
    assert label is None or codec_of(label) is None or isinstance(codec_of(label), str)


@given(st.binary(max_size=600))
def test_sections_lie_inside_the_message(tail: bytes) -> None:
    data = multipart(b"\r\none", tail, b'Content-Type: multipart/x; boundary="c"\r\n\r\n--c\r\n')
    found = scan(data)
    for section in found.leaves:
        assert 0 <= section.start <= section.body
        assert len(section.content) == max(0, section.end - section.body)


def _leaves_by_the_library(data: bytes) -> int:
    """How many leaves the standard library sees, not looking into messages."""
    pending = [email.message_from_bytes(data, policy=email.policy.compat32)]
    count = 0
    while pending:
        part = pending.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            pending.extend(payload)
        else:
            count += 1
    return count


def test_real_mail_has_the_leaves_that_the_library_sees(real_material: Path) -> None:
    for path in sorted((real_material / "trove" / "tika").glob("*.eml")):
        data = path.read_bytes()
        assert len(scan(data).leaves) == _leaves_by_the_library(data), path.name
