"""Are .doc and .xls whole? Each is an OLE compound file of streams ([MS-CFB], [MS-DOC], [MS-XLS])."""

import io
import struct
from pathlib import Path
from typing import Any

import olefile

from pipeline.office.file_kinds import OLE_ERRORS, Kind

CUT_SHORT = "Ask the author for it again, or open it in the program that made it and save it as {}."
PASSWORD = "This file is protected by a password."  # noqa: S105 - words for the officer
WITHOUT = "Ask the author for a copy without a password, saved as {}."

_WORD_97 = 0xA5EC
_ENCRYPTED = 0x0100  # FibBase.fEncrypted, [MS-DOC] 2.5.2
_TABLE_1 = 0x0200  # FibBase.fWhichTblStm
_BOF, _FILEPASS, _EOF = (0x0009, 0x0209, 0x0409, 0x0809), 0x002F, 0x000A

Words = tuple[str, str]


def check_ole(path: Path, kind: Kind) -> Words | None:
    """Return what is wrong with a .doc or .xls and what to do, or None."""
    damaged = (f"This file is cut short or damaged: it is not a whole {kind.name.split(' ', 1)[1]}.",
               CUT_SHORT.format(kind.save_as))  # fmt: skip
    try:
        streams = _read_streams(path)
    except OLE_ERRORS:
        return damaged
    main = streams.get("workbook") or streams.get("book") if kind.main == "Workbook" else streams.get("worddocument")
    if not main:
        return damaged
    try:
        locked, whole = _look_at_word(main, streams) if kind.main == "WordDocument" else _look_at_excel(main)
    except struct.error:
        return damaged
    if locked:
        return PASSWORD, WITHOUT.format(kind.save_as)
    return None if whole else damaged


def _read_streams(path: Path) -> dict[str, bytes]:
    """Return every stream of the root, whole, by its name in lower case. Raises OLE_ERRORS for a broken file.

    A stream whose sectors lead beyond the end of the file comes out short: such a file was cut off. Bytes that are only
    padding may be missing.
    """
    data = path.read_bytes()
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        _check_directory(ole, len(data))
        streams = {}
        for entry in ole.listdir(streams=True, storages=False):
            content = ole.openstream(entry).read()
            if len(content) != ole.get_size(entry):
                raise OSError("a stream is shorter than its entry says")
            if len(entry) == 1:
                streams[entry[0].lower()] = content
    return streams


def _check_directory(ole: Any, length: int) -> None:  # the type stubs do not know the tables that it reads
    """Every sector of the directory must be there, else streams vanish with their entries. Raises OSError."""
    sector, seen = ole.first_dir_sector, 0
    while sector != olefile.ENDOFCHAIN:
        if (sector + 2) * ole.sector_size > length or seen > len(ole.fat):  # the header fills the place of a sector
            raise OSError("the directory is cut off")
        sector, seen = ole.fat[sector], seen + 1


def _look_at_word(main: bytes, streams: dict[str, bytes]) -> tuple[bool, bool]:
    """Return (behind a password, whole): the file information block and the table it names."""
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & _ENCRYPTED:
        return True, False
    if magic != _WORD_97:
        return False, version < 0x00C1  # Word 6 and 95 have no table stream
    (meaningful,) = struct.unpack_from("<I", main, 0x40)  # cbMac: bytes of this stream that mean something
    table = streams.get("1table" if flags & _TABLE_1 else "0table", b"")
    where, length = struct.unpack_from("<II", main, 0x01A2)  # fcClx, lcbClx: where the text pieces are listed
    return False, 0 < meaningful <= len(main) and length > 0 and where + length <= len(table)


def _look_at_excel(main: bytes) -> tuple[bool, bool]:
    """Return (behind a password, whole): the records of the globals, from BOF to EOF, each within the stream."""
    at, number = 0, 0
    while at + 4 <= len(main):
        record, length = struct.unpack_from("<HH", main, at)
        if number == 0 and record not in _BOF:
            return False, False
        if record == _FILEPASS:
            return True, False
        at += 4 + length
        if record == _EOF:
            return False, at <= len(main)
        number += 1
    return False, False
