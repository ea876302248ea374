"""Damaged, disguised and locked office files, made from real ones."""

import io
import random
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import olefile
import openpyxl
import pytest

from pipeline.errors import Fault
from pipeline.office import zip_files
from pipeline.office.soundness import check_office_file
from tests.workbooks import soffice

OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
CUT = "This file is cut short or damaged: it is not a whole "


def word_file(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Complaints", 1)
    for number in range(30):
        document.add_paragraph(f"Paragraph {number}: invented words about nothing in particular.")
    document.save(str(path))
    return path


def excel_file(path: Path) -> Path:
    book = openpyxl.Workbook()
    for number in range(30):
        book.active.append([f"Row {number}", number])
    book.create_sheet("Second")["A1"] = "more"
    book.save(path)
    return path


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fault_of(path: Path) -> str:
    fault = check_office_file(path, "paper")
    assert isinstance(fault, Fault)
    assert fault.file == Path("paper") and fault.remedy
    return fault.message


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("maker", [word_file, excel_file], ids=["docx", "xlsx"])
def test_sound_file_passes(tmp_path: Path, maker: Callable[[Path], Path]) -> None:
    suffix = ".docx" if maker is word_file else ".xlsx"
    assert check_office_file(maker(tmp_path / f"A Paper{suffix.upper()}"), "paper") is None


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".odt", ".ods", ".doc", ".xls", ".rtf", ".csv", ".md"])
def test_empty_file_is_refused(tmp_path: Path, suffix: str) -> None:
    assert fault_of(written(tmp_path, f"x{suffix}", b"")) == "This file is empty (0 bytes)."


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".odt", ".ods", ".doc", ".xls", ".rtf"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%", "a PDF"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html><body>Not found</body></html>", "a web page (HTML)"),
        ("<html>".encode("utf-16"), "a web page (HTML)"),
        (b"  <!-- saved -->\n<TABLE><tr><td>1</td></tr></TABLE>", "a web page (HTML)"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="">', "a web page (HTML)"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns='
         b'"urn:schemas-microsoft-com:office:spreadsheet">', "an Excel 2003 XML spreadsheet"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "a saved web page (MHTML)"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"Ward,Cost\nAbbey,5\n", "plain text"),
    ],
    ids=["pdf", "html", "html utf-16", "html table", "xhtml", "xml 2003", "mhtml", "png", "text"],
)  # fmt: skip
def test_file_of_another_kind_is_told_what_it_is(tmp_path: Path, suffix: str, data: bytes, kind: str) -> None:
    assert fault_of(written(tmp_path, f"x{suffix}", data)) == f"This file is named {suffix} but is really {kind}."


@pytest.mark.parametrize("suffix", [".csv", ".md"])
@pytest.mark.parametrize("data", [b"%PDF-1.7", b"<!doctype HTML><p>", b"PK\x03\x04\0\0\0", b"{\\rtf1 x}", b"a\0b"])
def test_text_that_is_no_text_is_refused(tmp_path: Path, suffix: str, data: bytes) -> None:
    assert fault_of(written(tmp_path, f"x{suffix}", data))


def test_swapped_extensions_say_how_to_rename(tmp_path: Path) -> None:
    word, excel = word_file(tmp_path / "a.docx"), excel_file(tmp_path / "b.xlsx")
    fault = check_office_file(shutil.copy(excel, tmp_path / "c.docx"), "c.docx")
    assert str(fault) == (
        "c.docx: This file is named .docx but is really an Excel workbook (.xlsx).\n"
        "  Rename it to end in .xlsx (in meeting.yaml too), or open it and save it as Word Document (.docx)."
    )
    assert "really a Word document (.docx)" in fault_of(shutil.copy(word, tmp_path / "d.xls"))
    assert "really a Word document (.docx)" in fault_of(shutil.copy(word, tmp_path / "d.odt"))
    assert "really a Word document (.docx)" in fault_of(shutil.copy(word, tmp_path / "d.rtf"))


def test_macro_and_template_types_under_a_plain_name_are_told(tmp_path: Path) -> None:
    members = members_of(word_file(tmp_path / "a.docx"))
    types = members["[Content_Types].xml"]
    plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for other, name in (
        (b"ms-word.document.macroEnabled.main+xml", "a Word document with macros (.docm)"),
        (b"openxmlformats-officedocument.wordprocessingml.template.main+xml", "a Word template (.dotx)"),
    ):
        path = packed(tmp_path / "b.docx", {**members, "[Content_Types].xml": types.replace(plain, other)})
        assert fault_of(path) == f"This file is named .docx but is really {name}."


