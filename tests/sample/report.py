"""The report of item 5: a council's report form, filled in (report.docx)."""

from pathlib import Path

import facts as f
import pictures
from wordfile import WordFile
from wordstyles import Look
from wordtables import Column, table
from wordxml import para, rich, run, text

TITLE = "Tree and Green Spaces Annual Report 2025/26"
APPENDICES = (
    ("I", "Trees and Green Spaces in Ardenshire 2025/26"),
    ("II", "Green Spaces Budget and Outturn 2025/26"),
    ("III", "Tree Planting Plan 2026/27"),
)
BODY = "Cabinet Member for Green Spaces and Recreation"
SITE = "https://www.ardenshire.example"
DASH = "\N{EN DASH}"


def write_report(path: Path, crest: Path) -> None:
    """Write the report; the sign-off table's place is the line ``{{ signoff_table }}``."""
    word = WordFile(
        Look("Arial", 12, margins_cm=(2.0, 2.3, 2.6, 2.3), numbered=True),
        title=TITLE,
        author="Ardenshire City Council",
        subject=f"Report to the {BODY}, 12 October 2026",
    )
    form_head(word, pictures.crest(crest))
    form_questions(word)
    word.add(text("Report title:", "FieldLabel"), text(TITLE))
    context_and_options(word)
    consultation_and_timetable(word)
    finance_and_law(word)
    other_implications(word)
    authors_and_sign_off(word)
    word.save(path)


def form_head(word: WordFile, crest: bytes) -> None:
    picture = word.picture("crest.png", crest, 1.9, 2.28, "Crest of Ardenshire City Council")
    tab = '<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>'
    strong = '<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    word.add(
        para(f"{picture}<w:r><w:tab/></w:r>{run('Public Report', strong)}", "", tab),
        text("Cabinet Member Report", "ReportClass"),
        text(f"**{BODY}**"),
        text("12 October 2026"),
        text("**Name of Cabinet Member:**", "FieldLabel"),
        text(f"{BODY} {DASH} Councillor R Penhallow"),
        text("**Director approving submission of the report:**", "FieldLabel"),
        text("Director of Streets and Green Spaces"),
        text("**Ward(s) affected:** All", "FieldLine"),
        text(f"**Title:** {TITLE}", "FieldLine"),
        text(
            "**Is this a key decision?** No. The spending was agreed with the budget, and the effect on each ward is "
            "small.",
            "FieldLine",
        ),
        text("Executive summary:", "FormHeading"),
        text(
            "Each autumn the Cabinet Member receives an account of the Council's trees, parks and other green spaces "
            "in the financial year before. This is the account for 2025/26, the sixth year of the Tree Strategy."
        ),
        text(
            f"The Council planted {f.number(f.PLANTED)} trees in the year and felled {f.number(f.FELLED)}, so that it "
            f"now looks after {f.number(f.STOCK)} trees. The average quality score of the {len(f.PARKS)} parks and "
            f"gardens rose to {f.MEAN_SCORE} out of 100, and {f.share(f.SATISFIED, f.SURVEYED)} of visitors who "
            f"answered the survey were satisfied. The net cost was {f.pounds(f.NET_COST.outturn)}, which is "
            f"{f.pounds(-f.NET_COST.variance)} less than the budget."
        ),
        text("Recommendations:", "FormHeading"),
        text("The Cabinet Member is recommended to:"),
        text(f"Note the work done in {f.YEAR}, as set out in Appendix I to the report.", "ListNumber"),
        text(f"Note the outturn for {f.YEAR} and the budget for {f.NEXT_YEAR} in Appendix II.", "ListNumber"),
        text(
            f"Approve the Tree Planting Plan {f.NEXT_YEAR} in Appendix III, under which {f.number(f.PLANNED)} trees "
            "are to be planted.",
            "ListNumber",
        ),
    )


def form_questions(word: WordFile) -> None:
    word.add(
        text("List of appendices included:", "FormHeading"),
        *(text(f"Appendix {letter} {DASH} {title}") for letter, title in APPENDICES),
        text("Background papers:", "FormHeading"),
        text("None"),
        text("Other useful documents", "FormHeading"),
        para(rich("Ardenshire Tree Strategy 2020 to 2035: ") + address(word, "/tree-strategy")),
        para(rich("Parks and Open Spaces Standards (third edition): ") + address(word, "/standards")),
        text("**Has it been or will it be considered by Scrutiny?** No", "FieldLine"),
        text(
            "**Has it been or will it be considered by any other Council Committee, Advisory Panel or other body?** No",
            "FieldLine",
        ),
        text("**Will this report go to Council?** No", "FieldLine"),
    )


def address(word: WordFile, page: str) -> str:
    return word.link(f"{SITE.removeprefix('https://')}{page}", f"{SITE}{page}")


