"""Dates and times as officers write them, and as a pack prints them. English words; the day always comes first.

Reading raises ValueError with a sentence for the person who wrote the date; ``DATE_FORMS`` and ``TIME_FORMS`` say what
can be written instead. Nothing here knows today's date or the machine's language.
"""

import calendar
import datetime as dt
import re

DATE_FORMS = "Write the day, the month and the year, like 9 October 2017, 2017-10-09 or 09/10/2017."
TIME_FORMS = "Write the time like 3.30 pm, 15:30 or noon."

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST_YEAR = 1800

_WEEKDAY = re.compile(
    r"(?i)^(mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?(?=[\s,])[\s,]*(?:the\s+)?(?=\S)"
)
_YEAR_FIRST = re.compile(r"^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})$")
_DAY_FIRST = re.compile(r"^([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})$")
_WORDS = re.compile(r"(?i)^([0-9]{1,2})\s?(?:st|nd|rd|th)?(?:\s+of)?[\s,-]*([a-z]+)\.?[\s,-]*([0-9]{4}|'?[0-9]{2})?$")
_MONTH_FIRST = re.compile(r"(?i)^([a-z]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})$")
_CLOCK = re.compile(r"^([0-9]{1,2})(?:\s?[.:]\s?([0-9]{2}))?\s?(am|pm|noon)?$")
_FOUR_DIGITS = re.compile(r"^([0-9]{2})([0-9]{2})(?:\s?(?:hrs|hours|h))?$")


def parse_date(text: str) -> dt.date:
    """Return the date an officer wrote: 2017-10-09, 9 October 2017, Monday, 9th October, 2017, 09/10/2017, 9.10.17.

    Figures are day, month, year, never month first; a year of two figures is 20xx. A weekday is checked. Raises
    ValueError saying what is wrong with it.
    """
    words = " ".join(text.split())
    if not words:
        raise ValueError("the date is empty")
    weekday = _WEEKDAY.match(words)
    date = _read_date(words[weekday.end() :] if weekday else words, text=words)
    if weekday and not WEEKDAYS[date.weekday()].lower().startswith(weekday[1].lower()[:3]):
        wrong = next(day for day in WEEKDAYS if day.lower().startswith(weekday[1].lower()[:3]))
        raise ValueError(f"{day_date(date)} is a {WEEKDAYS[date.weekday()]}, not a {wrong}")
    return date


def _read_date(words: str, text: str) -> dt.date:
    if match := _YEAR_FIRST.match(words):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_FIRST.match(words):
        return _day_first(int(match[1]), int(match[3]), _year(match[4]), text)
    if match := _MONTH_FIRST.match(words):
        month = _month(match[1], text)
        raise ValueError(f'the day comes first: write "{match[2]} {MONTHS[month - 1]} {match[3]}", not "{text}"')
    if match := _WORDS.match(words):
        month = _month(match[2], text)
        if not match[3]:
            raise ValueError(f'"{text}" has no year')
        return _date(_year(match[3].lstrip("'")), month, int(match[1]))
    raise ValueError(f'"{text}" is not a date')


def _day_first(day: int, month: int, year: int, text: str) -> dt.date:
    if month > 12 >= day >= 1 and month <= calendar.monthrange(year, day)[1]:
        raise ValueError(
            f'there is no month {month} in "{text}"; the day comes first: for {month} {MONTHS[day - 1]} {year} '
            f"write {month:02}/{day:02}/{year}"
        )
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> dt.date:
    if year < EARLIEST_YEAR:
        raise ValueError(f"the year {year} is too long ago to be meant")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name, of_year = MONTHS[month - 1], f" {year}" if month == 2 else ""
        raise ValueError(f"{day} {name} {year} does not exist: {name}{of_year} has {days} days")
    return dt.date(year, month, day)


def _year(figures: str) -> int:
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _month(word: str, text: str) -> int:
    """Return 1 for "January", "Jan" or "janu": any beginning of three letters or more; "Sept" too."""
    if len(word) >= 3:
        for number, month in enumerate(MONTHS, 1):
            if month.lower().startswith(word.lower()):
                return number
    raise ValueError(f'"{word}" in "{text}" is not a month')


def parse_time(text: str) -> dt.time:
    """Return the time of day an officer wrote: 3.30 pm, 3:30pm, 3 pm, 15:30, 15.30, 1530, noon, 12 noon, 10.00 a.m.

    Four figures are the 24-hour clock. Refused with ValueError: midnight and 12 am (of which day?), and a time like
    3.30 with neither am nor pm and no leading nought, which could be the afternoon.
    """
    words = re.sub(r"(?<![a-z])([ap])\s?\.?\s?m\b\.?", r"\1m", " ".join(text.lower().split()))
    words = words.replace("o'clock", "").replace("midday", "noon").strip()
    if words in ("noon", "12 noon"):
        return dt.time(12)
    if "midnight" in words:
        raise ValueError(f'"{text}" could be the beginning or the end of the day: write 00:00 or 11.59 pm')
    if match := _FOUR_DIGITS.match(words):
        return _time(int(match[1]), int(match[2]), text)
    if not (match := _CLOCK.match(words)):
        raise ValueError(f'"{text}" is not a time')
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        return _twelve_hour(hour, minute, half, text)
    if match[2] is None or len(match[1]) == 1:
        raise ValueError(f'"{text}" does not say whether it is am or pm')
    return _time(hour, minute, text)


def _twelve_hour(hour: int, minute: int, half: str, text: str) -> dt.time:
    if half == "noon" and (hour, minute) != (12, 0):
        raise ValueError(f'"{text}" is not noon')
    if not 1 <= hour <= 12:
        raise ValueError(f'"{text}" mixes the 12-hour and the 24-hour clock')
    if (hour, minute, half) == (12, 0, "am"):
        raise ValueError(f'"{text}" could be noon or midnight: write noon, 00:00 or 11.59 pm')
    return _time(hour % 12 + (0 if half == "am" else 12), minute, text)


def _time(hour: int, minute: int, text: str) -> dt.time:
    if hour > 23 or minute > 59:
        raise ValueError(f'"{text}" is not a time of day')
    return dt.time(hour, minute)


def day_date(date: dt.date) -> str:
    """Return "28 February 2017"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def weekday_date(date: dt.date) -> str:
    """Return "Tuesday, 28 February 2017": the publication date and the heading of minutes."""
    return f"{WEEKDAYS[date.weekday()]}, {day_date(date)}"


long_date = weekday_date


def notice_date(date: dt.date) -> str:
    """Return "Monday, 9th October, 2017", as a front sheet announces a meeting."""
    return f"{WEEKDAYS[date.weekday()]}, {ordinal(date.day)} {MONTHS[date.month - 1]}, {date.year}"


def time_and_date(time: dt.time | None, date: dt.date) -> str:
    """Return "3.30 pm on Monday, 9th October, 2017", or the date alone when no time is set."""
    return f"{clock(time)} on {notice_date(date)}" if time else notice_date(date)


def table_date(date: dt.date) -> str:
    """Return "17/08/2017", as the sign-off table has it."""
    return f"{date.day:02}/{date.month:02}/{date.year}"


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "3rd", "11th" ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def clock(time: dt.time) -> str:
    """Return "3.30 pm", "10.00 am", "12.00 noon", "12.00 midnight"."""
    if (time.hour, time.minute) in ((12, 0), (0, 0)):
        return "12.00 noon" if time.hour else "12.00 midnight"
    return f"{time.hour % 12 or 12}.{time.minute:02} {'am' if time.hour < 12 else 'pm'}"
