"""Exempt, confidential and internal matter: nowhere in what a build gives out, and said to be left out."""

import re
from pathlib import Path

import pytest

from tests.readback import everything_in, text
from tests.workspaces import Case, case

EXEMPT = {"paragraph": 3, "reason": "It would show bidders each other's prices."}

#: What is secret, by how it was marked: words no open paper has, in titles, file names, texts and people.
SECRETS = ("Quillon", "Zephyrine", "Obsidian", "Marzipan", "Falstaff", "Tamarind", "Wolfram", "Bergamot", "Vermilion")

PUBLIC = [
    {
        "title": "Sale of timber",
        "papers": [
            {"file": "report.pdf", "kind": "report"},
            {"file": "Quillon prices.pdf", "kind": "appendix", "title": "Zephyrine bids", "publicity": "exempt"}
            | {"exempt": EXEMPT, "public_title": "Appendix II (exempt)"},
            {"file": "Obsidian advice.pdf", "kind": "appendix", "title": "Counsel", "publicity": "confidential"},
            {"file": "Marzipan notes.md", "kind": "other", "title": "For officers", "publicity": "internal"},
        ],
    },
    {
        "title": "The Falstaff claim",
        "public_title": "A claim against the Council",
        "publicity": "exempt",
        "exempt": EXEMPT,
        "text": "To settle with Tamarind.",
        "papers": [{"file": "claim.docx", "kind": "report"}],
    },
    {"title": "Briefing by Wolfram", "publicity": "internal", "papers": [{"file": "briefing.pdf", "kind": "other"}]},
    {"title": "Any other business"},
]
PRIVATE = [
    {
        "title": "Purchase of Bergamot Wood",
        "public_title": "A property matter",
        "exempt": EXEMPT,
        "text": "To agree the price.",
        "items": ["The price for Vermilion"],
        "petitions": [{"kind": "e-petition", "heading": "Keep Vermilion", "organiser": "Falstaff"}],
        "papers": [{"file": "Bergamot.pdf", "kind": "report", "title": "Bergamot Wood"}],
    }
]


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Case:
    made = case(tmp_path_factory.mktemp("secret") / "w", PUBLIC, PRIVATE)
    made.pdf("report.pdf", "An open report on timber.")
    for name in ("Quillon prices.pdf", "Obsidian advice.pdf", "briefing.pdf", "Bergamot.pdf"):
        made.pdf(name, " ".join(SECRETS))
    made.write("Marzipan notes.md", "# Marzipan\n\nWords.")
    made.word("claim.docx", "The words of Falstaff.")
    made.built()
    made.built("--draft")
    made.built("--large-print")
    return made


def leaks(words: str) -> list[str]:
    return [secret for secret in SECRETS if re.search(secret, words, re.IGNORECASE)]


def test_search_for_leaks_finds_what_is_there(tmp_path: Path) -> None:
    made = case(tmp_path / "w", [{"title": "Quillon", "papers": [{"file": "o.pdf", "kind": "report"}]}])
    made.pdf("o.pdf", "A word about Obsidian.")
    made.built()
    assert leaks(everything_in(made.pack)) == ["Quillon", "Obsidian"]


def test_pack_holds_nothing_of_what_is_withheld(secret: Case) -> None:
    packs = sorted(secret.output.glob("*.pdf"))
    assert len(packs) == 3
    for pack in packs:
        assert leaks(everything_in(pack)) == []
        assert leaks(pack.read_bytes().decode("latin-1")) == []


def test_plan_names_nothing_of_what_is_withheld(secret: Case) -> None:
    plans = sorted(secret.output.glob("*plan.json"))
    assert len(plans) == 3
    assert [leaks(plan.read_text(encoding="utf-8")) for plan in plans] == [[], [], []]
    assert [entry["source"] for entry in secret.plan["entries"]] == ["meeting.yaml", "report.pdf"]


