"""What counts as text, as a table and as XML: a stray byte or a short record is no other format."""

import csv
from pathlib import Path

import pytest

from muniment.core import Cell, Chars, Metadata, Part, Problem, State, TextSpan
from muniment.readers.delimited_shape import delimiter_of
from muniment.readers.xml_entities import entities_of
from tests.readers.contract import codes, read_bytes

STRAY = {
    "NUL in a short note": (b"name\0 of the person\n", 4),
    "a bell in a line": (b"hello\x07world this is text", 5),
    "Chinese in UTF-8": ("名单\0甲乙丙丁戊己庚辛壬癸子丑寅".encode(), 6),
    "Chinese in GB 18030": ("名单\0甲乙丙丁戊己庚辛壬癸子丑寅卯辰".encode("gb18030"), 4),
    "the last byte": (b"abcdefghijklmnop\0", 16),
    "a table": (b"name,year,place\nA,1969,B\nC\0,1970,D\n", 26),
}


@pytest.mark.parametrize("sort", STRAY)
def test_a_stray_byte_makes_no_other_format_and_is_told_with_its_place(
    sort: str, tmp_path: Path
) -> None:
    data, at = STRAY[sort]
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    assert reading.media_type in ("text/plain", "text/csv")
    (trouble,) = [p for p in parts if isinstance(p, Problem) and p.code == "control-bytes"]
    assert f"byte {at}," in trouble.message
    encoding = next(p.written for p in parts if isinstance(p, Metadata))
    character = len(data[:at].decode(encoding))
    assert trouble.at == Chars(character, character + 1)