@pytest.mark.parametrize("maker", [word_file, excel_file], ids=["docx", "xlsx"])
def test_file_cut_off_anywhere_is_refused(tmp_path: Path, maker: Callable[[Path], Path]) -> None:
    suffix = ".docx" if maker is word_file else ".xlsx"
    data = maker(tmp_path / f"whole{suffix}").read_bytes()
    for length in (1, 3, 30, 1000, len(data) // 2, len(data) - 30, len(data) - 23, len(data) - 1):
        assert check_office_file(written(tmp_path, f"x{suffix}", data[:length]), "x") is not None, length


def test_random_damage_never_passes_with_a_changed_main_part(tmp_path: Path) -> None:
    """What passes must still hold the words it held, by a reader that is not ours."""
    data = word_file(tmp_path / "whole.docx").read_bytes()
    document = members_of(tmp_path / "whole.docx")["word/document.xml"]
    chance = random.Random(2017)  # noqa: S311 - the same damage each time
    refused = 0
    for number in range(300):
        broken = bytearray(data)
        if number % 3 == 0:
            del broken[chance.randrange(len(data)) :]
        elif number % 3 == 1:
            for _ in range(chance.choice((1, 1, 8))):
                broken[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            start = chance.randrange(len(data))
            broken[start : start + 200] = bytes(len(broken[start : start + 200]))
        path = written(tmp_path, "x.docx", bytes(broken))
        if check_office_file(path, "x") is None:
            with zipfile.ZipFile(path) as archive:
                assert archive.read("word/document.xml") == document, number
            assert len(docx.Document(str(path)).paragraphs) == 31
        else:
            refused += 1
    assert refused > 200


def test_main_part_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    members = members_of(word_file(tmp_path / "a.docx"))
    half = members["word/document.xml"][:500]
    path = packed(tmp_path / "b.docx", {**members, "word/document.xml": half})
    assert fault_of(path) == "This file is damaged: its part word/document.xml cannot be read."


def test_sheet_that_is_missing_is_refused_and_not_left_out(tmp_path: Path) -> None:
    members = members_of(excel_file(tmp_path / "a.xlsx"))
    del members["xl/worksheets/sheet2.xml"]
    path = packed(tmp_path / "b.xlsx", members)
    assert fault_of(path) == "This file is damaged: its part xl/worksheets/sheet2.xml is missing."


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_part_that_is_missing_is_refused(tmp_path: Path, part: str) -> None:
    members = members_of(word_file(tmp_path / "a.docx"))
    del members[part]
    assert fault_of(packed(tmp_path / "b.docx", members))


def test_zip_of_something_else_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.docx", {"photo.jpg": b"x", "letter.docx": b"y"})
    assert fault_of(path) == "This file is named .docx but is really a zip archive."


def test_file_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = members_of(word_file(tmp_path / "a.docx"))
    path = packed(tmp_path / "b.docx", {**members, "word/media/image1.png": bytes(3_000_000)})
    assert check_office_file(path, "b") is None
    monkeypatch.setattr(zip_files, "MOST_OF_A_MEMBER", 2_000_000)
    assert "unpacks to more than" in fault_of(path)
    monkeypatch.setattr(zip_files, "MOST_OF_A_MEMBER", 5_000_000)
    monkeypatch.setattr(zip_files, "MOST_IN_ALL", 2_500_000)
    assert "unpacks to more than" in fault_of(path)


def test_zip_with_locked_members_is_protected(tmp_path: Path) -> None:
    data = bytearray(word_file(tmp_path / "a.docx").read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1  # general purpose flag, bit 0: encrypted
        at = data.find(b"PK\x01\x02", at + 1)
    fault = check_office_file(written(tmp_path, "b.docx", bytes(data)), "b.docx")
    assert fault is not None
    assert "password" in fault.message or "damaged" in fault.message


def test_opendocument_behind_a_password_is_told(tmp_path: Path) -> None:
    manifest = b'<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    mimetype = b"application/vnd.oasis.opendocument.text"
    path = packed(
        tmp_path / "x.odt", {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": b"\x93\x01"}
    )
    assert fault_of(path) == "This file is protected by a password."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{\\rtf1\\ansi Words \\{ and {\\b bold} }", ""),
        (b"{\\rtf1 {\\pict\\bin5 }}}}}} words}\r\n\0", ""),
        (b"{\\rtf1\\ansi Words {\\b bold}", "This RTF document is cut short: its end is missing."),
        (b"{\\rtf1\\ansi Words \\}", "This RTF document is cut short: its end is missing."),
        (b"{\\rtf1 {\\pict\\bin500 }}}", "This RTF document is cut short: its end is missing."),
    ],
    ids=["whole", "picture", "group open", "escaped brace", "picture cut"],
)
def test_rtf_must_open_and_close(tmp_path: Path, data: bytes, message: str) -> None:
    fault = check_office_file(written(tmp_path, "x.rtf", data), "x")
    assert (fault.message if fault else "") == message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"Ward,Cost\nAbbey,\xa35\n", ""),
        ("x.csv", "Ward\tCost\n".encode("utf-16"), ""),
        ("x.csv", b" \r\n", "This file has no words in it."),
        ("x.csv", b'a,"b\n', "The columns of this file cannot be told apart (unexpected end of data)."),
        ("x.md", "# Adroddiad â\n".encode(), ""),
        ("x.md", b"# Report\n\nCaf\xe9\n", "Line 3 of this file is not UTF-8 text."),
        ("x.md", "# Report".encode("utf-16"), "Line 1 of this file is not UTF-8 text."),
        ("x.md", b"\n \n", "This file has no words in it."),
    ],
)
def test_text_files_are_read_as_they_will_be(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    fault = check_office_file(written(tmp_path, name, data), "x")
    assert (fault.message if fault else "") == message


def test_file_that_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "not-there.docx").startswith("This file cannot be opened (")