def context_and_options(word: WordFile) -> None:
    word.add(
        word.heading("Context (or background)", 1),
        numbered(
            f"The Council looks after {f.ESTATE_SITES} green spaces, which together cover {f.ESTATE_HECTARES} "
            f"hectares. They include {f.ESTATE[0][1]} parks and gardens, {f.ESTATE[3][1]} play areas and "
            f"{f.ESTATE[5][1]} allotment sites."
        ),
        numbered(
            "The Tree Strategy, which the Cabinet adopted in 2020, asks for a yearly account of planting, felling and "
            "inspection, so that residents can see whether the number of trees is growing."
        ),
        numbered(
            f"Appendix I gives that account in full for 1 April 2025 to 31 March 2026 ({f.YEAR}) and sets it beside "
            f"the year before ({f.PRIOR_YEAR}). Appendix II sets out what the work cost, and Appendix III what is "
            "proposed for the coming planting season."
        ),
        numbered(
            f"On 31 March 2026 there were {f.number(f.STOCK)} trees on the Council's land, compared with "
            f"{f.number(f.STOCK_BEFORE)} a year earlier. This is the fifth year running in which more trees were "
            "planted than felled."
        ),
        word.heading("Options considered and recommended proposal", 1),
        para(
            text_box(word)
            + rich(
                f"**Trees.** {f.number(f.PLANTED)} trees were planted in {f.YEAR}, compared with "
                f"{f.number(f.PLANTED_BEFORE)} in {f.PRIOR_YEAR}: an increase of "
                f"{f.change(f.PLANTED_BEFORE, f.PLANTED)}. "
                f"{f.number(f.FELLED)} were felled, compared with {f.number(f.FELLED_BEFORE)}: a decrease of "
                f"{f.change(f.FELLED_BEFORE, f.FELLED)}. The net gain was {f.number(f.NET)} trees. Ash dieback was the "
                f"reason for {f.FELLED_BY_REASON[0][1]} of the trees felled "
                f"({f.share(f.FELLED_BY_REASON[0][1], f.FELLED)})."
            ),
            "NumberedParagraph",
        ),
        numbered(
            f"**Inspection.** {f.number(f.INSPECTED)} trees were inspected, which is "
            f"{f.share(f.INSPECTED, f.STOCK, 1)} of the stock and meets the aim of looking at every tree once in "
            "three years."
        ),
        numbered(
            f"**Parks.** Quality scores rose in {len(f.PARKS) - 1} of the {len(f.PARKS)} parks and gardens. "
            f"{f.AWARDS} of them now meet the Ardenshire Park Standard, compared with {f.AWARDS_BEFORE} in "
            f"{f.PRIOR_YEAR}. One score fell: that of Harrowby Recreation Ground, from 63 to 62, because of worn play "
            "equipment."
        ),
        numbered(
            f"**Requests.** {f.number(f.REQUESTS)} requests were received, a decrease of "
            f"{f.change(f.REQUESTS_BEFORE, f.REQUESTS)} from {f.number(f.REQUESTS_BEFORE)} in {f.PRIOR_YEAR}. "
            f"{f.number(f.ANSWERED)} of them ({f.share(f.ANSWERED, f.REQUESTS, 1)}) were answered in time. The main "
            "measures of the year are these:"
        ),
        word.caption(f"Main measures, {f.PRIOR_YEAR} and {f.YEAR}"),
        measures(word),
        after_table(
            f"**Volunteers.** Residents gave {f.number(f.HOURS)} hours to parks and trees, "
            f"{f.change(f.HOURS_BEFORE, f.HOURS)} more than the {f.number(f.HOURS_BEFORE)} of {f.PRIOR_YEAR}. Friends "
            f"of parks groups gave {f.number(f.VOLUNTEERS[0][2])} of those hours and tree wardens "
            f"{f.number(f.VOLUNTEERS[1][2])}."
        ),
        numbered(
            "**Options.** Three courses were considered for the planting season from November 2026 to March 2027:"
        ),
        text(
            f"to keep planting at the level of {f.YEAR} ({f.number(f.PLANTED)} trees). This would cost no more than "
            f"before, but the Strategy's target for {f.NEXT_YEAR} would be missed. It is not recommended;",
            "ListBullet",
        ),
        text(
            "to plant fewer, larger trees. They give shade sooner, but each costs four times as much and more of "
            "them die in a dry summer. It is not recommended; and",
            "ListBullet",
        ),
        text(
            f"to raise planting to {f.number(f.PLANNED)} trees, {f.number(f.PLANNED - f.PLANTED)} more than in "
            f"{f.YEAR}, as set out in Appendix III. This meets the target within the budget already agreed, and **is "
            "recommended**.",
            "ListBullet",
        ),
    )


