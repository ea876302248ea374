"""Appendix III: the planting plan, two A4 pages and an A3 landscape drawing (appendix-3.pdf, tagged)."""

import urllib.parse
from html import escape
from pathlib import Path

import facts as f
import weasyprint
from report import APPENDICES

TITLE = APPENDICES[2][1]
PALETTE = {"A": "#8fbf73", "B": "#f0b65a", "C": "#5c9e6a", "D": "#c3b091", "E": "#b7a3d0", "F": "#3f7d4a"}


def write_plan(path: Path) -> None:
    """Write the PDF: tagged (PDF/UA-1), with title, language and fixed dates."""
    document = weasyprint.HTML(string=page_source())
    document.write_pdf(path, pdf_variant="pdf/ua-1", pdf_identifier=b"ardenshire-2026-10-12-appendix-3")


def page_source() -> str:
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta name="author" content="Ardenshire City Council">
<meta name="description" content="Appendix III to the Tree and Green Spaces Annual Report 2025/26">
<meta name="dcterms.created" content="2026-09-11"><meta name="dcterms.modified" content="2026-09-11">
<style>{STYLE}</style></head><body>
{first_page()}
{second_page()}
<section class="drawing"><h2>Plan 1: Millbrook Meadow</h2>
<img src="data:image/svg+xml,{urllib.parse.quote(drawing())}" alt="{escape(drawing_alt())}"></section>
</body></html>"""


STYLE = """
@page { size: A4; margin: 18mm 20mm 24mm }
@page drawing { size: A3 landscape; margin: 14mm 16mm 22mm }
body { font: 11pt/1.35 "Liberation Sans", Arial, sans-serif; margin: 0; color: #111 }
h1 { font-size: 20pt; color: #1f5132; margin: 0 0 2mm } h2 { font-size: 14pt; color: #1f5132; margin: 5mm 0 2mm }
h2.next { margin-top: 0 }
p { margin: 0 0 3mm } .under { color: #333 }
table { border-collapse: collapse; width: 100%; font-size: 10pt; margin: 0 0 3mm; break-inside: avoid }
caption { text-align: left; font-weight: bold; color: #1f5132; padding: 0 0 1.5mm }
th, td { border: .6pt solid #1f5132; padding: 1.1mm 2mm; text-align: right }
th:first-child, td:first-child, .words { text-align: left }
thead th { background: #1f5132; color: #fff } tbody th { font-weight: normal }
tr.total th, tr.total td { font-weight: bold; background: #e8f1ea }
ul { margin: 0 0 3mm; padding-left: 6mm }
.next { break-before: page } .drawing { page: drawing; break-before: page }
.drawing h2 { margin: 0 0 3mm } .drawing img { width: 386mm; height: 240mm; display: block }
"""


def first_page() -> str:
    rows = "".join(
        f'<tr><th scope="row">{ward}</th><td>{planted}</td><td>{planned}</td>'
        f"<td>{f.signed(planned - planted)}</td></tr>"
        for ward, planted, planned in zip(f.WARDS, f.PLANTED_BY_WARD, f.PLANNED_BY_WARD, strict=True)
    )
    more = f.PLANNED - f.PLANTED
    return f"""<h1>{TITLE}</h1>
<p class="under">Streets and Green Spaces, Ardenshire City Council. Appendix III to the Tree and Green Spaces Annual
Report
{f.YEAR}</p>
<p>The Council plans to plant {f.number(f.PLANNED)} trees in {f.NEXT_YEAR}. In {f.YEAR} it planted
{f.number(f.PLANTED)}, so
this is {more} more, an increase of {f.change(f.PLANTED, f.PLANNED)}. The cost, {f.pounds(f.CAPITAL[0][2])}, is in the
capital
programme for urban tree planting.</p>
<h2>Where the trees will go</h2>
<p>Wards with few trees come first. Eastgate has the fewest trees on the Council's land and is given the most new ones,
{f.PLANNED_BY_WARD[4]}. No trees are planned for the four verges that were taken out of the Verges and Meadows
Programme on
15 June 2026.</p>
<table><caption>Table 1: Trees planted and planned, by ward</caption>
<thead><tr><th scope="col">Ward</th><th scope="col">Planted {f.YEAR}</th><th scope="col">Planned {f.NEXT_YEAR}</th>
<th scope="col">Difference</th></tr></thead>
<tbody>{rows}<tr class="total"><th scope="row">Total</th><td>{f.number(f.PLANTED)}</td><td>{f.number(f.PLANNED)}</td>
<td>{f.signed(more)}</td></tr></tbody></table>
<h2>When</h2>
<table><caption>Table 2: Timetable</caption>
<thead><tr><th scope="col">Step</th><th scope="col" class="words">Date</th></tr></thead><tbody>
<tr><th scope="row">Decision of the Cabinet Member</th><td class="words">12 October 2026</td></tr>
<tr><th scope="row">Orders placed</th><td class="words">By 30 October 2026</td></tr>
<tr><th scope="row">Planting begins</th><td class="words">16 November 2026</td></tr>
<tr><th scope="row">Planting ends</th><td class="words">By 26 March 2027</td></tr>
<tr><th scope="row">Watering</th><td class="words">April to September 2027, and the two summers after</td></tr></tbody>
</table>"""


def second_page() -> str:
    kinds = "".join(
        f'<tr><th scope="row">{name}</th><td class="words"><i lang="la">{latin}</i></td><td>{count}</td>'
        f"<td>{f.share(count, f.PLANNED)}</td></tr>"
        for name, latin, count in f.SPECIES
    ).replace('<i lang="la"></i>', "Several")
    meadow = "".join(
        f'<tr><th scope="row">{letter}</th><td class="words">{name}</td><td>{count}</td></tr>'
        for letter, name, count in f.MEADOW
    )
    return f"""<h2 class="next">Which trees</h2>
<p>A wide choice of kinds keeps a new pest from doing great harm. None makes up more than
{f.share(f.SPECIES[0][2], f.PLANNED)} of the whole. No ash will be planted.</p>
<table><caption>Table 3: Trees planned for {f.NEXT_YEAR}, by kind</caption>
<thead><tr><th scope="col">Kind</th><th scope="col" class="words">Botanical name</th><th scope="col">Trees</th>
<th scope="col">Share</th></tr></thead>
<tbody>{kinds}<tr class="total"><th scope="row">Total</th><td></td><td>{f.number(f.PLANNED)}</td><td>100%</td></tr>
</tbody>
</table>
<h2>How places are chosen</h2>
<ul><li>No tree is planted within two metres of a cable, pipe or drain.</li>
<li>Residents are written to at least three weeks before planting begins in their street.</li>
<li>A pavement is left at least 1.5 metres wide, so that a wheelchair or pram can pass.</li></ul>
<h2>Millbrook Meadow</h2>
<p>The largest single scheme is at Millbrook Meadow, where all {f.PLANNED_BY_WARD[9]} trees of Millbrook Ward will
stand, in
the six areas shown on Plan 1. The community orchard was asked for by friends of parks groups at a meeting on 8 July
2026.</p>
<table><caption>Table 4: Planting areas at Millbrook Meadow</caption>
<thead><tr><th scope="col">Area</th><th scope="col" class="words">Place</th><th scope="col">Trees</th></tr></thead>
<tbody>{meadow}
<tr class="total"><th scope="row">Total</th><td></td><td>{f.PLANNED_BY_WARD[9]}</td></tr></tbody></table>
<p>Questions: <a href="mailto:greenspaces@ardenshire.example">greenspaces@ardenshire.example</a> or 01632 960152.</p>"""


def drawing_alt() -> str:
    areas = "; ".join(f"{letter}, {name.lower()}, {count} trees" for letter, name, count in f.MEADOW)
    return f"Plan of Millbrook Meadow with the river Mill Brook to the south and six planting areas: {areas}"


# Where the areas lie on the drawing: letter, outline, place of the label
AREAS = (
    (
        "A",
        "M70 354 C200 334 300 372 420 372 S600 348 690 358 L690 388 C600 378 520 402 420 402 S200 368 70 388 Z",
        420,
        387,
    ),
    ("B", "M96 96 H262 V206 H96 Z", 179, 151),
    ("C", "M318 236 H664 V268 H318 Z", 491, 252),
    ("D", "M560 70 H688 V98 H560 Z", 624, 84),
    ("E", "M290 70 H520 V98 H290 Z", 405, 84),
    ("F", "M96 232 L250 232 L226 316 L120 322 Z", 173, 274),
)


def drawing() -> str:
    """The plan as SVG, 772 by 480 units for 386 by 240 mm: a unit is half a millimetre, at 1 to 2,000."""
    counts = {letter: count for letter, _, count in f.MEADOW}
    areas = "".join(
        f'<path d="{outline}" fill="{PALETTE[letter]}" stroke="#111" stroke-width="1"/>'
        f'<rect x="{x - 34}" y="{y - 11}" width="68" height="22" rx="3" fill="#fff" stroke="#111" stroke-width=".7"/>'
        f'<text x="{x}" y="{y + 4.5}" text-anchor="middle" font-size="12" font-weight="bold">'
        f"{letter}: {counts[letter]}</text>"
        for letter, outline, x, y in AREAS
    )
    trees = "".join(f'<circle cx="{330 + 16.4 * n:.1f}" cy="{y}" r="3.4"/>' for n in range(21) for y in (230, 274))
    crowns = f'<g fill="#2f6b42">{trees}</g>'
    key = "A letter and a number: the planting area and the trees planned for it. "
    key += f"{f.PLANNED_BY_WARD[9]} trees in all."
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="772" height="480" viewBox="0 0 772 480"
font-family="Liberation Sans, Arial, sans-serif" fill="#111">
<rect x="1" y="1" width="770" height="478" fill="#fff" stroke="#111" stroke-width="2"/>
<path d="M40 52 H712 V426 H40 Z" fill="#eef5e6" stroke="#1f5132" stroke-width="1.6"/>
<path d="M20 412 C190 392 300 424 420 414 S600 392 752 412 L752 436 C600 418 540 440 420 438 S190 418 20 438 Z"
fill="#9cc7e6" stroke="#14508c" stroke-width="1"/>
<path d="M20 22 H752 V42 H20 Z" fill="#d9d9d9" stroke="#555" stroke-width=".8"/>
<g fill="none" stroke="#b08d57" stroke-width="7"><path d="M276 42 V340"/><path d="M276 252 H318"/>
<path d="M664 252 H712"/><path d="M70 340 C200 318 300 356 420 356 S610 330 700 344"/></g>
<g fill="none" stroke="#f7ead0" stroke-width="3.6"><path d="M276 42 V340"/><path d="M276 252 H318"/>
<path d="M664 252 H712"/><path d="M70 340 C200 318 300 356 420 356 S610 330 700 344"/></g>
<path d="M560 104 H688 V196 H560 Z" fill="#e4e4e4" stroke="#555" stroke-width="1"/>
<path d="M560 150 H688 M592 104 V196 M624 104 V196 M656 104 V196" stroke="#888" stroke-width=".7" fill="none"/>
{areas}{crowns}
<g font-size="10.5"><text x="386" y="36" text-anchor="middle">Mill Lane</text>
<text x="624" y="210" text-anchor="middle">Car park</text>
<text x="405" y="66" text-anchor="middle">School boundary</text>
<text x="179" y="90" text-anchor="middle">Community orchard</text>
<text x="491" y="222" text-anchor="middle">Lime avenue</text>
<text x="624" y="66" text-anchor="middle">Car park edge</text>
<text x="168" y="226" text-anchor="middle">West copse</text>
<text x="560" y="326" text-anchor="middle">Streamside walk</text>
<text x="420" y="430" text-anchor="middle" font-style="italic" fill="#14508c">Mill Brook</text>
<text x="440" y="160" text-anchor="middle" fill="#444">Open meadow: no trees</text></g>
<g><path d="M732 96 L722 66 L732 73 L742 66 Z" transform="rotate(180 732 82)" fill="#111"/>
<text x="732" y="116" text-anchor="middle" font-size="12" font-weight="bold">N</text></g>
<g font-size="9.5"><path d="M40 462 H240" stroke="#111" stroke-width="2"/>
<path d="M40 457 V467 M140 457 V467 M240 457 V467" stroke="#111" stroke-width="1.2"/>
<text x="40" y="454" text-anchor="middle">0</text>
<text x="140" y="454" text-anchor="middle">100</text>
<text x="240" y="454" text-anchor="middle">200 metres</text>
<text x="756" y="452" text-anchor="end">{key}</text>
<text x="756" y="467" text-anchor="end">Scale 1:2,000 at A3. 11 September 2026. Ardenshire City Council</text></g>
</svg>"""
