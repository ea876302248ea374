"""The package around a Word file: zip, relationships, content types, properties. Dates and times are fixed."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from wordstyles import NAMESPACES

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIXED_TIME = (2026, 9, 11, 9, 40, 0)


def write_zip(path: Path, parts: dict[str, bytes]) -> None:
    """Write the parts in this order, all with one fixed time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)


def whole(root: str, content: str) -> bytes:
    """A part: its root element with every namespace that the content may use."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f"{HEAD}<{root} {spaces}>{content}</{root}>".encode()


def relationships(rows: Iterable[tuple[str, str, str]]) -> bytes:
    lines = []
    for rid, kind, target in rows:
        mode = ' TargetMode="External"' if kind.endswith("/hyperlink") else ""
        lines.append(f'<Relationship Id="{rid}" Type="{kind}" Target={quoteattr(target)}{mode}/>')
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def content_types(charts: int, furniture: Sequence[str]) -> bytes:
    overrides = {
        "/word/document.xml": f"{WORD_TYPES}.document.main+xml",
        "/word/styles.xml": f"{WORD_TYPES}.styles+xml",
        "/word/numbering.xml": f"{WORD_TYPES}.numbering+xml",
        "/word/settings.xml": f"{WORD_TYPES}.settings+xml",
        "/word/fontTable.xml": f"{WORD_TYPES}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides |= {f"/word/{kind}1.xml": f"{WORD_TYPES}.{kind}+xml" for kind in furniture}
    overrides |= {
        f"/word/charts/chart{n}.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
        for n in range(1, charts + 1)
    }
    lines = [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()]
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{''.join(lines)}</Types>"
    ).encode()


def core_properties(title: str, author: str, subject: str) -> bytes:
    """docProps/core.xml with the fixed time: the papers were last saved on 11 September 2026."""
    year, month, day, hour, minute, second = FIXED_TIME
    stamp = f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(subject)}</dc:subject>"
        f"<dc:creator>{escape(author)}</dc:creator><dc:language>en-GB</dc:language>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()