def numbered(words: str) -> str:
    return text(words, "NumberedParagraph")


def after_table(words: str) -> str:
    return para(rich(words), "NumberedParagraph", '<w:spacing w:before="200"/>')


def text_box(word: WordFile) -> str:
    leaf = word.picture("leaf.png", pictures.leaf(), 1.3, 1.3, "Drawing of a leaf")
    tab = '<w:tabs><w:tab w:val="left" w:pos="992"/></w:tabs>'
    heading = run("Worried about a tree?", "")
    blocks = [
        para(f"{leaf}<w:r><w:tab/></w:r>{heading}", "BoxHeading", tab),
        text(
            "Tell us on the website or ring **01632 960150**. If a tree is about to fall, ring at any hour: we aim "
            "to be there within 2 hours.",
            "BoxText",
        ),
        text(
            "For a tree on private land please speak to the owner first. We can tell you if it is protected.", "BoxText"
        ),
    ]
    alt = "Text box: how to tell the Council about a tree, by website or on 01632 960150"
    return word.text_box(blocks, 14.5, 4.3, alt)


def measures(word: WordFile) -> str:
    counts = (
        ("Trees planted", f.PLANTED_BEFORE, f.PLANTED),
        ("Trees felled", f.FELLED_BEFORE, f.FELLED),
        ("Trees inspected", f.INSPECTED_BEFORE, f.INSPECTED),
        ("Requests received", f.REQUESTS_BEFORE, f.REQUESTS),
        ("Volunteer hours", f.HOURS_BEFORE, f.HOURS),
    )
    rows = [
        (name, f.number(before), f.number(after), f.signed(after - before), signed_share(before, after))
        for name, before, after in counts
    ]
    columns = [Column(5.6), *(Column(2.6, "right") for _ in range(4))]
    heads = [("Measure", f.PRIOR_YEAR, f.YEAR, "Change", "Change (%)")]
    return table(word.look, columns, heads, rows, f"Five measures in {f.PRIOR_YEAR} and {f.YEAR}, with the change")


def signed_share(before: int, after: int) -> str:
    sign = "+" if after > before else "\N{MINUS SIGN}"
    return sign + f.change(before, after)


def consultation_and_timetable(word: WordFile) -> None:
    word.add(
        word.heading("Results of consultation undertaken", 1),
        numbered(
            f"{f.number(f.SURVEYED)} visitors answered the survey in spring 2026. Of these, {f.SATISFIED} "
            f"({f.share(f.SATISFIED, f.SURVEYED)}) were very or fairly satisfied, compared with "
            f"{f.share(f.SATISFIED_BEFORE, f.SURVEYED_BEFORE)} a year before."
        ),
        numbered(
            "Five petitions about the Verges and Meadows Programme, 2 e-petitions and 3 paper petitions with 1,058 "
            "signatures in all, were considered by the Cabinet Member on 15 June 2026. The plan in Appendix III puts "
            "no trees on the four verges that petitioners asked to have mown as before."
        ),
        numbered(
            "Friends of parks groups and tree wardens were shown the draft plan at a meeting on 8 July 2026. They "
            "asked for more fruit trees, and a community orchard at Millbrook Meadow has been added."
        ),
        word.heading("Timetable for implementing this decision", 1),
        numbered(
            "Orders for trees would be placed by 30 October 2026. Planting would begin on 16 November 2026 and end by "
            "26 March 2027."
        ),
        numbered(
            "Residents of each street would be written to at least three weeks before planting there. A notice at each "
            "park entrance would show where the trees are to stand."
        ),
        numbered(
            f"Progress would be reported to the Cabinet Member in the autumn of 2027, with the annual report for "
            f"{f.NEXT_YEAR}."
        ),
    )