def test_what_ends_a_text_of_dos_is_no_trouble(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(b"a line of a letter\r\n\x1a", tmp_path)
    assert "control-bytes" not in codes(parts)


def test_a_thousand_stray_bytes_are_told_by_the_first_and_their_number(tmp_path: Path) -> None:
    data = (b"a line of plain writing that is long enough " * 3 + b"\0\n") * 1_000
    _, parts, _ = read_bytes(data, tmp_path)
    told = [p for p in parts if isinstance(p, Problem) and p.code == "control-bytes"]
    assert len(told) == 21
    assert told[-1].message.startswith("1000 ")


_LIST = "name,year,place\nАлия,1969,Kashgar\n王五,1970,Artush\n"
PADDED = {
    "UTF-8, to a block of a tape": (_LIST.encode(), 10_240),
    "Windows-1251": (_LIST.replace("王五", "Я").encode("cp1251"), 512),
    "UTF-16 with a mark": (b"\xff\xfe" + _LIST.encode("utf-16-le"), 1_024),
    "UTF-16 that ends in a NUL of its own": (b"\xfe\xff" + "plain text Ā".encode("utf-16-be"), 512),
    "longer than the head": (_LIST.encode() * 2_000, 1 << 18),
}


@pytest.mark.parametrize("sort", PADDED)
def test_nuls_behind_a_text_are_no_part_of_it_and_told(sort: str, tmp_path: Path) -> None:
    text, size = PADDED[sort]
    sound, expected, _ = read_bytes(text, tmp_path / "sound")
    reading, parts, _ = read_bytes(text.ljust(size, b"\0"), tmp_path / "padded")
    assert (reading.state, reading.media_type) == (State.READ, sound.media_type)
    *others, trouble = parts
    assert others == expected
    assert isinstance(trouble, Problem)
    assert (trouble.code, f"byte {len(text)}," in trouble.message) == ("control-bytes", True)


ODD = {
    "with a mark": b"\xff\xfe" + "Алия Мамат".encode("utf-16-le") + b"A",
    "a short one": b"\xff\xfe" + "Алия".encode("utf-16-le") + b"A",
    "without a mark": "Алия Мамат из Кашгара\r\n".encode("utf-16-le")[:-1],
}


@pytest.mark.parametrize("sort", ODD)
def test_half_a_letter_at_the_end_costs_that_letter(sort: str, tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(ODD[sort], tmp_path)
    assert reading.state is State.READ
    (text,) = [part.text for part in parts if isinstance(part, TextSpan)]
    assert text.startswith("Алия")
    assert text.endswith("\ufffd")
    (trouble,) = [p for p in parts if isinstance(p, Problem) and p.code == "undecodable-bytes"]
    assert trouble.at == Chars(len(text) - 1, len(text))


NO_TEXT = {
    "a sign and zeros": b"SIGN" + bytes(508),
    "few bytes": b"AB\0\0\1C",
    "half of it": b"a\0b\0\1c\0d\2" * 20,
    "nothing fits": bytes(range(128, 256)) + b"\0\1\2",
}


@pytest.mark.parametrize("sort", NO_TEXT)
def test_bytes_that_are_no_text_stay_so(sort: str, tmp_path: Path) -> None:
    reading, _, _ = read_bytes(NO_TEXT[sort], tmp_path)
    assert reading.media_type == "application/octet-stream"


TABLES = {
    "records of all widths": ("a,b,c\n1,2\n3,4,5,6\n7,8,9,10,11\n", ","),
    "with semicolons": ("Name;Jahr\nA;1969;x\nB;1970;y;z\n", ";"),
    "with tabs": (
        "name\tyear\nA\t1969\tx\nB\n\nC\t1\t2\t3\nD\t5\nE\t6\nF\t7\nG\t8\nH\t9\nI\t1\n",
        "\t",
    ),
    "one record": ("姓名,年份,地点\n", ","),
    "one record without its end": ("name;year;place", ";"),
    "quoted": ('"a, b","c"\n"d","e","f"\n', ","),
}


@pytest.mark.parametrize("sort", TABLES)
def test_ragged_and_single_records_are_a_table(sort: str, tmp_path: Path) -> None:
    text, delimiter = TABLES[sort]
    assert delimiter_of(text, whole=True) == delimiter
    reading, parts, _ = read_bytes(text.encode(), tmp_path)
    assert reading.reader == "delimited"
    lines = [line for line in text.split("\n") if line != ""]
    widths = {len(record) for record in csv.reader(lines, delimiter=delimiter)}
    assert ("ragged-records" in codes(parts)) == (len(widths) > 1)
    first = text.split(delimiter)[0]
    if not first.startswith('"'):
        assert next(p.written for p in parts if isinstance(p, Cell)) == first


NO_TABLES = {
    "prose": "Yes, he said, indeed.\nNo, she said, never.\n",
    "sentences": "He came,saw.\nShe went,looked,and left.\n",
    "code": "int main(a,b) {\n  f(a,b,c);\n  g(a,b);\n}\n",
    "statements": "a = 1;\nb = 2; c = 3;\nreturn a;\n",
    "indented": "def f\n\treturn 1\n\treturn 2\n",
    "a greeting": "Dear Sir,\nthank you\n",
    "two words": "Doe,John\n",
    "a long line": "this is a long line of ordinary words,which goes on for some time,and then "
    "still some more time before it comes to an end,at last\n",
}


@pytest.mark.parametrize("sort", NO_TABLES)
def test_what_is_written_in_lines_is_no_table(sort: str) -> None:
    assert delimiter_of(NO_TABLES[sort], whole=True) is None


_LAUGHS = ["lol", *(f"lol{number}" for number in range(1, 10))]
_BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE lolz [\n <!ENTITY lol "lol">\n'
    + "".join(
        f' <!ENTITY {name} "{before * 10}">\n'
        for name, before in zip(_LAUGHS[1:], (f"&{name};" for name in _LAUGHS), strict=False)
    )
    + "]>\n<lolz>&lol9;</lolz>\n"
)


def _entity_problem(parts: list[Part]) -> str:
    (found,) = [p for p in parts if isinstance(p, Problem) and p.code == "entities-not-expanded"]
    return found.message


def test_a_billion_laughs_are_xml_and_stay_unlaughed(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_BOMB.encode(), tmp_path)
    assert (reading.media_type, reading.state) == ("application/xml", State.READ)
    assert "up to 3,000,000,000 characters" in _entity_problem(parts)
    assert sum(len(p.text) for p in parts if isinstance(p, TextSpan)) <= len(_BOMB)


def test_an_entity_of_another_file_is_told_and_not_fetched(tmp_path: Path) -> None:
    data = b'<!DOCTYPE a [ <!ENTITY x SYSTEM "file:///etc/passwd"> ]><a>&x;</a>'
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.media_type == "application/xml"
    assert "1 name something outside" in _entity_problem(parts)


ENTITIES = {
    "none": ("<a/>", None),
    "plain": ('<!ENTITY a "xyz">', (1, 3, 0, False)),
    "of itself": ('<!ENTITY a "x&a;">', (1, 1, 0, True)),
    "in a ring": ('<!ENTITY a "&b;"><!ENTITY b "&a;">', (2, 0, 0, True)),
    "twice": ("<!ENTITY a 'xy'><!ENTITY a '1234'><!ENTITY b '&a;&a;-'>", (3, 5, 0, False)),
    "outside": ('<!ENTITY a PUBLIC "x" "y">', (1, 0, 1, False)),
}


@pytest.mark.parametrize("sort", ENTITIES)
def test_what_entities_grow_to_is_counted(sort: str) -> None:
    text, counted = ENTITIES[sort]
    found = entities_of(text)
    counts = (
        None if found is None else (found.declared, found.longest, found.outside, found.endless)
    )
    assert counts == counted


def test_a_long_chain_and_a_wide_entity_are_counted() -> None:
    chain = "".join(f'<!ENTITY e{n} "&e{n + 1};">' for n in range(5_000)) + '<!ENTITY e5000 "x">'
    wide = '<!ENTITY w "' + "".join(f"&e{n};" for n in range(5_000)) + '">'
    found = entities_of(wide + chain)
    assert found is not None
    assert found.longest == 5_000


def test_the_drawing_of_a_program_that_declares_names_is_a_drawing(tmp_path: Path) -> None:
    data = (
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [\n'
        b'<!ENTITY ns "http://ns.example/">\n]>\n<svg xmlns="&ns;"><text>a</text></svg>'
    )
    assert read_bytes(data, tmp_path)[0].media_type == "image/svg+xml"
