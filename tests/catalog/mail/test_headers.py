"""What headers say: dates with and without a zone, mailboxes, subjects."""

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.mail import instant_of, shown, stamp_of
from muniment.catalog.mail.addresses import Mailbox, mailboxes
from muniment.catalog.mail.subjects import base_subject

_FIRST = datetime(1970, 1, 1)  # noqa: DTZ001 - a clock reading, as a message writes it
_LAST = datetime(2100, 1, 1)  # noqa: DTZ001
DATES = {
    "Sat, 02 Jun 2018 10:12:00 +0800": ("2018-06-02T10:12:00", 480, "2018-06-02T02:12:00Z"),
    "Sat, 2 Jun 2018 10:12:00 +0800 (CST)": ("2018-06-02T10:12:00", 480, "2018-06-02T02:12:00Z"),
    "Sat Jun  2 10:12:00 2018": ("2018-06-02T10:12:00", None, ""),
    "Sat Jun  2 10:12:00 2018 +0300": ("2018-06-02T10:12:00", 180, "2018-06-02T07:12:00Z"),
    "2 Jun 18 10:12 EST": ("2018-06-02T10:12:00", -300, "2018-06-02T15:12:00Z"),
    "2 Jun 2018 10:12:00 -0000": ("2018-06-02T10:12:00", None, ""),
    "2 Jun 2018 10:12:00 CST": ("2018-06-02T10:12:00", None, ""),
    "2 Jun 2018 10:12:00 +9999": ("2018-06-02T10:12:00", None, ""),
    "2018-06-02T02:12:00.1234567Z": ("2018-06-02T02:12:00.1234567", 0, "2018-06-02T02:12:00Z"),
    "1 Jan 0001 00:00:00 +0800": ("0001-01-01T00:00:00", 480, ""),
}
NO_DATES = {
    "a day that no calendar has": "31 Feb 2018 10:00:00 +0000",
    "an hour that no clock has": "1 Jan 2018 25:00:00 +0000",
    "a year of five digits": "1 Jan 20180 10:00:00 +0000",
    "a month of no language": "1 Foo 2018 10:00:00 +0000",
    "digits of another script": "١ Jan 2018 10:00:00 +0000",
    "a megabyte": "1" * 1_000_000,
    "parentheses without end": "(" * 100_000,
    "nothing": "",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_with_its_zone_or_without(written: str) -> None:
    stamp = stamp_of(written)
    assert (stamp.local, stamp.offset_minutes, instant_of(stamp)) == DATES[written]
    assert stamp.written == written


@pytest.mark.parametrize("what", NO_DATES)
def test_what_is_no_date_is_kept_as_written(what: str) -> None:
    stamp = stamp_of(NO_DATES[what])
    assert stamp.local is None
    assert stamp.written == NO_DATES[what]


@given(
    st.datetimes(_FIRST, _LAST),
    st.integers(-14 * 60 + 1, 14 * 60),
)
def test_what_the_standard_library_writes_is_read_back(moment: datetime, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    aware = moment.replace(microsecond=0, tzinfo=zone)
    stamp = stamp_of(format_datetime(aware))
    assert stamp.local == aware.replace(tzinfo=None).isoformat()
    assert stamp.offset_minutes == minutes


@given(st.text(max_size=200))
def test_no_text_makes_a_date_fail(written: str) -> None:
    stamp = stamp_of(written)
    assert stamp.zone_known or instant_of(stamp) == ""
    shown(stamp)


MAILBOXES = {
    "a@x": [("", "a@x")],
    "<a@x>": [("", "a@x")],
    "Name only": [("Name only", "")],
    '"Li, Wei" <Li@X>, b@x': [("Li, Wei", "Li@X"), ("", "b@x")],
    "b@x (Bob (the elder))": [("Bob (the elder)", "b@x")],
    "staff: a@x, C <c@x>; d@x": [("", "a@x"), ("C", "c@x"), ("", "d@x")],
    "undisclosed-recipients:;": [],
    ", ;,": [],
    '"open <a@x>, b@x': [('"open', "a@x"), ("", "b@x")],
    "a <b <c@d>": [("a <b", "c@d")],
    'N <"<b>"@x>': [("N", '"<b>"@x')],
    r'"say \"ah\"" <a@b>': [('say "ah"', "a@b")],
}


@pytest.mark.parametrize("written", MAILBOXES)
def test_mailboxes_are_told_apart(written: str) -> None:
    found = list(mailboxes(written, written))
    assert found == [Mailbox(*each) for each in MAILBOXES[written]]


def test_a_name_that_decodes_to_an_address_never_becomes_the_address() -> None:
    written = "=?utf-8?q?=3Cchief=40police=3E?= <a@x>, =?utf-8?q?Li=2C_Wei?= <b@x>"
    found = list(mailboxes(written, "<chief@police> <a@x>, Li, Wei <b@x>"))
    assert [each.address for each in found] == ["a@x", "b@x"]
    assert [each.name for each in found] == ["<chief@police>", "Li, Wei"]


@given(st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.invalid", fullmatch=True), max_size=30))
def test_as_many_addresses_come_out_as_are_written(addresses: list[str]) -> None:
    written = ", ".join(f'"N, {at}" <{each}>' for at, each in enumerate(addresses))
    assert [each.address for each in mailboxes(written, written)] == addresses


@given(st.text(alphabet='"()<>,;:\\@ab\n', max_size=300))
def test_no_header_makes_mailboxes_fail(written: str) -> None:
    for each in mailboxes(written, written):
        assert each.person != ""


def test_two_spellings_of_an_address_are_one_person() -> None:
    assert Mailbox("A", "Li@Xugu.invalid").person == Mailbox("B", "li@xugu.INVALID").person


SUBJECTS = {
    "Re: Fwd: [list] Report": "report",
    "回复：转发：请报送名单": "请报送名单",
    "RE[3]: AW:  Zwei   Wörter": "zwei wörter",
    "Ответ: Список": "список",
    "Regarding: x": "regarding: x",
    "Re:": "re:",
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_answering_puts_before_a_subject_is_left_out(subject: str) -> None:
    assert base_subject(subject) == SUBJECTS[subject]
