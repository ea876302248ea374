"""What a file really is, by its bytes and not by its name."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import olefile

HEAD = 4096  # bytes looked at


@dataclass(frozen=True)
class Kind:
    """An office format. ``name`` is how messages call it, ``save_as`` what to choose in the program that made it.

    ``main`` is the content type of its main part (OOXML), its mimetype (ODF) or the stream it must have (OLE);
    ``root`` the local name of the main part's root element.
    """

    name: str
    save_as: str
    main: str = ""
    root: str = ""


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS = {
    ".docx": Kind(
        "a Word document (.docx)", "Word Document (.docx)", f"{_OOXML}wordprocessingml.document.main+xml", "document"
    ),
    ".xlsx": Kind(
        "an Excel workbook (.xlsx)", "Excel Workbook (.xlsx)", f"{_OOXML}spreadsheetml.sheet.main+xml", "workbook"
    ),
    ".odt": Kind("an OpenDocument text (.odt)", "OpenDocument Text (.odt)", f"{_ODF}text", "document-content"),
    ".ods": Kind(
        "an OpenDocument spreadsheet (.ods)",
        "OpenDocument Spreadsheet (.ods)",
        f"{_ODF}spreadsheet",
        "document-content",
    ),
    ".doc": Kind("an old Word document (.doc)", "Word Document (.docx)", "WordDocument"),
    ".xls": Kind("an old Excel workbook (.xls)", "Excel Workbook (.xlsx)", "Workbook"),
    ".rtf": Kind("an RTF document (.rtf)", "Rich Text (.rtf)"),
    ".csv": Kind("plain text", "CSV UTF-8 (.csv)"),
    ".md": Kind("plain text", "text in UTF-8 (.md)"),
}
_OTHER_PARTS = {
    "wordprocessingml.template.main": "a Word template (.dotx)",
    "ms-word.document.macroEnabled": "a Word document with macros (.docm)",
    "ms-word.template.macroEnabled": "a Word template with macros (.dotm)",
    "spreadsheetml.template.main": "an Excel template (.xltx)",
    "ms-excel.sheet.macroEnabled": "an Excel workbook with macros (.xlsm)",
    "ms-excel.template.macroEnabled": "an Excel template with macros (.xltm)",
    "ms-excel.sheet.binary": "a binary Excel workbook (.xlsb)",
    "presentationml": "a PowerPoint presentation (.pptx)",
}
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", KINDS[".rtf"].name),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ\x90\0", "a program"),
)
#: What olefile raises on damaged files.
OLE_ERRORS = (OSError, ValueError, IndexError, TypeError, OverflowError, MemoryError, RecursionError, struct.error)
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def kind_of(path: Path) -> str:
    """Return what the file is, in the words of ``KINDS`` or like "a PDF"; "encrypted" behind a password; "" if unknown.

    A damaged office file may be unknown: then its own check says what is wrong with it. Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(olefile.MAGIC):
        return _kind_of_ole(path)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    for magic, kind in _MAGIC:
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(magic):
            return kind
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    """Web pages and XML are text too; plain text is only told where it cannot be anything else."""
    plain = (
        head.decode("utf-16", errors="replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")
    )
    start = plain.lstrip("\ufeff\xef\xbb\xbf \t\r\n").lower()
    start = re.sub(r"^(<!--.*?-->\s*)+", "", start, flags=re.DOTALL)
    if start.startswith("mime-version:") or "content-type: multipart/related" in start[:1000]:
        return "a saved web page (MHTML)"
    if re.match(r"<(!doctype\s+html|html|head|body|table|meta|style|script)\b", start):
        return "a web page (HTML)"
    if start.startswith("<?xml"):
        return "a web page (HTML)" if "<html" in start else _kind_of_xml(start)
    return "" if re.search(r"[\x00-\x08\x0e-\x1f]", plain) else "plain text"


def _kind_of_xml(start: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "an Excel 2003 XML spreadsheet"
    if "schemas.microsoft.com/office/word" in start or "pkg:package" in start:
        return "a Word XML document"
    return "an XML file"


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return _kind_of_odf(archive)
            if "[Content_Types].xml" in names:
                return _kind_of_ooxml(_first_bytes(archive, "[Content_Types].xml").decode("utf-8", "replace"))
    except _ZIP_ERRORS:
        return ""
    return "a zip archive"


def _kind_of_odf(archive: zipfile.ZipFile) -> str:
    mimetype = _first_bytes(archive, "mimetype").decode("latin-1").strip()
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in _first_bytes(archive, manifest):
        return "encrypted"
    known = {kind.main: kind.name for kind in KINDS.values() if kind.main.startswith(_ODF)}
    return known.get(mimetype, f"an OpenDocument file of another kind ({mimetype[:80]})")


def _kind_of_ooxml(types: str) -> str:
    for kind in KINDS.values():
        if kind.main.startswith(_OOXML) and f'"{kind.main}"' in types.replace("'", '"'):
            return kind.name
    return next((name for part, name in _OTHER_PARTS.items() if part in types), "")


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(1_000_000)


def _kind_of_ole(path: Path) -> str:
    """Tell Word, Excel, PowerPoint, Outlook and encrypted files by the streams in their root."""
    try:
        with olefile.OleFileIO(io.BytesIO(path.read_bytes())) as ole:
            streams = {entry[0] for entry in ole.listdir()}
    except OLE_ERRORS:
        return ""
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        return "encrypted"
    for stream, name in (
        ("WordDocument", KINDS[".doc"].name),
        ("Workbook", KINDS[".xls"].name),
        ("Book", KINDS[".xls"].name),
        ("PowerPoint Document", "an old PowerPoint presentation (.ppt)"),
        ("__properties_version1.0", "an Outlook message (.msg)"),
    ):
        if stream in streams:
            return name
    return ""
