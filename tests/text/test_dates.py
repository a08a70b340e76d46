"""Dates are read in the forms that programs write, and no zone is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Precision, Stamp
from muniment.text import read_date, read_seconds

KNOWN = {
    "2019": ("2019", None, Precision.YEAR),
    "2019-03": ("2019-03", None, Precision.MONTH),
    "2019-03-02": ("2019-03-02", None, Precision.DAY),
    "2019-03-02T14:05": ("2019-03-02T14:05", None, Precision.MINUTE),
    "2019-03-02T14:05Z": ("2019-03-02T14:05", 0, Precision.MINUTE),
    "2019-03-02 14:05:07": ("2019-03-02T14:05:07", None, Precision.SECOND),
    "2019-03-02T14:05:07+01:00": ("2019-03-02T14:05:07", 60, Precision.SECOND),
    "2019-03-02T14:05:07.250000Z": ("2019-03-02T14:05:07.250000", 0, Precision.MICROSECOND),
    "2010-06-17T23:54:05.1093750Z": ("2010-06-17T23:54:05.1093750", 0, Precision.NANOSECOND),
    "2012-01-28 18:39:18 UTC": ("2012-01-28T18:39:18", 0, Precision.SECOND),
    "2009:03:12 13:48:32": ("2009-03-12T13:48:32", None, Precision.SECOND),
    "D:20070321140550-06'00'": ("2007-03-21T14:05:50", -360, Precision.SECOND),
    "D:20070321140550Z00'00'": ("2007-03-21T14:05:50", 0, Precision.SECOND),
    "D:20070321": ("2007-03-21", None, Precision.DAY),
    "20050614070144": ("2005-06-14T07:01:44", None, Precision.SECOND),
    "Wed, 30 Jan 2002 15:07:01 -0800 (PST)": ("2002-01-30T15:07:01", -480, Precision.SECOND),
    "1 Jun 2009 05:31:24 -0000": ("2009-06-01T05:31:24", None, Precision.SECOND),
    "30 Nov 1992 12:34 EST": ("1992-11-30T12:34", -300, Precision.MINUTE),
    "16 May 2016 at 09:30:32  GMT+1": ("2016-05-16T09:30:32", 60, Precision.SECOND),
    "15 Apr 92 16:46:49 GMT": ("1992-04-15T16:46:49", 0, Precision.SECOND),
    "Wed Jun 13 00:21:34 +0200 2007": ("2007-06-13T00:21:34", 120, Precision.SECOND),
    "Fri Mar 10 2006 13:40:00 GMT+0100": ("2006-03-10T13:40:00", 60, Precision.SECOND),
    "Wed Sep  1 11:11:11 2010": ("2010-09-01T11:11:11", None, Precision.SECOND),
    "190124134213Z": ("2019-01-24T13:42:13", 0, Precision.SECOND),
    "Tue, 14 Jun 2005 07:01:49 GMT": ("2005-06-14T07:01:49", 0, Precision.SECOND),
    "2016-12-31T23:59:60Z": ("2016-12-31T23:59:59", 0, Precision.SECOND),
    "2019-03-02T14:05:07+99:00": ("2019-03-02T14:05:07", None, Precision.SECOND),
}
NO_DATES = {
    "no letters": "",
    "words": "last spring",
    "a thirteenth month": "2019-13-02",
    "a day that June has not": "2019-06-31",
    "hour 25": "2019-06-30T25:00",
    "no such month": "12 Abc 2019 10:00",
    "year nought": "0000-01-01",
    "only zeros": "0000:00:00 00:00:00",
    "other digits": "٢٠١٩-٠٣-٠٢",
    "a date in a sentence": "on 2019-03-02 it rained",
    "two years": "Wed Jun 13 2007 00:21:34 2008",
    "no year": "Wed Jun 13 00:21:34",
    "a long text": "2019-03-02" + " " * 300 + "x",
}


@pytest.mark.parametrize("written", KNOWN)
def test_each_form_is_read_as_it_stands(written: str) -> None:
    assert read_date(written) == Stamp(written, *KNOWN[written])


@pytest.mark.parametrize("why", NO_DATES)
def test_what_is_no_date_is_none(why: str) -> None:
    assert read_date(NO_DATES[why]) == Stamp(NO_DATES[why], None, None, None)


def test_seconds_are_counted_in_utc() -> None:
    stamp = Stamp("1191250946", "2007-10-01T15:02:26", 0, Precision.SECOND)
    assert read_seconds("1191250946") == stamp
    assert read_seconds("1391791313.0392861").local == "2014-02-07T16:41:53.0392861"
    assert read_seconds("3410620758", since_1904=True).local == "2012-01-28T18:39:18"
    assert read_seconds("999999999999").local is None
    assert read_seconds("noon").local is None


@given(st.text() | st.from_regex(r"\A[0-9:T+-]{1,30}\Z"))
def test_any_text_is_read_or_not_and_never_raises(written: str) -> None:
    for stamp in (read_date(written), read_seconds(written)):
        assert stamp.written == written
        assert stamp.local is None or len(stamp.local) >= len("2019")


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_iso_forms_are_read_back(moment: object, offset: int) -> None:
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    written = f"{moment.isoformat()}{sign}{minutes // 60:02}:{minutes % 60:02}"  # type: ignore[attr-defined]
    stamp = read_date(written)
    assert (stamp.local, stamp.offset_minutes) == (moment.isoformat(), offset)  # type: ignore[attr-defined]