def test_no_file_below_build_is_named_after_what_is_withheld(secret: Case) -> None:
    assert leaks("\n".join(str(path.relative_to(secret.root)) for path in secret.root.glob("build/**/*"))) == []


def test_no_file_of_a_built_meeting_holds_what_is_withheld(secret: Case) -> None:
    """Not the record of the last build either: the folder may be copied to where the public can see it."""
    found = {
        path.name: leaks(path.read_bytes().decode("latin-1")) for path in secret.output.iterdir() if path.is_file()
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_withheld_papers_are_never_converted_or_kept(secret: Case) -> None:
    """claim.docx would need LibreOffice; the cache holds what the public pack was made of and nothing else."""
    kept = [path for path in (secret.root / "build/.cache").rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".pdf", ".json"}
    assert all(leaks(text(path) if path.suffix == ".pdf" else path.read_text()) == [] for path in kept)


def test_what_was_left_out_is_counted_without_names(secret: Case) -> None:
    answer = secret.built()
    assert "6 papers are not open and not in the public pack." in answer["notes"]
    result = secret.build()
    assert leaks(result.stdout) == []


def test_front_sheet_shows_public_titles_and_reasons(secret: Case) -> None:
    sheet = text(secret.pack, 1, 1)
    assert "1. Sale of timber (Pages 3 - 4)" in sheet
    assert "2. A claim against the Council Not for publication: paragraph 3 of Part 1 of Schedule 12A" in sheet
    assert "4. Any other business" in sheet
    private = sheet[sheet.index("Private Business") :]
    assert "5. A property matter Not for publication: paragraph 3" in private
    assert "It would show bidders each other's prices." in private
    assert "Nil" not in private


def test_paper_that_turns_exempt_leaves_the_pack_at_the_next_build(tmp_path: Path) -> None:
    papers = [{"file": "report.pdf", "kind": "report"}, {"file": "prices.pdf", "kind": "appendix"}]
    made = case(tmp_path / "w", [{"title": "Timber", "papers": papers}])
    made.pdf("report.pdf")
    made.pdf("prices.pdf", "Quillon offers less.")
    made.built()
    assert leaks(text(made.pack)) == ["Quillon"]
    papers[1] |= {"publicity": "exempt", "exempt": EXEMPT}
    made.items([{"title": "Timber", "papers": papers}])
    made.built()
    assert leaks(everything_in(made.pack)) == []
    assert made.plan["pages"] == 4


def test_register_of_an_exempt_report_is_not_printed_under_the_open_one(tmp_path: Path) -> None:
    papers = [
        {"file": "report.md", "kind": "report"},
        {"file": "secret.pdf", "kind": "report", "sign_offs": "signoffs.yaml", "publicity": "exempt", "exempt": EXEMPT},
    ]
    made = case(tmp_path / "w", [{"title": "Timber", "papers": papers}])
    made.write("report.md", "# Timber\n\nWords.")
    made.pdf("secret.pdf")
    made.write("signoffs.yaml", "contributors: [{name: Ann Quillon, title: Valuer}]\napprovers: []\n")
    made.built()
    assert leaks(text(made.pack)) == []


def test_list_of_appendices_in_a_report_names_no_exempt_one(tmp_path: Path) -> None:
    papers = [
        {"file": "report.md", "kind": "report"},
        {"file": "a.pdf", "kind": "appendix", "letter": "I", "title": "Open"},
        {"file": "b.pdf", "kind": "appendix", "letter": "II", "title": "Zephyrine bids"}
        | {"publicity": "exempt", "exempt": EXEMPT},
    ]
    made = case(tmp_path / "w", [{"title": "Timber", "papers": papers}], council="report_headings: [1 Context]\n")
    made.write("report.md", "# Timber\n\n## Context\n\nNone\n\n## Background papers\n\nNone\n")
    made.pdf("a.pdf")
    made.pdf("b.pdf")
    made.built()
    assert "List of appendices included • Appendix I – Open" in text(made.pack)
    assert leaks(everything_in(made.pack)) == []
