"""Appendix I: parks, requests, visitors and volunteers, cost, and what comes next."""

import facts as f
from wordfile import WordFile
from wordtables import Cell, Column, table
from wordxml import para, rich, text


def parks(word: WordFile) -> None:
    rows = [
        (park.name, park.ward, str(park.hectares), str(park.before), str(park.after), park.award) for park in f.PARKS
    ]
    rows.append(("Total", "", str(f.ESTATE[0][2]), "", "", str(f.AWARDS)))
    rows.append(("Average score", "", "", str(f.MEAN_SCORE_BEFORE), str(f.MEAN_SCORE), ""))
    heads = [
        (
            Cell("Park or garden", down=2),
            Cell("Ward", down=2),
            Cell("Hectares", down=2),
            Cell("Score out of 100", across=2),
            Cell(f"Standard met in {f.YEAR}", down=2),
        ),
        (f.PRIOR_YEAR, f.YEAR),
    ]
    word.add(
        word.heading("Quality of parks", 1, "quality", new_page=True),
        text(
            "Two officers from another team and one volunteer visit each park or garden in July. They give a score "
            "out of 100 for welcome, safety, cleanliness, care of plants and wildlife, and facilities. A park with a "
            f"score of {f.PARK_STANDARD} or more meets the Ardenshire Park Standard."
        ),
        text(
            f"The average score rose from {f.MEAN_SCORE_BEFORE} to {f.MEAN_SCORE}. The Standard was met by {f.AWARDS} "
            f"parks, compared with {f.AWARDS_BEFORE} in {f.PRIOR_YEAR}. The greatest rise was at Viaduct Park, from "
            "59 to 69, once its new path was open. The score of Harrowby Recreation Ground fell from 63 to 62."
        ),
        word.heading("What the visits found", 2),
        text("Welcome: signs at 19 of the 24 parks are new or as good as new.", "ListBullet"),
        text("Safety: lamps along main paths were working at every park.", "ListBullet"),
        text("Cleanliness: bins were full at three parks, all visited on a Monday.", "ListBullet"),
        text("Plants and wildlife: long grass is better liked where a mown edge shows that it is meant.", "ListBullet"),
        text("Facilities: the most common wish is for more benches with backs and arms.", "ListBullet"),
        word.caption("Parks and gardens: area, quality scores and the Standard"),
        table(
            word.look,
            [
                Column(5.1),
                Column(2.9),
                Column(2.0, "right"),
                Column(2.0, "right"),
                Column(2.0, "right"),
                Column(2.6, "center"),
            ],
            heads,
            rows,
            "The area of each park or garden, its scores in two years, and whether it met the Park Standard",
            totals=2,
            whole=False,
        ),
        text(
            "The total in the last column is the number of parks and gardens that met the Standard.",
            "Note",
        ),
        word.heading("Plans for the lowest scores", 2),
        text(
            "Harrowby Recreation Ground, Foundry Park and Station Park have the three lowest scores. A plan has been "
            "made with residents for each of them. At Harrowby it begins with the play area, at Foundry Park with "
            "the entrance from the canal, and at Station Park with lighting."
        ),
    )


def requests(word: WordFile) -> None:
    subjects = [
        (name, f.number(before), f.number(after), f.signed(after - before))
        for name, before, after in f.REQUESTS_BY_SUBJECT
    ]
    subjects.append(
        ("Total", f.number(f.REQUESTS_BEFORE), f.number(f.REQUESTS), f.signed(f.REQUESTS - f.REQUESTS_BEFORE))
    )
    methods = [(name, f.number(count), f.share(count, f.REQUESTS)) for name, count in f.REQUESTS_BY_METHOD]
    methods.append(("Total", f.number(f.REQUESTS), "100%"))
    answers = [
        (name, target, f.number(asked), f.number(answered), f.share(answered, asked, 1))
        for name, target, asked, answered in f.ANSWERS
    ]
    answers.append(("Total", "", f.number(f.REQUESTS), f.number(f.ANSWERED), f.share(f.ANSWERED, f.REQUESTS, 1)))
    numbers = [Column(3.2, "right")] * 3
    word.add(
        word.heading("Requests and answers", 1, "requests", new_page=True),
        text(
            f"Residents sent {f.number(f.REQUESTS)} requests in {f.YEAR}, compared with {f.number(f.REQUESTS_BEFORE)} "
            f"in {f.PRIOR_YEAR}: a decrease of {f.change(f.REQUESTS_BEFORE, f.REQUESTS)}. Requests about play "
            "equipment and dangerous trees went up; those about all other subjects went down."
        ),
        word.caption(f"Requests by subject, {f.PRIOR_YEAR} and {f.YEAR}"),
        table(
            word.look,
            [Column(7.0), *numbers],
            [("Subject", f.PRIOR_YEAR, f.YEAR, "Change")],
            subjects,
            "Requests received by subject in two years, with the change",
            totals=1,
        ),
        word.caption(f"Requests by method, {f.YEAR}"),
        table(
            word.look,
            [Column(9.0), Column(3.8, "right"), Column(3.8, "right")],
            [("Method", "Requests", "Share")],
            methods,
            "Requests received by method, with the share of each",
            totals=1,
        ),
        word.caption(f"Requests answered in time, {f.YEAR}"),
        table(
            word.look,
            [Column(3.4), Column(4.0), *[Column(3.1, "right")] * 2, Column(3.0, "right")],
            [("Class", "Time allowed", "Requests", "In time", "Share in time")],
            answers,
            "Requests of each class and how many of them were answered in the time allowed",
            totals=1,
        ),
        para(
            rich(
                f"A routine request took {f.ROUTINE_DAYS} working days on average, compared with "
                f"{f.ROUTINE_DAYS_BEFORE} working days in {f.PRIOR_YEAR}. Of all requests, "
                f"{f.share(f.ANSWERED, f.REQUESTS, 1)} were answered in time; in {f.PRIOR_YEAR} it was "
                f"{f.share(f.ANSWERED_BEFORE, f.REQUESTS_BEFORE, 1)}."
            ),
            properties='<w:spacing w:before="200"/>',
        ),
    )