def finance_and_law(word: WordFile) -> None:
    net, parks, trees = f.NET_COST, f.EXPENDITURE[0], f.EXPENDITURE[1]
    word.add(
        word.heading("Comments from Director of Finance and Resources", 1),
        word.heading("Financial implications", 2),
        section(
            f"The net cost of green spaces in {f.YEAR} was {f.pounds(net.outturn)} against a budget of "
            f"{f.pounds(net.budget)}, an underspend of {f.pounds(-net.variance)} "
            f"({f.change(net.budget, net.outturn)}). Expenditure was {f.pounds(f.GROSS.outturn)} and income "
            f"{f.pounds(-f.RECEIPTS.outturn)}. The net cost was {f.pounds(net.outturn - net.outturn_before)} "
            f"({f.change(net.outturn_before, net.outturn)}) higher than the {f.pounds(net.outturn_before)} of "
            f"{f.PRIOR_YEAR}."
        ),
        section(
            "Two lines differ from the budget by more than £30,000. Tree inspection and works cost "
            f"{f.pounds(trees.variance)} ({f.change(trees.budget, trees.outturn)}) more, because of the number of "
            f"trees with ash dieback. Parks and gardens cost {f.pounds(-parks.variance)} "
            f"({f.change(parks.budget, parks.outturn)}) less, because posts stood vacant in the winter."
        ),
        section(
            f"The budget for {f.NEXT_YEAR} is {f.pounds(net.budget_next)}. The Tree Planting Plan is paid for from the "
            f"capital programme, which holds {f.pounds(f.CAPITAL[0][2])} for urban tree planting in {f.NEXT_YEAR}. "
            "Appendix II has the details."
        ),
        word.heading("Legal implications", 2),
        section(
            "The Council owes visitors to its land a duty of care under the Occupiers' Liability Act 1957, and users "
            "of the highway a duty under the Highways Act 1980. A regular programme of tree inspection, with records "
            "of what was found and done, is the recognised way of meeting both. Nothing in the plan needs the "
            "consent of another authority."
        ),
        section(
            "Trees on highway verges are planted under section 96 of the Highways Act 1980. Before any tree that is "
            "protected by an order is worked on or felled, the procedure of the Town and Country Planning Act 1990 is "
            "followed, as it would be for any other owner."
        ),
    )


def section(words: str) -> str:
    return text(words, "SectionText")


def other_implications(word: WordFile) -> None:
    word.add(
        word.heading("Other implications", 1),
        word.heading("How will this contribute to achievement of the Council Plan?", 2),
        section(
            "The work supports two aims of the Council Plan: a greener city, and healthier lives. Trees cool streets, "
            "slow storm water and clean the air, and parks within walking distance give everybody a place to be active."
        ),
        word.heading("How is risk being managed?", 2),
        section(
            "The main risks are tree failure, drought in the first summer after planting, and pests. They are managed "
            "through the inspection programme, three years of watering for each new tree, and a wide choice of kinds: "
            f"none makes up more than {f.share(f.SPECIES[0][2], f.PLANNED)} of the planting in {f.NEXT_YEAR}."
        ),
        section(
            "The cost of felling trees with ash dieback is a risk to the budget. It is watched month by month, and "
            "trees beside roads, schools and play areas are dealt with first."
        ),
        word.heading("What is the impact on the organisation?", 2),
        section(
            "The plan can be carried out by the present teams with the help of volunteers, who gave "
            f"{f.number(f.HOURS)} hours in {f.YEAR}. No new posts are needed."
        ),
        section(
            "Two inspectors retire in 2027. Their places will be filled through the apprenticeship that began in "
            "September 2025, so that there is a year in which they can pass on what they know."
        ),
        word.heading("Equalities and equality and consultation analyses (ECA)", 2),
        section(
            "An analysis was made of the Tree Planting Plan. It found a benefit for wards with few trees, where more "
            f"households have no garden: Eastgate, the ward with the fewest trees, receives {f.PLANNED_BY_WARD[4]} of "
            f"the {f.number(f.PLANNED)} trees, more than any other. New paths and benches follow the standard for "
            "step-free access."
        ),
        section(
            "The survey of visitors was offered in six languages, in large print, and on paper in every library. The "
            "answers of disabled visitors were also looked at on their own: their most common wish was for more "
            "benches with backs and arms."
        ),
        word.heading("Implications for (or impact on) the environment", 2),
        section(
            f"The aerial survey of 2025 found that trees cover {f.CANOPY} of the city, compared with "
            f"{f.CANOPY_BEFORE} in 2020. The aim of the Strategy is {f.CANOPY_AIM} by 2035."
        ),
        section(
            f"The plan adds {f.number(f.PLANNED)} young trees to the city. They are grown in this country without "
            "peat, and ties and guards are taken back and used again."
        ),
        word.heading("Implications for partner organisations?", 2),
        section("None"),
    )


def authors_and_sign_off(word: WordFile) -> None:
    mail = word.link("greenspaces@ardenshire.example", "mailto:greenspaces@ardenshire.example")
    word.add(
        text("Report author(s):", "FormHeading"),
        text("**Name and job title:**", "FieldLabel"),
        text("Kit Lansbury, Head of Parks and Trees"),
        text("Sunil Vadher, Insight Analyst"),
        text("**Directorate:**", "FieldLabel"),
        text("Place"),
        text("**Contact:**", "FieldLabel"),
        para(rich("01632 960152, ") + mail),
        text("Enquiries should be directed to the above persons."),
        text("{{ signoff_table }}"),
        para(rich("This report is published on the Council's website: ") + address(word, "/meetings"), "FieldLine"),
    )