def test_name_of_no_office_file_is_our_own_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the name of an office file"):
        check_office_file(written(tmp_path, "x.exe", b"x"), "x")


def streams_of(data: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return {"/".join(entry): ole.openstream(entry).read() for entry in ole.listdir()}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Real .doc, .odt, .rtf, .xls and .ods."""
    folder = tmp_path_factory.mktemp("office")
    word, excel = word_file(folder / "word.docx"), excel_file(folder / "excel.xlsx")
    made = {kind: soffice([word], kind, folder)["word"].read_bytes() for kind in ("doc", "odt", "rtf")}
    return made | {kind: soffice([excel], kind, folder)["excel"].read_bytes() for kind in ("xls", "ods")}


@OFFICE
@pytest.mark.libreoffice
class TestOtherFormats:
    @pytest.mark.parametrize("kind", ["doc", "odt", "rtf", "xls", "ods"])
    def test_sound_file_passes_and_a_cut_one_does_not(
        self, converted: dict[str, bytes], tmp_path: Path, kind: str
    ) -> None:
        data = converted[kind]
        assert check_office_file(written(tmp_path, f"x.{kind}", data), "x") is None
        for part in range(1, 40):
            cut = data[: len(data) * part // 40]
            if check_office_file(written(tmp_path, f"x.{kind}", cut), "x") is None:
                assert kind in ("doc", "xls")  # only padding is missing
                assert streams_of(cut) == streams_of(data)

    def test_cut_file_is_told_so(self, converted: dict[str, bytes], tmp_path: Path) -> None:
        doc, ods = converted["doc"], converted["ods"]
        assert fault_of(written(tmp_path, "x.doc", doc[: len(doc) * 2 // 3])) == f"{CUT}old Word document (.doc)."
        assert fault_of(written(tmp_path, "x.ods", ods[:-40])) == f"{CUT}OpenDocument spreadsheet (.ods)."

    @pytest.mark.parametrize(("kind", "other"), [("doc", "docx"), ("xls", "xlsx"), ("odt", "doc"), ("ods", "xlsx")])
    def test_wrong_name_is_told(self, converted: dict[str, bytes], tmp_path: Path, kind: str, other: str) -> None:
        assert f"(.{kind})." in fault_of(written(tmp_path, f"x.{other}", converted[kind]))

    def test_word_97_password_flag_is_seen(self, converted: dict[str, bytes], tmp_path: Path) -> None:
        data = bytearray(converted["doc"])
        with olefile.OleFileIO(io.BytesIO(bytes(data))) as ole:
            main = ole.openstream("WordDocument").read()
        at = data.find(main[:64]) + 0x0A
        data[at : at + 2] = struct.pack("<H", struct.unpack_from("<H", data, at)[0] | 0x0100)
        assert fault_of(written(tmp_path, "x.doc", bytes(data))) == "This file is protected by a password."

    def test_excel_97_password_record_is_seen(self, converted: dict[str, bytes], tmp_path: Path) -> None:
        data = bytearray(converted["xls"])
        with olefile.OleFileIO(io.BytesIO(bytes(data))) as ole:
            main = ole.openstream("Workbook").read()
        second = 4 + struct.unpack_from("<H", main, 2)[0]
        at = data.find(main[:64]) + second
        data[at : at + 2] = struct.pack("<H", 0x002F)
        assert fault_of(written(tmp_path, "x.xls", bytes(data))) == "This file is protected by a password."

    def test_encrypted_package_is_seen_under_a_new_name(self, converted: dict[str, bytes], tmp_path: Path) -> None:
        old, new = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
        data = bytearray(converted["doc"])
        at = data.find(old)
        data[at : at + len(new)] = new
        data[at + 64 : at + 66] = struct.pack("<H", len(new) + 2)
        fault = check_office_file(written(tmp_path, "x.docx", bytes(data)), "x.docx")
        assert fault is not None
        assert fault.message == "This file is protected by a password."
        assert "Ask the author for a copy without" in fault.remedy

    def test_random_damage_to_old_word_never_raises(self, converted: dict[str, bytes], tmp_path: Path) -> None:
        chance = random.Random(97)  # noqa: S311 - the same damage each time
        for kind in ("doc", "xls"):
            for _ in range(60):
                broken = bytearray(converted[kind])
                for _ in range(4):
                    broken[chance.randrange(2000)] ^= 1 << chance.randrange(8)
                check_office_file(written(tmp_path, f"x.{kind}", bytes(broken)), "x")
