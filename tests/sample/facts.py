"""Every figure of the sample papers, in one place; ``prove()`` casts them all.

Ardenshire is invented, and so is everything counted here. A figure is written once in this module and every paper takes
it from here. Typed prose (the previous minutes, the front sheet) repeats some of them: see FIGURES.md.
Money is in whole pounds; areas in hectares.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PRIOR_YEAR, YEAR, NEXT_YEAR = "2024/25", "2025/26", "2026/27"
WARDS = (
    "Abbotsfield",
    "Bridgewell",
    "Castle Dene",
    "Dunstead",
    "Eastgate",
    "Fernhill",
    "Harrowby",
    "Kingsmoor",
    "Larkfield",
    "Millbrook",
    "Northcote",
    "Stonebridge",
)


def share(part: float, whole: float, places: int = 0) -> str:
    """Return ``part`` of ``whole`` as "35%", or "35.0%" with one place. Halves are rounded away from nought."""
    exact = Decimal(str(part)) * 100 / Decimal(str(whole))
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


def change(before: float, after: float, places: int = 1) -> str:
    """Return the change from ``before`` to ``after`` as "5.2%", without its sign."""
    return share(abs(after - before), abs(before), places)


def number(value: int) -> str:
    """Return "1,736"."""
    return f"{value:,}"


def signed(value: int) -> str:
    """Return "+186", "-43" with a true minus sign, or "0"."""
    return f"+{value:,}" if value > 0 else f"\N{MINUS SIGN}{-value:,}" if value < 0 else "0"


def pounds(value: int) -> str:
    """Return "£4,453,500", or "(£18,500)" below nought."""
    return f"£{value:,}" if value >= 0 else f"(£{-value:,})"


# The green estate at 31 March 2026: kind of space, sites, hectares
ESTATE = (
    ("Parks and gardens", 24, Decimal("412.6")),
    ("Natural and semi-natural green space", 31, Decimal("386.4")),
    ("Amenity green space", 68, Decimal("97.5")),
    ("Play areas", 52, Decimal("14.2")),
    ("Cemeteries and churchyards", 7, Decimal("41.8")),
    ("Allotments", 19, Decimal("38.5")),
)
ESTATE_SITES, ESTATE_HECTARES = 201, Decimal("991.0")

# Trees: five financial years, planted and felled
YEARS = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
PLANTED_BY_YEAR = (1120, 1265, 1408, 1550, 1736)
FELLED_BY_YEAR = (640, 702, 688, 655, 612)
PLANTED, PLANTED_BEFORE = 1736, 1550
FELLED, FELLED_BEFORE = 612, 655
NET, NET_BEFORE = 1124, 895
STOCK, STOCK_BEFORE = 64812, 63688
INSPECTED, INSPECTED_BEFORE = 21604, 19742

# Share of the city under trees (aerial survey), and the aim
CANOPY, CANOPY_BEFORE, CANOPY_AIM = "18.4%", "17.9%", "20%"

# By ward, in the order of WARDS
STOCK_BY_WARD = (5842, 4316, 6105, 5218, 3274, 7486, 5930, 4867, 6021, 5547, 5104, 5102)
INSPECTED_BY_WARD = (1948, 1438, 2035, 1740, 1091, 2496, 1976, 1622, 2007, 1849, 1701, 1701)
PLANTED_BY_WARD = (128, 214, 96, 143, 262, 87, 155, 171, 104, 139, 118, 119)
FELLED_BY_WARD = (52, 48, 61, 44, 39, 70, 55, 47, 58, 50, 46, 42)
PLANNED_BY_WARD = (140, 205, 130, 150, 280, 110, 165, 180, 120, 160, 125, 135)
PLANNED = 1900

PLANTED_BY_PLACE = (
    ("Parks and gardens", 694),
    ("Streets and verges", 521),
    ("Housing land", 260),
    ("School grounds", 174),
    ("Woodland edges", 87),
)
FELLED_BY_REASON = (
    ("Ash dieback", 245),
    ("Dead or dying for another reason", 214),
    ("Storm damage", 92),
    ("Damage to a building", 31),
    ("Highway works or development", 30),
)


@dataclass(frozen=True)
class Park:
    """A park or garden: hectares, and quality scores out of 100 in 2024/25 and 2025/26."""

    name: str
    ward: str
    hectares: Decimal
    before: int
    after: int

    @property
    def award(self) -> str:
        """The Ardenshire Park Standard is awarded at a score of 80."""
        return "Yes" if self.after >= PARK_STANDARD else "No"


PARK_STANDARD = 80
PARKS = tuple(
    Park(name, ward, Decimal(hectares), before, after)
    for name, ward, hectares, before, after in (
        ("Abbot's Park", "Abbotsfield", "28.4", 82, 84),
        ("Priory Gardens", "Abbotsfield", "6.2", 77, 81),
        ("Bridgewell Common", "Bridgewell", "41.5", 70, 72),
        ("Station Park", "Bridgewell", "5.8", 65, 66),
        ("Castle Gardens", "Castle Dene", "12.7", 89, 90),
        ("Dene Valley Park", "Castle Dene", "36.9", 71, 74),
        ("Dunstead Green", "Dunstead", "9.3", 68, 70),
        ("Quarry Park", "Dunstead", "22.6", 66, 68),
        ("Eastgate Park", "Eastgate", "7.4", 67, 71),
        ("Foundry Park", "Eastgate", "4.9", 61, 64),
        ("Fernhill Country Park", "Fernhill", "62.8", 87, 88),
        ("Hilltop Gardens", "Fernhill", "8.1", 78, 79),
        ("Harrowby Recreation Ground", "Harrowby", "11.6", 63, 62),
        ("Jubilee Field", "Harrowby", "14.7", 66, 69),
        ("King's Moor", "Kingsmoor", "33.5", 72, 75),
        ("Lido Park", "Kingsmoor", "10.4", 80, 82),
        ("Larkfield Park", "Larkfield", "19.8", 81, 83),
        ("Windmill Hill", "Larkfield", "15.3", 70, 73),
        ("Millbrook Meadow", "Millbrook", "27.1", 84, 86),
        ("Weir Gardens", "Millbrook", "3.6", 83, 85),
        ("Northcote Park", "Northcote", "13.9", 76, 80),
        ("Observatory Hill", "Northcote", "8.8", 74, 76),
        ("Stonebridge Park", "Stonebridge", "4.8", 75, 77),
        ("Viaduct Park", "Stonebridge", "2.5", 59, 69),
    )
)
MEAN_SCORE, MEAN_SCORE_BEFORE = Decimal("76.0"), Decimal("73.5")
AWARDS, AWARDS_BEFORE = 9, 7

# Requests for service: subject, 2024/25, 2025/26
REQUESTS, REQUESTS_BEFORE = 4280, 4516
REQUESTS_BY_SUBJECT = (
    ("Pruning and overhanging branches", 1362, 1241),
    ("Grass cutting", 1027, 968),
    ("Litter and bins", 812, 745),
    ("Play equipment", 402, 431),
    ("Dangerous tree", 275, 302),
    ("Fly-tipping in a park", 318, 296),
    ("Any other subject", 320, 297),
)
REQUESTS_BY_METHOD = (
    ("Online form", 2140),
    ("Telephone", 1284),
    ("E-mail", 642),
    ("In person", 128),
    ("Letter", 86),
)
# Class of request, target, requests, answered in time
ANSWERS = (
    ("Emergency", "2 hours", 302, 287),
    ("Urgent", "5 working days", 864, 778),
    ("Routine", "20 working days", 3114, 2647),
)
ANSWERED, ANSWERED_BEFORE = 3712, 3748
ROUTINE_DAYS, ROUTINE_DAYS_BEFORE = 14, 17

# Visitor survey, spring 2026
SURVEY = (
    ("Very satisfied", 475),
    ("Fairly satisfied", 500),
    ("Neither satisfied nor dissatisfied", 125),
    ("Fairly dissatisfied", 100),
    ("Very dissatisfied", 50),
)
SURVEYED, SURVEYED_BEFORE = 1250, 1150
SATISFIED, SATISFIED_BEFORE = 975, 851

# Volunteer hours: group, 2024/25, 2025/26
VOLUNTEERS = (
    ("Friends of parks groups", 8870, 9682),
    ("Tree wardens", 2904, 3215),
    ("Company volunteering days", 1695, 1860),
    ("Schools and colleges", 1115, 1285),
)
HOURS, HOURS_BEFORE = 16042, 14584

# Planting in 2026/27 by kind of tree
SPECIES = (
    ("Field maple", "Acer campestre", 380),
    ("Hornbeam", "Carpinus betulus", 285),
    ("Small-leaved lime", "Tilia cordata", 266),
    ("Rowan", "Sorbus aucuparia", 247),
    ("Bird cherry", "Prunus padus", 228),
    ("English oak", "Quercus robur", 190),
    ("Elm (disease resistant)", "Ulmus hybrids", 171),
    ("Other kinds", "", 133),
)
# The planting areas of Millbrook Meadow: letter, name, trees
MEADOW = (
    ("A", "Streamside walk", 34),
    ("B", "Community orchard", 28),
    ("C", "Lime avenue", 42),
    ("D", "Car park edge", 16),
    ("E", "School boundary", 22),
    ("F", "West copse", 18),
)


@dataclass(frozen=True)
class Line:
    """A line of the revenue budget, in pounds; income is below nought. ``quarters`` are the spend of 2025/26."""

    code: str
    name: str
    budget: int
    quarters: tuple[int, int, int, int]
    outturn_before: int
    budget_next: int

    @property
    def outturn(self) -> int:
        return sum(self.quarters)

    @property
    def variance(self) -> int:
        return self.outturn - self.budget


EXPENDITURE = (
    Line("G101", "Parks and gardens", 2_480_000, (598_400, 641_250, 612_900, 589_950), 2_391_000, 2_540_000),
    Line("G102", "Tree inspection and works", 1_120_000, (262_300, 281_700, 318_450, 295_150), 1_064_000, 1_185_000),
    Line("G103", "Grass and verges", 965_000, (312_600, 328_900, 158_200, 149_700), 938_500, 980_000),
    Line("G104", "Play areas", 410_000, (88_700, 112_350, 104_600, 111_150), 389_200, 425_000),
    Line("G105", "Cemetery grounds", 298_000, (71_250, 76_400, 73_100, 72_450), 287_600, 304_000),
    Line("G106", "Allotments", 92_000, (20_900, 24_350, 21_800, 22_150), 88_000, 94_000),
    Line("G107", "Volunteers and events", 185_000, (41_600, 58_900, 44_250, 43_450), 171_600, 190_000),
)
INCOME = (
    Line("G201", "Pitches and facilities", -420_000, (-86_500, -118_200, -104_900, -101_600), -398_000, -430_000),
    Line("G202", "Allotment rents", -64_000, (-1_200, -2_400, -58_600, -3_050), -62_400, -66_000),
    Line("G203", "Concessions and events", -238_000, (-61_300, -92_750, -46_200, -44_900), -221_000, -250_000),
    Line("G204", "Grants and contributions", -356_000, (-84_600, -91_300, -88_450, -97_450), -318_500, -362_000),
)


def total(name: str, lines: tuple[Line, ...]) -> Line:
    """Return the sum of budget lines as a line of its own, with no code."""
    q1, q2, q3, q4 = (sum(line.quarters[quarter] for line in lines) for quarter in range(4))
    return Line(
        "",
        name,
        sum(line.budget for line in lines),
        (q1, q2, q3, q4),
        sum(line.outturn_before for line in lines),
        sum(line.budget_next for line in lines),
    )


GROSS = total("Total expenditure", EXPENDITURE)
RECEIPTS = total("Total income", INCOME)
NET_COST = total("Net cost", EXPENDITURE + INCOME)

# Capital programme: scheme, 2025/26, 2026/27, 2027/28
CAPITAL = (
    ("Urban tree planting", 310_000, 345_000, 360_000),
    ("Play area renewal", 480_000, 520_000, 400_000),
    ("Paths and access", 165_000, 140_000, 150_000),
    ("Millbrook flood meadow", 95_000, 260_000, 120_000),
)
CAPITAL_BY_YEAR, CAPITAL_TOTAL = (1_050_000, 1_265_000, 1_030_000), 3_345_000


def prove() -> None:
    """Cast every total. Raises AssertionError with the total that does not cast."""
    sums: dict[str, tuple[Decimal | int, Decimal | int]] = {
        "estate sites": (ESTATE_SITES, sum(row[1] for row in ESTATE)),
        "estate hectares": (ESTATE_HECTARES, sum((row[2] for row in ESTATE), Decimal())),
        "parks": (ESTATE[0][1], len(PARKS)),
        "hectares of parks": (ESTATE[0][2], sum((park.hectares for park in PARKS), Decimal())),
        "planted, last year": (PLANTED, PLANTED_BY_YEAR[-1]),
        "planted, year before": (PLANTED_BEFORE, PLANTED_BY_YEAR[-2]),
        "felled, last year": (FELLED, FELLED_BY_YEAR[-1]),
        "felled, year before": (FELLED_BEFORE, FELLED_BY_YEAR[-2]),
        "net gain": (NET, PLANTED - FELLED),
        "net gain before": (NET_BEFORE, PLANTED_BEFORE - FELLED_BEFORE),
        "stock": (STOCK, STOCK_BEFORE + NET),
        "stock by ward": (STOCK, sum(STOCK_BY_WARD)),
        "inspected by ward": (INSPECTED, sum(INSPECTED_BY_WARD)),
        "planted by ward": (PLANTED, sum(PLANTED_BY_WARD)),
        "felled by ward": (FELLED, sum(FELLED_BY_WARD)),
        "planned by ward": (PLANNED, sum(PLANNED_BY_WARD)),
        "planned by kind": (PLANNED, sum(row[2] for row in SPECIES)),
        "Millbrook": (PLANNED_BY_WARD[WARDS.index("Millbrook")], sum(row[2] for row in MEADOW)),
        "planted by place": (PLANTED, sum(row[1] for row in PLANTED_BY_PLACE)),
        "felled by reason": (FELLED, sum(row[1] for row in FELLED_BY_REASON)),
        "mean score": (MEAN_SCORE * len(PARKS), sum(park.after for park in PARKS)),
        "mean score before": (MEAN_SCORE_BEFORE * len(PARKS), sum(park.before for park in PARKS)),
        "awards": (AWARDS, sum(park.after >= PARK_STANDARD for park in PARKS)),
        "awards before": (AWARDS_BEFORE, sum(park.before >= PARK_STANDARD for park in PARKS)),
        "parks that improved": (len(PARKS) - 1, sum(park.after > park.before for park in PARKS)),
        "requests": (REQUESTS, sum(row[2] for row in REQUESTS_BY_SUBJECT)),
        "requests before": (REQUESTS_BEFORE, sum(row[1] for row in REQUESTS_BY_SUBJECT)),
        "requests by method": (REQUESTS, sum(row[1] for row in REQUESTS_BY_METHOD)),
        "requests by class": (REQUESTS, sum(row[2] for row in ANSWERS)),
        "answered in time": (ANSWERED, sum(row[3] for row in ANSWERS)),
        "surveyed": (SURVEYED, sum(row[1] for row in SURVEY)),
        "satisfied": (SATISFIED, SURVEY[0][1] + SURVEY[1][1]),
        "hours": (HOURS, sum(row[2] for row in VOLUNTEERS)),
        "hours before": (HOURS_BEFORE, sum(row[1] for row in VOLUNTEERS)),
        "net cost": (NET_COST.outturn, GROSS.outturn + RECEIPTS.outturn),
        "capital": (CAPITAL_TOTAL, sum(CAPITAL_BY_YEAR)),
    }
    wrong = [f"{name}: {said} said, {cast} cast" for name, (said, cast) in sums.items() if said != cast]
    for year, spent in enumerate(CAPITAL_BY_YEAR, 1):
        if spent != sum(int(row[year]) for row in CAPITAL):
            wrong.append(f"capital, year {year}")
    for name, parts in (
        ("planted by place", [row[1] for row in PLANTED_BY_PLACE]),
        ("felled by reason", [row[1] for row in FELLED_BY_REASON]),
        ("requests by method", [row[1] for row in REQUESTS_BY_METHOD]),
        ("survey", [row[1] for row in SURVEY]),
        ("kinds of tree", [row[2] for row in SPECIES]),
    ):
        if sum(int(share(part, sum(parts)).rstrip("%")) for part in parts) != 100:
            wrong.append(f"shares of {name} do not make 100%")
    if wrong:
        raise AssertionError("; ".join(wrong))


if __name__ == "__main__":
    prove()
