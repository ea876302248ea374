"""Appendix I: the annual report, twelve pages with its own cover, contents, tables and chart (appendix-1.docx)."""

from pathlib import Path

import facts as f
import pictures
from annual_parks import money, next_steps, parks, people, requests
from annual_trees import estate, trees, wards
from report import APPENDICES, BODY, address
from wordfile import WordFile
from wordstyles import Look
from wordtables import Cell, Column, table
from wordxml import field_code, para, rich, run, text

TITLE = APPENDICES[0][1]
# The contents list as Word last worked it out: level, words, bookmark, page
CONTENTS = (
    (1, "The year in figures", "figures", 3),
    (1, "Introduction", "introduction", 4),
    (1, "Green spaces", "estate", 5),
    (1, "Trees", "trees", 6),
    (2, "Planting and felling", "planting", 6),
    (2, "Where trees were planted", "places", 7),
    (2, "Why trees were felled", "reasons", 7),
    (2, "Trees in each ward", "wards", 8),
    (1, "Quality of parks", "quality", 9),
    (1, "Visitors and volunteers", "people", 10),
    (1, "Requests and answers", "requests", 11),
    (1, "Cost", "cost", 12),
    (1, "Progress and next steps", "steps", 12),
)

TABLES = (
    ("Green spaces by kind at 31 March 2026", 5),
    ("The pattern of work by kind of space", 5),
    ("Trees planted and felled, 2021/22 to 2025/26", 6),
    ("Trees planted by kind of place, 2025/26", 7),
    ("Trees felled by reason, 2025/26", 7),
    ("Trees by ward, 2025/26", 8),
    ("Parks and gardens: area, quality scores and the Standard", 9),
    ("Visitor survey, spring 2026", 10),
    ("Hours given by volunteers, 2024/25 and 2025/26", 10),
    ("Requests by subject, 2024/25 and 2025/26", 11),
    ("Requests by method, 2025/26", 11),
    ("Requests answered in time, 2025/26", 11),
    ("Budget and outturn, 2025/26", 12),
    ("Actions named in the report for 2024/25", 12),
)
LISTED = 'TOC \\h \\z \\c "Table"'


def write_annual(path: Path) -> None:
    word = WordFile(
        Look("Calibri", 12, margins_cm=(2.3, 2.2, 2.9, 2.2), table_size=11),
        title=TITLE,
        author="Ardenshire City Council",
        subject="Appendix I to the Tree and Green Spaces Annual Report 2025/26",
    )
    cover(word)
    contents(word)
    key_figures(word)
    introduction(word)
    for part in (estate, trees, wards, parks, people, requests, money, next_steps):
        part(word)
    header = para(rich(TITLE) + "<w:r><w:tab/></w:r>" + run("Report page ") + field_code(" PAGE ", "2"), "Header")
    footer = para(run("Ardenshire City Council") + "<w:r><w:tab/></w:r>" + address(word, "/greenspaces"), "Footer")
    word.save(path, header, footer, first_page_differs=True)


def cover(word: WordFile) -> None:
    alt = "Drawing of a park: trees on low hills beside a river, under a blue sky"
    picture = word.picture("banner.png", pictures.banner(), 16.6, 6.97, alt)
    word.add(
        para(picture, properties='<w:spacing w:before="400" w:after="900"/>'),
        text("Trees and Green Spaces in Ardenshire", "Title"),
        text("2025/26", "Subtitle"),
        text("The annual report for the year from 1 April 2025 to 31 March 2026", "Subtitle"),
        para(rich("Kit Lansbury, Head of Parks and Trees"), properties='<w:spacing w:before="2400" w:after="60"/>'),
        text("Streets and Green Spaces, Place Directorate"),
        text("Ardenshire City Council"),
        text(f"Appendix I to the report to the {BODY}"),
        text("12 October 2026"),
    )


def contents(word: WordFile) -> None:
    word.add(
        para(run("Contents"), "TOCHeading", "<w:pageBreakBefore/>"),
        *word.contents(CONTENTS),
        para(run("Tables"), "TOCHeading", '<w:spacing w:before="320"/>'),
        *word.contents(
            [(2, f"Table {n}: {words}", f"table{n}", page) for n, (words, page) in enumerate(TABLES, 1)], LISTED
        ),
        para(
            rich(
                "**How to read the figures.** A year such as 2025/26 runs from 1 April to 31 March. Shares are "
                "rounded to the nearest whole number unless a decimal is shown. Scores are out of 100. Areas are in "
                "hectares: one hectare is about the size of a full-size football pitch and a half."
            ),
            properties='<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="1F5132"/></w:pBdr>'
            '<w:spacing w:before="480"/><w:ind w:left="284"/>',
        ),
    )


