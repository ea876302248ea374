"""YAML as officers write it: what is kept as written, and what is wrong in plain words, with its place."""

from pathlib import Path

import pytest

from pipeline.errors import Fault
from pipeline.manifest.yamlfile import Mark, YamlFile, parse_yaml, read_yaml


def parsed(text: str) -> YamlFile:
    return parse_yaml(text, Path("meeting.yaml"))


def only_fault(file: YamlFile) -> Fault:
    (fault,) = file.faults
    return fault


def test_every_value_stays_the_text_that_was_written() -> None:
    file = parsed("a: No\nb: 12.10\nc: 2017-10-09\nd: 0800\ne: 15:30\nf: 'quoted'\ng: 1e3\nh: Null\n")
    assert list(file.data.values()) == ["No", "12.10", "2017-10-09", "0800", "15:30", "quoted", "1e3", "Null"]
    assert file.faults == []


def test_key_with_nothing_after_it_is_as_if_absent_but_keeps_its_place() -> None:
    file = parsed("a:\nb: ~\nc: ''\n")
    assert file.data == {"c": ""}
    assert file.keys[("b",)] == Mark(2, 1)


def test_places_count_from_one_and_lists_from_nought() -> None:
    file = parsed("public:\n  - title: Apologies\n  - {title: Minutes}\n")
    assert file.keys[("public", 1, "title")] == Mark(3, 6)
    assert file.values[("public", 0, "title")] == Mark(2, 12)


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (
            "title: Petition: Save the Park\n",
            1,
            "text with a colon in it needs quotes",
            'Put the text in double quotes:  title: "Petition: Save the Park"',
        ),
        ("- {title: Petition: Save}\n", 1, "text with a colon in it needs quotes", "Put the text in double quotes"),
        ("a: 1\ntitle:Apologies\nb: 2\n", 2, "a space is missing after the colon", "Write  title: Apologies"),
        (
            "a: 1\ntitle Apologies\nb: 2\n",
            2,
            "this line has no key and colon: title Apologies",
            "Write it like  title: Apologies",
        ),
        (
            "title: 'Children's Services'\n",
            1,
            "there is more text after the closing quote",
            'Put the whole text in double quotes:  title: "Children\'s Services"',
        ),
        ('title: "Save the Park\nb: 1\n', 1, "the quote opened here is never closed", "Add the closing quote."),
        ("a: 1\nitems: [One, Two\nb: 1\n", 2, "the [ opened here is not closed", "Add the ]"),
        ("a: {b: 1\n", 1, "the { opened here is not closed", "Add the }"),
        ("a: {b: 1}}\n", 1, "this } closes nothing", "Take it out"),
        ("email: @council\n", 1, "text that begins with @ needs quotes", 'in double quotes: "@council"'),
        ("title: *Apologies*\n", 1, "text that begins with * needs quotes", 'in double quotes: "*Apologies*"'),
        ("title: ** Note **\n", 1, "text that begins with * needs quotes", 'in double quotes: "** Note **"'),
        ("text: >Hello\n", 1, "nothing may follow | or >", "Put the text in double quotes"),
        ("  a: 1\nb: 2\n", 2, "this line does not line up with those above it", "Put it exactly under"),
        ("a: [- b]\n", 1, "a dash and a space begin a list", "Begin each entry"),
        ("title: &Co Limited\n", 1, "text that begins with & needs quotes", 'in double quotes: "&..."'),
        ("title: !Urgent item\n", 1, "text that begins with ! needs quotes", 'in double quotes: "!..."'),
        ("title: Motion #3\n", 1, "so #3 would be lost", 'in double quotes: "Motion #3"'),
        ("a:\n  b: 1\n c: 2\n", 3, "this line does not line up with those above it", "Put it exactly under"),
        ("a: 1\n  b: 2\n", 2, "this line is further in than the line above allows", "Put it exactly under"),
        ("a: 1\n---\nb: 2\n", 2, "a line of three dashes begins a second document", "Take that line out."),
        ('file: "sub\\dir"\n', 1, "a backslash in double quotes", "Write / instead"),
        ("a: - b\n", 1, "a dash and a space begin a list", "Begin each entry"),
        ("text: | Hello\n", 1, "nothing may follow | or >", "Put the text in double quotes"),
        ("title:\u00a0Apologies\nb: 1\n", 1, "a non-breaking space", "press the space bar"),
        ("a:\tb\n", 1, "there is a tab in this line", "Use a space instead."),
        ("title: Agenda\x0b\n", 1, "an invisible control character (code 11)", "Type it again."),
        ("? [a]\n: b\n", 1, "a key must be one word", "Write it like"),
        ("title: A\ntitle: B\n", 2, "'title' is given twice here, first in line 1", "Keep one of them."),
        ("a: " + "[" * 3000 + "\n", None, "too many brackets inside one another", "Close each"),
    ],
    ids=lambda value: value[:25].strip() if isinstance(value, str) else "",
)
def test_slip_is_explained_with_its_line(text: str, line: int | None, message: str, remedy: str) -> None:
    fault = only_fault(parsed(text))
    assert (fault.line, fault.file) == (line, Path("meeting.yaml"))
    assert message in fault.message
    assert remedy in fault.remedy


def test_every_line_indented_with_a_tab_is_named() -> None:
    file = parsed("public:\n\t- title: One\n\t- title: Two\n")
    assert [(fault.line, fault.message) for fault in file.faults] == [
        (2, "a tab stands at the beginning of this line"),
        (3, "a tab stands at the beginning of this line"),
    ]


def test_repeated_keys_are_all_named_even_within_lists() -> None:
    file = parsed("public:\n  - {title: A, title: B}\n  - title: C\n    title: D\n")
    assert [(fault.line, fault.column) for fault in file.faults] == [(2, 16), (4, 5)]


def test_anchor_that_holds_itself_is_a_fault_not_a_crash() -> None:
    assert "text that begins with &" in only_fault(parsed("a: &a [*a]\n")).message


def test_remark_after_text_is_a_remark() -> None:
    assert parsed("padding: paper # or item\n").data == {"padding": "paper"}


@pytest.mark.parametrize(
    ("raw", "message", "line"),
    [
        (b"", "the file is empty", 1),
        (b"# only a remark\n", "the file is empty", 1),
        (b"- a\n- b\n", "these must be keys and values, not a list", 1),
        (b"body\n", "these must be keys and values, not text", 1),
        (b"a: 1\nplace: Caf\xe9\n", "the file is not UTF-8 text: look at the é in this line", 2),
        ("a: 1\n".encode("utf-16"), "the file is saved as UTF-16, not as UTF-8", 1),
    ],
)
def test_file_that_is_no_yaml_of_ours_says_so(tmp_path: Path, raw: bytes, message: str, line: int) -> None:
    path = tmp_path / "meeting.yaml"
    path.write_bytes(raw)
    fault = only_fault(read_yaml(path))
    assert (fault.message, fault.line, fault.file) == (message, line, path)


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "meeting.yaml"
    path.write_bytes(b"\xef\xbb\xbfbody: x\r\nplace: Neuadd y Dref\r\ntext: |\r\n  One\r\n  Two\r\n")
    file = read_yaml(path)
    assert file.data == {"body": "x", "place": "Neuadd y Dref", "text": "One\nTwo\n"}
    assert file.keys[("place",)] == Mark(2, 1)


def test_missing_file_and_folder_say_so(tmp_path: Path) -> None:
    assert only_fault(read_yaml(tmp_path / "meeting.yaml")).message == "the file is not there"
    assert only_fault(read_yaml(tmp_path)).message == "this is a folder, not a file"
