"""Dates and times as officers write them, and as a pack prints them."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import dates

OCTOBER = dt.date(2017, 10, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2017-10-09",
        "2017-10-9",
        "9 October 2017",
        "09 October 2017",
        "9th October, 2017",
        "9th of October 2017",
        "Monday, 9th October, 2017",
        "Monday 9 October 2017",
        "Mon 9 Oct 2017",
        "Monday the 9th of October 2017",
        "9 Oct. 2017",
        "9-Oct-17",
        "9 OCTOBER 2017",
        "09/10/2017",
        "9/10/17",
        "9.10.17",
        "9. 10. 2017",
        "09-10-2017",
        "Monday 09/10/2017",
        "  9   October\u00a02017 ",
    ],
)
def test_date_is_read_however_it_is_written(text: str) -> None:
    assert dates.parse_date(text) == OCTOBER


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("31 November 2017", "31 November 2017 does not exist: November has 30 days"),
        ("2017-02-29", "29 February 2017 does not exist: February 2017 has 28 days"),
        ("Tuesday, 9 October 2017", "9 October 2017 is a Monday, not a Tuesday"),
        ("10/25/2017", "for 25 October 2017 write 25/10/2017"),
        ("13/25/2017", "there is no month 25"),
        ("09/31/2017", "there is no month 31"),
        ("00/31/2017", "there is no month 31"),
        ("October 9, 2017", 'write "9 October 2017"'),
        ("9 Octember 2017", '"Octember" in "9 Octember 2017" is not a month'),
        ("9 October", "has no year"),
        ("0017-10-09", "the year 17 is too long ago"),
        ("2017-13-09", "there is no month 13"),
        ("0 May 2017", "0 May 2017 does not exist"),
        ("next Monday", '"next Monday" is not a date'),
        ("2017", '"2017" is not a date'),
        ("٩ October 2017", "is not a date"),
        ("", "the date is empty"),
    ],
)
def test_date_that_cannot_be_read_says_why(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        dates.parse_date(text)


def test_figures_are_never_read_month_first() -> None:
    assert dates.parse_date("03/04/2017") == dt.date(2017, 4, 3)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("3.30 pm", 15, 30),
        ("3:30pm", 15, 30),
        ("3.30p.m.", 15, 30),
        ("3.30 P M", 15, 30),
        ("3 pm", 15, 0),
        ("15:30", 15, 30),
        ("15.30", 15, 30),
        ("1530", 15, 30),
        ("1530 hrs", 15, 30),
        ("09:30", 9, 30),
        ("0930", 9, 30),
        ("10.00 a.m.", 10, 0),
        ("10.15", 10, 15),
        ("noon", 12, 0),
        ("12 noon", 12, 0),
        ("12.00 noon", 12, 0),
        ("midday", 12, 0),
        ("12.30 pm", 12, 30),
        ("12 pm", 12, 0),
        ("12.15 am", 0, 15),
        ("00:00", 0, 0),
    ],
)
def test_time_is_read_however_it_is_written(text: str, hour: int, minute: int) -> None:
    assert dates.parse_time(text) == dt.time(hour, minute)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("midnight", "could be the beginning or the end of the day"),
        ("12 midnight", "could be the beginning or the end of the day"),
        ("12 am", "could be noon or midnight"),
        ("3.30", "does not say whether it is am or pm"),
        ("9:30", "does not say whether it is am or pm"),
        ("15", "does not say whether it is am or pm"),
        ("15.30 pm", "mixes the 12-hour and the 24-hour clock"),
        ("25:00", "is not a time of day"),
        ("10.75 am", "is not a time of day"),
        ("11 noon", "is not noon"),
        ("930", "is not a time"),
        ("half past three", "is not a time"),
        ("", "is not a time"),
    ],
)
def test_time_that_cannot_be_read_says_why(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        dates.parse_time(text)


def test_dates_are_printed_as_a_pack_prints_them() -> None:
    assert dates.time_and_date(dt.time(15, 30), OCTOBER) == "3.30 pm on Monday, 9th October, 2017"
    assert dates.time_and_date(None, OCTOBER) == "Monday, 9th October, 2017"
    assert dates.long_date(OCTOBER) == "Monday, 9 October 2017"
    assert dates.weekday_date(dt.date(2017, 2, 28)) == "Tuesday, 28 February 2017"
    assert dates.day_date(dt.date(2017, 2, 28)) == "28 February 2017"
    assert dates.table_date(dt.date(2017, 8, 7)) == "07/08/2017"


def test_times_are_printed_as_a_pack_prints_them() -> None:
    times = [dt.time(14), dt.time(9, 5), dt.time(12), dt.time(12, 30), dt.time(0), dt.time(0, 15)]
    printed = ["2.00 pm", "9.05 am", "12.00 noon", "12.30 pm", "12.00 midnight", "12.15 am"]
    assert [dates.clock(time) for time in times] == printed


def test_ordinals_of_the_teens_are_th() -> None:
    printed = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st 111th"
    assert " ".join(map(dates.ordinal, (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31, 111))) == printed


@given(st.dates(min_value=dt.date(1800, 1, 1)))
def test_every_printed_date_reads_back(date: dt.date) -> None:
    for printed in (dates.day_date(date), dates.weekday_date(date), dates.notice_date(date), dates.table_date(date)):
        assert dates.parse_date(printed) == date


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0)).filter(lambda time: time != dt.time(0)))
def test_every_printed_time_reads_back(time: dt.time) -> None:
    assert dates.parse_time(dates.clock(time)) == time


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (dates.parse_date, dates.parse_time):
        try:
            read(text)
        except ValueError as error:
            assert str(error)