def people(word: WordFile) -> None:
    answers = [(name, f.number(count), f.share(count, f.SURVEYED)) for name, count in f.SURVEY]
    answers.append(("Total", f.number(f.SURVEYED), "100%"))
    hours = [
        (name, f.number(before), f.number(after), f.signed(after - before)) for name, before, after in f.VOLUNTEERS
    ]
    hours.append(("Total", f.number(f.HOURS_BEFORE), f.number(f.HOURS), f.signed(f.HOURS - f.HOURS_BEFORE)))
    word.add(
        word.heading("Visitors and volunteers", 1, "people"),
        text(
            f"{f.number(f.SURVEYED)} visitors answered the survey in spring 2026. Of these, {f.SATISFIED} "
            f"({f.share(f.SATISFIED, f.SURVEYED)}) were very or fairly satisfied. A year before it was "
            f"{f.SATISFIED_BEFORE} of {f.number(f.SURVEYED_BEFORE)} "
            f"({f.share(f.SATISFIED_BEFORE, f.SURVEYED_BEFORE)})."
        ),
        word.caption("Visitor survey, spring 2026"),
        table(
            word.look,
            [Column(9.0), Column(3.8, "right"), Column(3.8, "right")],
            [("Answer", "Visitors", "Share")],
            answers,
            "Answers to the visitor survey, with the share of each",
            totals=1,
        ),
        word.caption(f"Hours given by volunteers, {f.PRIOR_YEAR} and {f.YEAR}"),
        table(
            word.look,
            [Column(7.0), *[Column(3.2, "right")] * 3],
            [("Group", f.PRIOR_YEAR, f.YEAR, "Change")],
            hours,
            "Hours given by each group of volunteers in two years, with the change",
            totals=1,
        ),
    )


def money(word: WordFile) -> None:
    lines = (f.GROSS, f.RECEIPTS, f.NET_COST)
    rows = [(line.name, *(f.pounds(sum_) for sum_ in (line.budget, line.outturn, line.variance))) for line in lines]
    word.add(
        word.heading("Cost", 1, "cost", new_page=True),
        text(
            f"The service cost {f.pounds(f.NET_COST.outturn)} in {f.YEAR}, once income is taken off. In "
            f"{f.PRIOR_YEAR} it was {f.pounds(f.NET_COST.outturn_before)}. Appendix II to the report has every line. "
            "In the table, income and underspends stand in brackets."
        ),
        word.caption(f"Budget and outturn, {f.YEAR}"),
        table(
            word.look,
            [Column(6.4), *[Column(3.4, "right")] * 3],
            [("Part of the budget", "Budget", "Outturn", "Variance")],
            rows,
            "Expenditure, income and net cost: budget, outturn and variance",
            totals=1,
        ),
    )


def next_steps(word: WordFile) -> None:
    before = f.PRIOR_YEAR
    rows = [
        ("Put the tree record on a map that residents can see", "Done in June 2025."),
        ("Inspect one third of all trees", f"Done: {f.number(f.INSPECTED)} of {f.number(f.STOCK)} trees."),
        ("Have 8 parks at the Park Standard", f"Done: {f.AWARDS} parks met it."),
        ("Answer 85% of requests in time", f"Done: {f.share(f.ANSWERED, f.REQUESTS, 1)} were answered in time."),
        (
            "Renew the play area at Harrowby Recreation Ground",
            "Not done. The work has been put off to the spring of 2027.",
        ),
    ]
    word.add(
        word.heading("Progress and next steps", 1, "steps"),
        text(f"The report for {before} named five actions. Four of them are done and one is not."),
        word.caption(f"Actions named in the report for {before}"),
        table(word.look, [Column(8.0), Column(8.6)], [("Action", "Progress")], rows, "Five actions and their progress"),
        para(rich(f"In {f.NEXT_YEAR} the teams will:"), properties='<w:keepNext/><w:spacing w:before="200"/>'),
        text(f"plant {f.number(f.PLANNED)} trees, as set out in Appendix III;", "ListBullet"),
        text("begin the plans for the three parks with the lowest scores; and", "ListBullet"),
        text("trial a service by which residents can water and name a young tree in their street.", "ListBullet"),
        word.heading("Report author(s)", 2),
        text("Kit Lansbury, Head of Parks and Trees, and Sunil Vadher, Insight Analyst"),
        text("Place Directorate, Council House, Ardenshire. Telephone 01632 960152"),
    )
