"""Appendix I: green spaces, trees, and trees in each ward."""

import facts as f
from chart import columns_chart
from wordfile import WordFile
from wordtables import Cell, Column, table
from wordxml import para, text


def estate(word: WordFile) -> None:
    rows = [
        (kind, str(sites), str(hectares), f.share(float(hectares), float(f.ESTATE_HECTARES)))
        for kind, sites, hectares in f.ESTATE
    ]
    rows.append(("Total", str(f.ESTATE_SITES), str(f.ESTATE_HECTARES), "100%"))
    word.add(
        word.heading("Green spaces", 1, "estate", new_page=True),
        text(
            f"At 31 March 2026 the Council looked after {f.ESTATE_SITES} green spaces, which together cover "
            f"{f.ESTATE_HECTARES} hectares. Parks and gardens are the largest part of this area, {f.ESTATE[0][2]} "
            "hectares, and amenity green spaces (small greens among houses) are the most numerous."
        ),
        word.caption("Green spaces by kind at 31 March 2026"),
        table(
            word.look,
            [Column(7.6), Column(2.6, "right"), Column(3.2, "right"), Column(3.2, "right")],
            [("Kind of space", "Sites", "Hectares", "Share of area")],
            rows,
            "Number of sites and hectares of each kind of green space, with its share of the whole area",
            totals=1,
        ),
        word.heading("How spaces are kept", 2),
        text(
            "Each kind of space has its own pattern of work. Grass in parks is cut every two weeks from March to "
            "October. Natural spaces are cut once a year, in late summer, when flowers have set seed. Verges in the "
            "Verges and Meadows Programme are treated in the same way."
        ),
        word.caption("The pattern of work by kind of space"),
        table(
            word.look,
            [Column(5.0), Column(5.0), Column(6.6)],
            [("Kind of space", "Grass", "Other regular work")],
            [
                ("Parks and gardens", "Every two weeks in season", "Beds, paths, bins and benches each week"),
                ("Natural green space", "Once a year", "Paths in spring; coppicing in winter"),
                ("Amenity green space", "Every three weeks in season", "Litter each week"),
                (
                    "Play areas",
                    "Every two weeks in season",
                    "Equipment looked at each week, and by an engineer each year",
                ),
                ("Cemeteries", "Every three weeks in season", "Paths and boundaries each month"),
                ("Allotments", "By plot holders", "Water and fences each spring"),
            ],
            "How often grass is cut and other work is done in each kind of green space",
        ),
        word.heading("Play areas", 2),
        text(
            f"The {f.ESTATE[3][1]} play areas were each looked at once a week. An independent engineer examined all "
            "of them in February 2026. Equipment at Harrowby Recreation Ground was found to be worn, and two pieces "
            f"were taken away. {f.pounds(f.CAPITAL[1][1])} was spent on renewing play areas in the year, and "
            f"{f.pounds(f.CAPITAL[1][2])} is set aside for {f.NEXT_YEAR}."
        ),
    )


def trees(word: WordFile) -> None:
    rows = [
        (year, f.number(planted), f.number(felled), f.number(planted - felled))
        for year, planted, felled in zip(f.YEARS, f.PLANTED_BY_YEAR, f.FELLED_BY_YEAR, strict=True)
    ]
    planted, felled = sum(f.PLANTED_BY_YEAR), sum(f.FELLED_BY_YEAR)
    rows.append(("Total", f.number(planted), f.number(felled), f.number(planted - felled)))
    alt = (
        "Column chart of trees planted and felled in each year from 2021/22 to 2025/26; the same figures are in the "
        "table above"
    )
    series = (("Planted", "1F5132", f.PLANTED_BY_YEAR), ("Felled", "C98A1B", f.FELLED_BY_YEAR))
    word.add(
        word.heading("Trees", 1, "trees", new_page=True),
        word.heading("Planting and felling", 2, "planting"),
        text(
            f"Planting has risen every year for five years. The {f.number(f.PLANTED)} trees planted in {f.YEAR} are "
            f"{f.change(f.PLANTED_BEFORE, f.PLANTED)} more than the {f.number(f.PLANTED_BEFORE)} of {f.PRIOR_YEAR}. "
            f"Felling fell by {f.change(f.FELLED_BEFORE, f.FELLED)}, from {f.number(f.FELLED_BEFORE)} to "
            f"{f.number(f.FELLED)}. Over the five years {f.number(planted)} trees were planted and {f.number(felled)} "
            "felled."
        ),
        word.caption("Trees planted and felled, 2021/22 to 2025/26"),
        table(
            word.look,
            [Column(4.6), *(Column(4.0, "right") for _ in range(3))],
            [("Year", "Planted", "Felled", "Net gain")],
            rows,
            "Trees planted and felled in each of five years, and the net gain",
            totals=1,
        ),
        para(
            word.chart(columns_chart(f.YEARS, series, word.look.font), 16.2, 8.4, alt),
            properties='<w:keepNext/><w:spacing w:before="240"/><w:jc w:val="center"/>',
        ),
        word.figure_caption("Trees planted and felled, 2021/22 to 2025/26"),
        text(
            f"From the air, trees cover {f.CANOPY} of the city (survey of 2025). In the survey of 2020 it was "
            f"{f.CANOPY_BEFORE}."
        ),
    )
    places_and_reasons(word)


