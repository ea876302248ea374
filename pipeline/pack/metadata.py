"""What a pack says of itself: page labels, Info and XMP, language, how a reader opens it."""

from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline import __version__
from pipeline.model import DocumentInfo

PRODUCER = f"civicpack {__version__}"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"{claim_namespace}>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Keywords>{keywords}</pdf:Keywords>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{created}</xmp:CreateDate>
   <xmp:ModifyDate>{created}</xmp:ModifyDate>{claim}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_UA_NAMESPACE = '\n    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
_UA_CLAIM = "\n   <pdfuaid:part>1</pdfuaid:part>"


def describe(pdf: pikepdf.Pdf, info: DocumentInfo) -> None:
    """Write Info and language, all from ``info``: the same pack built tomorrow says the same."""
    day = f"D:{info.created:%Y%m%d}000000Z"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(info.title),
            Author=String(info.author),
            Subject=String(info.subject),
            Keywords=String(info.keywords),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(day),
            ModDate=String(day),
        )
    )
    pdf.Root.Lang = String(info.language)


def xmp_of(info: DocumentInfo, pdf_ua: bool) -> bytes:
    """Return the XMP packet (ISO 16684-1). ``pdf_ua``: the pack claims to be PDF/UA-1 (ISO 14289-1 5)."""
    words = {
        "title": info.title,
        "author": info.author,
        "subject": info.subject,
        "language": info.language,
        "keywords": info.keywords,
        "producer": PRODUCER,
        "created": f"{info.created.isoformat()}T00:00:00Z",
    }
    claim = {"claim_namespace": _UA_NAMESPACE, "claim": _UA_CLAIM} if pdf_ua else {"claim_namespace": "", "claim": ""}
    return _XMP.format(**{key: escape(value) for key, value in words.items()}, **claim).encode("utf-8")


def open_nicely(pdf: pikepdf.Pdf) -> None:
    """Have readers show the title, the bookmarks, and the first page at 100 %."""
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.XYZ, None, None, 1.0])


def label_pages(pdf: pikepdf.Pdf, labels: tuple[str | None, ...]) -> None:
    """Write page labels equal to what is printed (ISO 32000-1 12.4.2); a page without a number has an empty label."""
    numbers: list[object] = []
    for index, label in enumerate(labels):
        if index == 0 or not _runs_on(labels[index - 1], label):
            numbers += [index, _label(label)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _runs_on(before: str | None, label: str | None) -> bool:
    """Does a reader that counts on from ``before`` arrive at ``label``?"""
    if before is None or label is None:
        return before is label
    return _is_count(before) and _is_count(label) and int(label) == int(before) + 1


def _label(label: str | None) -> Dictionary:
    if label is None:
        return Dictionary()
    return Dictionary(S=Name.D, St=int(label)) if _is_count(label) else Dictionary(P=String(label))


def _is_count(label: str) -> bool:
    return label.isascii() and label.isdigit() and not label.startswith("0")
