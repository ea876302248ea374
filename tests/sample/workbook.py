"""Saving Excel workbooks so that the same content gives the same bytes, formulas with their results beside them."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from wordpackage import FIXED_TIME, write_zip

Results = Mapping[str, Mapping[str, str | float]]


def save_workbook(book: openpyxl.Workbook, path: Path, title: str, results: Results | None = None) -> None:
    """Write the workbook. ``results``: sheet title -> cell -> what its formula gives (openpyxl cannot write it)."""
    saved = dt.datetime(*FIXED_TIME)  # noqa: DTZ001 (the format wants a naive time)
    properties = book.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, "Ardenshire City Council", None
    properties.language = "en-GB"
    properties.created = saved
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, sheet in enumerate(book.worksheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = with_results(parts[name], (results or {}).get(sheet.title, {}))
    stamp = saved.isoformat() + "Z"
    core = parts["docProps/core.xml"].decode()
    modified = r"(<dcterms:modified[^>]*>)[^<]*"
    parts["docProps/core.xml"] = re.sub(modified, rf"\g<1>{stamp}", core).encode()
    write_zip(path, parts)


def with_results(xml: bytes, results: Mapping[str, str | float]) -> bytes:
    """The sheet with each formula's result as its cached value. Raises ValueError when a formula has none."""

    def put(match: re.Match[str]) -> str:
        cell = match["cell"]
        if cell not in results:
            raise ValueError(f"the formula in {cell} has no result")
        value = results[cell]
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{cell}"{match["style"]}{kind}><f>{match["formula"]}</f><v>{escape(str(value))}</v></c>'

    pattern = r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>(?: s="\d+")?)[^>]*><f>(?P<formula>[^<]*)</f><v ?/?>(?:</v>)?</c>'
    return re.sub(pattern, put, xml.decode()).encode()