def key_figures(word: WordFile) -> None:
    ratio, ratio_before = f"{f.PLANTED / f.FELLED:.1f}", f"{f.PLANTED_BEFORE / f.FELLED_BEFORE:.1f}"
    alt = f"Drawing: a tree stump, an arrow, and {ratio} young trees, those planted for each tree felled in {f.YEAR}"
    rows = [
        (f.number(f.PLANTED), f"trees planted. It was {f.number(f.PLANTED_BEFORE)} in {f.PRIOR_YEAR}."),
        (
            f.number(f.STOCK),
            f"trees on the Council's land at 31 March 2026. It was {f.number(f.STOCK_BEFORE)} a year before.",
        ),
        (
            str(f.MEAN_SCORE),
            f"average score of the {len(f.PARKS)} parks and gardens. It was {f.MEAN_SCORE_BEFORE} in {f.PRIOR_YEAR}.",
        ),
        (str(f.AWARDS), f"parks with the Ardenshire Park Standard. It was {f.AWARDS_BEFORE} in {f.PRIOR_YEAR}."),
        (
            f.share(f.SATISFIED, f.SURVEYED),
            f"of visitors surveyed were satisfied. It was {f.share(f.SATISFIED_BEFORE, f.SURVEYED_BEFORE)} in "
            f"{f.PRIOR_YEAR}.",
        ),
        (f.number(f.HOURS), f"hours given by volunteers. It was {f.number(f.HOURS_BEFORE)} in {f.PRIOR_YEAR}."),
        (
            f.pounds(f.NET_COST.outturn),
            f"net cost of the service. It was {f.pounds(f.NET_COST.outturn_before)} in {f.PRIOR_YEAR}.",
        ),
    ]
    cells = [(Cell(big, style="BigNumber", shade=word.look.pale), words) for big, words in rows]
    word.add(
        word.heading("The year in figures", 1, "figures", new_page=True),
        table(
            word.look,
            [Column(5.4, "center"), Column(11.2)],
            [(f.YEAR, "What it tells us")],
            cells,
            f"Seven main figures of {f.YEAR}, each with the year before",
            body_style="KeyText",
        ),
        para(word.picture("balance.png", pictures.balance(float(ratio)), 15.2, 3.8, alt), properties=CENTRED_BELOW),
        para(
            rich(f"For every tree felled, **{ratio}** were planted. It was {ratio_before} in {f.PRIOR_YEAR}."),
            properties='<w:jc w:val="center"/>',
        ),
    )


CENTRED_BELOW = '<w:keepNext/><w:spacing w:before="300"/><w:jc w:val="center"/>'


def introduction(word: WordFile) -> None:
    best = max(f.PARKS, key=lambda park: park.after)
    word.add(
        word.heading("Introduction", 1, "introduction", new_page=True),
        text(
            "This report is for everybody who uses a park in Ardenshire, walks under a street tree or keeps an "
            f"allotment. It says what the Council did for trees and green spaces in {f.YEAR}, what it cost, and how "
            "the year compares with the one before."
        ),
        text(
            "The work follows the Ardenshire Tree Strategy 2020 to 2035. The Strategy sets three aims, and this "
            "report takes them in turn:"
        ),
        text(f"to have trees over {f.CANOPY_AIM} of the city by 2035;", "ListBullet"),
        text("to inspect every tree on the Council's land once in three years; and", "ListBullet"),
        text("to bring every park and garden up to the Ardenshire Park Standard.", "ListBullet"),
        word.heading("The year in brief", 2),
        text(
            f"The Council planted {f.number(f.PLANTED)} trees and felled {f.number(f.FELLED)}, a net gain of "
            f"{f.number(f.NET)}. In {f.PRIOR_YEAR} the net gain was {f.number(f.NET_BEFORE)}. The number of trees on "
            f"the Council's land grew by {f.change(f.STOCK_BEFORE, f.STOCK)}, from {f.number(f.STOCK_BEFORE)} to "
            f"{f.number(f.STOCK)}."
        ),
        text(
            f"Scores rose in {len(f.PARKS) - 1} of the {len(f.PARKS)} parks and gardens. {best.name} again has the "
            f"highest, {best.after}. Two parks met the Standard for the first time: Priory Gardens and Northcote Park."
        ),
        text(
            f"The teams received {f.number(f.REQUESTS)} requests, {f.number(f.REQUESTS_BEFORE - f.REQUESTS)} fewer "
            f"than the {f.number(f.REQUESTS_BEFORE)} of {f.PRIOR_YEAR}, and answered "
            f"{f.share(f.ANSWERED, f.REQUESTS, 1)} of them in time. In {f.PRIOR_YEAR} it was "
            f"{f.share(f.ANSWERED_BEFORE, f.REQUESTS_BEFORE, 1)}."
        ),
        text(
            f"The net cost was {f.pounds(f.NET_COST.outturn)}: {f.pounds(-f.NET_COST.variance)} "
            f"({f.change(f.NET_COST.budget, f.NET_COST.outturn)}) less than the budget of "
            f"{f.pounds(f.NET_COST.budget)}."
        ),
        word.heading("Who does the work", 2),
        text(
            "Three teams in the Place Directorate share it. The tree team inspects, plants and fells. The parks team "
            "keeps parks, gardens, play areas and cemeteries. The grounds team cuts the grass of verges and open "
            "spaces. Much of what visitors enjoy, from flower beds to bird boxes, is the work of friends of parks "
            "groups and tree wardens."
        ),
        word.heading("What changed in the year", 2),
        text(
            "A new record of trees, on a map that residents can look at, replaced the old card index in June 2025.",
            "ListBullet",
        ),
        text(
            "Three electric mowers came into use in the autumn, and the last petrol leaf blower was sold.", "ListBullet"
        ),
        text("A path without steps now leads around the whole of Viaduct Park.", "ListBullet"),
    )