def places_and_reasons(word: WordFile) -> None:
    inspected = f"{f.number(f.INSPECTED)} trees, {f.share(f.INSPECTED, f.STOCK, 1)} of the stock,"
    word.add(
        word.heading("Where trees were planted", 2, "places", new_page=True),
        text(
            "Parks and gardens had the most new trees, and streets and verges came second. Every tree is watered for "
            "three summers. Of the trees planted three years ago, 93% are alive."
        ),
        word.caption(f"Trees planted by kind of place, {f.YEAR}"),
        shares(word, "Kind of place", f.PLANTED_BY_PLACE, f.PLANTED),
        word.heading("Why trees were felled", 2, "reasons"),
        text(
            "No tree is felled without a reason that the inspector writes down. Ash dieback was again the most "
            f"common: it was the reason for {f.FELLED_BY_REASON[0][1]} of the {f.number(f.FELLED)} trees. A tree "
            "felled in a street or park is replaced in the next planting season, in the same place where that can be "
            "done."
        ),
        word.caption(f"Trees felled by reason, {f.YEAR}"),
        shares(word, "Reason", f.FELLED_BY_REASON, f.FELLED),
        word.heading("Inspection", 2),
        text(
            f"Inspectors looked at {inspected} in {f.YEAR}. In {f.PRIOR_YEAR} it was {f.number(f.INSPECTED_BEFORE)}, "
            f"which was {f.share(f.INSPECTED_BEFORE, f.STOCK_BEFORE, 1)} of the stock at the time. One third a year "
            "is what is needed to see every tree once in three years. Trees beside schools, main roads and play "
            "areas are seen every year."
        ),
        text(
            "What the inspector finds goes into the tree record the same day. Work that cannot wait is marked as "
            "urgent and passed to the climbing crew by telephone; other work is put into the winter programme of the "
            "ward, so that a street is closed once and not three times."
        ),
    )


def shares(word: WordFile, heading: str, rows: tuple[tuple[str, int], ...], whole: int) -> str:
    lines = [(name, f.number(count), f.share(count, whole)) for name, count in rows]
    return table(
        word.look,
        [Column(9.0), Column(3.8, "right"), Column(3.8, "right")],
        [(heading, "Trees", "Share")],
        [*lines, ("Total", f.number(whole), "100%")],
        f"Number and share of trees by {heading.lower()}",
        totals=1,
    )


def wards(word: WordFile) -> None:
    rows = [
        (ward, f.number(stock), f.number(seen), str(planted), str(felled), str(planted - felled))
        for ward, stock, seen, planted, felled in zip(
            f.WARDS, f.STOCK_BY_WARD, f.INSPECTED_BY_WARD, f.PLANTED_BY_WARD, f.FELLED_BY_WARD, strict=True
        )
    ]
    rows.append(("Total", *(f.number(whole) for whole in (f.STOCK, f.INSPECTED, f.PLANTED, f.FELLED, f.NET))))
    heads = [
        (Cell("Ward", down=2), Cell("Trees at 31 March 2026", down=2), Cell(f"Trees in {f.YEAR}", across=4)),
        ("Inspected", "Planted", "Felled", "Net gain"),
    ]
    word.add(
        word.heading("Trees in each ward", 2, "wards", new_page=True),
        text(
            f"Fernhill has the most trees, {f.number(f.STOCK_BY_WARD[5])}, and Eastgate the fewest, "
            f"{f.number(f.STOCK_BY_WARD[4])}. Eastgate also had the most planting: {f.PLANTED_BY_WARD[4]} trees, in "
            "streets that had few or none."
        ),
        word.caption(f"Trees by ward, {f.YEAR}"),
        table(
            word.look,
            [Column(4.0), Column(3.4, "right"), *(Column(2.3, "right") for _ in range(4))],
            heads,
            rows,
            "Trees in each ward at 31 March 2026, and those inspected, planted and felled in the year",
            totals=1,
        ),
        word.heading("Notable trees", 2),
        text(
            "The Council keeps a list of 48 notable trees: the oldest, the largest and the rarest. Three were added "
            f"in the year, among them the black poplar by the weir in Millbrook. All 48 were inspected in {f.YEAR}. "
            "None was felled."
        ),
        word.heading("Ash dieback", 2),
        text(
            "Felling for ash dieback has passed its peak in the north of the city, but not yet in Fernhill, where "
            f"{f.FELLED_BY_WARD[5]} trees were felled for all reasons, more than in any other ward. Trunks are left "
            "standing as homes for insects and birds wherever nobody can be hurt."
        ),
        word.heading("Protected trees", 2),
        text(
            "Anybody who wants to work on a tree that is protected by an order, or that stands in a conservation "
            "area, must ask first. The tree team answers these requests together with the planning team, and visits "
            "the tree before it does so."
        ),
    )
