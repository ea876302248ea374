"""The papers of a meeting: files found however they are spelled, refused when they lead outside, ids and titles."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import ManifestError
from pipeline.manifest import load_meeting
from pipeline.manifest.fields import slug
from pipeline.manifest.files import PAPERS, Problem, find_file
from pipeline.model import Exemption, Meeting, Paper, PaperKind, Publicity

HEAD = "body: cabinet\ndate: 2017-10-09\npublic:\n  - title: Libraries Annual Report\n    papers:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "council.yaml").write_text("council: {name: A}\nbodies: [{slug: cabinet, name: Cabinet}]\n")
    folder = tmp_path / "meetings" / "2017-10-09-cabinet"
    folder.mkdir(parents=True)
    (tmp_path / "minutes" / "cabinet").mkdir(parents=True)
    (tmp_path / "minutes" / "cabinet" / "2017-02-28.docx").write_bytes(b"x")
    return folder


def loaded(folder: Path, *papers: str, head: str = HEAD) -> Meeting:
    text = head + "".join(f"      - {{{paper}}}\n" for paper in papers)
    (folder / "meeting.yaml").write_text(text, encoding="utf-8")
    return load_meeting(folder)


def papers_of(folder: Path, *papers: str) -> tuple[Paper, ...]:
    return loaded(folder, *papers).public[0].papers


def faults_of(folder: Path, *papers: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ManifestError) as caught:
        loaded(folder, *papers)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_every_key_reaches_the_paper(folder: Path) -> None:
    put(folder, "report.docx", "signoffs.xlsx")
    (paper,) = papers_of(
        folder,
        "id: libraries, file: report.docx, kind: report, title: A title, letter: I, "
        "report_type: cabinet_member_report, sign_offs: signoffs.xlsx, publicity: exempt, "
        "exempt: {paragraph: 3, reason: Prices.}, public_title: Withheld, supplement: 1, replaces: old, "
        "urgent: {reason: Late grant., agreed_by: Councillor A Khan}",
    )
    assert paper == Paper(
        id="libraries",
        kind=PaperKind.REPORT,
        title="A title",
        source=folder / "report.docx",
        file="report.docx",
        letter="I",
        report_type="cabinet_member_report",
        sign_offs=folder / "signoffs.xlsx",
        publicity=Publicity.EXEMPT,
        exempt=Exemption(3, "Prices."),
        public_title="Withheld",
        supplement=1,
        replaces="old",
        urgent_reason="Late grant.",
        urgent_agreed_by="Councillor A Khan",
        line=6,
    )


@pytest.mark.parametrize(
    "name",
    [
        "report.docx",
        "Final report (v2).docx",
        "Children's report.pdf",
        "Adroddiad Tŷ Ŵyn.docx",
        "отчёт.pdf",
        "papers for/October/report.md",
        "REPORT.DOCX",
        "a: b.csv",
        "50% cut #3.xlsx",
    ],
)
def test_file_with_any_name_is_found(folder: Path, name: str) -> None:
    put(folder, name)
    (paper,) = papers_of(folder, f'file: "{name}"')
    assert (paper.source, paper.file) == (folder / name, name)


@pytest.mark.parametrize(("written", "on_disk"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_are_found_however_the_disk_spells_them(folder: Path, written: str, on_disk: str) -> None:
    name = "Tŷ Ŵyn/Adroddiad ŵ.docx"
    put(folder, unicodedata.normalize(on_disk, name))  # type: ignore[arg-type]
    (paper,) = papers_of(folder, f'file: "{unicodedata.normalize(written, name)}"')  # type: ignore[arg-type]
    assert paper.source == folder / unicodedata.normalize(on_disk, name)  # type: ignore[arg-type]


def test_backslashes_in_a_path_do_as_well(folder: Path) -> None:
    put(folder, "sub/report.docx")
    assert papers_of(folder, r"file: sub\report.docx")[0].source == folder / "sub" / "report.docx"


def test_path_that_begins_with_minutes_is_of_the_workspace(folder: Path) -> None:
    (paper,) = papers_of(folder, "file: minutes/cabinet/2017-02-28.docx, kind: minutes")
    assert paper.source == folder.parent.parent / "minutes" / "cabinet" / "2017-02-28.docx"
    assert paper.title == "Minutes of the meeting held on 28 February 2017"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("report.docx", "Report.docx"),
        ("Report.doc", "Report.docx"),
        ("Report", "Report.docx"),
        ("Report.docx.docx", "Report.docx"),
        ("Raport.docx", "Report.docx"),
        ("appendix 1.pdf", "Appendix_1.pdf"),
        ("apendix-1.pdf", "Appendix_1.pdf"),
        ("suB/a.docx", "sub/a.docx"),
    ],
)
def test_missing_file_suggests_the_nearest_name(folder: Path, written: str, meant: str) -> None:
    put(folder, "Report.docx", "Appendix_1.pdf", "sub/a.docx", "~$Report.docx", "notes.txt")
    assert faults_of(folder, f"file: {written}") == [(6, f"{written} is not there; did you mean {meant}?")]


def test_missing_file_with_nothing_near_says_where_we_looked(folder: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        loaded(folder, "file: zebra.docx")
    (fault,) = caught.value.faults
    assert (fault.message, fault.line, fault.column, fault.key) == ("zebra.docx is not there", 6, 16, "file")
    assert str(folder) in fault.remedy


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../report.docx", "sub/../../report.docx", "minutes/../council.yaml", r"C:\papers\report.docx",
     r"\\server\share\report.docx", r"..\report.docx", "~/report.docx"],
)  # fmt: skip
def test_path_that_leads_outside_is_refused(folder: Path, path: str) -> None:
    put(folder.parent, "report.docx")
    assert faults_of(folder, f"file: '{path}'") == [(6, f"{path} leads outside the folder")]


def test_link_that_leads_outside_is_refused_and_one_within_is_not(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:  # fmt: skip  # noqa: E501
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "secret.docx")
    put(folder.parent / "2017-09-01-cabinet", "report.docx")
    (folder / "out.docx").symlink_to(outside / "secret.docx")
    (folder / "dir").symlink_to(outside)
    (folder / "in.docx").symlink_to(folder.parent / "2017-09-01-cabinet" / "report.docx")
    (folder / "loop.docx").symlink_to(folder / "loop.docx")
    assert papers_of(folder, "file: in.docx")[0].source == folder / "in.docx"
    assert faults_of(folder, "file: out.docx", "file: dir/secret.docx", "file: loop.docx") == [
        (6, "out.docx is a link that leads outside the workspace"),
        (7, "dir/secret.docx is a link that leads outside the workspace"),
        (8, "loop.docx is a link to a file that is not there"),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("report.docm", "report.docm may hold macros"),
        ("sums.XLSM", "sums.XLSM may hold macros"),
        ("page.html", "page.html is a .html file, which cannot be used here"),
        ("report", "report has no file type, which cannot be used here"),
        ("~$port.docx", None),
    ],
)
def test_file_type_that_we_do_not_take_is_refused(folder: Path, name: str, message: str | None) -> None:
    put(folder, name)
    if message is None:
        assert papers_of(folder, f'file: "{name}"')[0].source == folder / name
    else:
        assert faults_of(folder, f'file: "{name}"') == [(6, message)]


def test_macro_files_are_told_what_to_save_as(folder: Path) -> None:
    put(folder, "sums.xlsm")
    with pytest.raises(ManifestError, match=r"save it without macros as \.xlsx"):
        loaded(folder, "file: sums.xlsm")


def test_folder_is_not_a_paper(folder: Path) -> None:
    (folder / "report.docx").mkdir()
    assert faults_of(folder, "file: report.docx") == [(6, "report.docx is a folder, not a file")]


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        ("kind: report", "this paper has no file"),
        ("file: a.docx, to_follow: 5 October 2017", "a.docx is there and yet is to follow"),
        ("file: a.docx, kind: raport", "'kind' cannot be \"raport\"; did you mean report?"),
        ("flie: a.docx", "unknown key 'flie'; did you mean 'file'?"),
        ('file: ""', "'file' is empty"),
        ("file: a.docx, id: A b", "'id' must be small letters, figures and hyphens, not \"A b\""),
        ("file: a.docx, publicity: exempt", "this paper is marked exempt but names no Schedule 12A paragraph"),
        ("file: a.docx, exempt: {paragraph: 3, reason: X}", "this paper has a reason for being exempt but is open"),
        ("file: a.docx, urgent: {reason: Late.}", "'agreed_by' is missing in 'urgent'"),
        ("file: a.docx, sign_offs: signofs.xlsx", "signofs.xlsx is not there; did you mean signoffs.xlsx?"),
        ("file: a.docx, sign_offs: a.docx", "a.docx is a .docx file, which cannot be used here"),
        ("file: a.docx, supplement: first", "'supplement' must be a whole number of 1 or more, not \"first\""),
    ],
)
def test_faulty_paper_is_one_fault(folder: Path, paper: str, message: str) -> None:
    put(folder, "a.docx", "signoffs.xlsx")
    assert faults_of(folder, paper) == [(6, message)]


def test_all_faulty_papers_are_named_together(folder: Path) -> None:
    put(folder, "a.docx")
    faults = faults_of(folder, "file: b.pdf", "kind: reprot, file: c.pdf", "id: x, file: a.docx", "id: x, file: /d.pdf")
    assert faults == [
        (6, "b.pdf is not there"),
        (7, "'kind' cannot be \"reprot\"; did you mean report?"),
        (7, "c.pdf is not there"),
        (9, "two papers have the id x, the first in line 8"),
        (9, "/d.pdf leads outside the folder"),
    ]


def test_id_is_a_slug_of_the_file_name_and_never_one_that_is_taken(folder: Path) -> None:
    put(folder, "Adroddiad Tŷ Ŵyn.docx", "a/report.docx", "b/report.pdf", "report.md", "***.pdf")
    papers = papers_of(
        folder,
        "file: Adroddiad Tŷ Ŵyn.docx",
        "file: a/report.docx",
        "file: b/report.pdf",
        "file: report.md, id: report",
        'file: "***.pdf"',
        "title: Appendix III, to_follow: 5 October 2017",
    )
    assert [paper.id for paper in papers] == [
        "adroddiad-ty-wyn", "report-2", "report-3", "report", "paper", "appendix-iii",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Ŵyn Ŷ â", "wyn-y-a"),
        ("Children's  Report_v2", "childrens-report-v2"),
        ("Größe – Søren & Łódź", "grosse-soren-lodz"),
        ("œuvre", "oeuvre"),
        ("№ 3", "no-3"),
        ("!!!", ""),
    ],
)
def test_slug_folds_letters_to_plain_ones(text: str, made: str) -> None:
    assert slug(text) == made


def test_titles_come_from_the_item_the_date_or_the_file(folder: Path) -> None:
    put(folder, "report.docx", "minutes of last time.docx", "2017-01-17.md", "visitor_figures-2016.xlsx")
    papers = papers_of(
        folder,
        "file: report.docx, kind: report",
        "file: minutes of last time.docx, kind: minutes",
        "file: 2017-01-17.md, kind: minutes",
        "file: visitor_figures-2016.xlsx, kind: appendix",
        "kind: appendix, letter: IV, to_follow: 5 October 2017",
        "kind: report, to_follow: 5 October 2017",
        "file: report.docx",
    )
    assert [paper.title for paper in papers] == [
        "Libraries Annual Report",
        "Libraries Annual Report",
        "Minutes of the meeting held on 17 January 2017",
        "Visitor figures 2016",
        "Appendix IV",
        "Libraries Annual Report",
        "Report",
    ]
    assert (papers[4].source, papers[4].file, papers[4].to_follow) == (None, "", dt.date(2017, 10, 5))


def test_paper_of_an_exempt_item_is_exempt_too(folder: Path) -> None:
    put(folder, "a.docx")
    head = HEAD.replace(
        "    papers:", "    publicity: exempt\n    exempt: {paragraph: 3, reason: Prices.}\n    papers:"
    )
    papers = loaded(folder, "file: a.docx", "file: a.docx, publicity: confidential", head=head).public[0].papers
    assert [(paper.publicity, paper.exempt) for paper in papers] == [
        (Publicity.EXEMPT, Exemption(3, "Prices.")),
        (Publicity.CONFIDENTIAL, None),
    ]
    with pytest.raises(ManifestError, match="this paper is marked open but belongs to an item that is exempt"):
        loaded(folder, "file: a.docx, publicity: open", head=head)


def test_paper_of_private_business_is_never_open(folder: Path) -> None:
    put(folder, "a.docx")
    head = HEAD.replace("public:", "private:")
    assert loaded(folder, "file: a.docx", head=head).private[0].papers[0].publicity is Publicity.EXEMPT
    with pytest.raises(ManifestError, match="this paper is marked open but stands under private business"):
        loaded(folder, "file: a.docx, publicity: open", head=head)


def test_numbers_and_letters_of_papers_are_kept_as_written(folder: Path) -> None:
    put(folder, "a.docx")
    papers = papers_of(folder, "file: a.docx, letter: 1.10", "file: a.docx, letter: No")
    assert [paper.letter for paper in papers] == ["1.10", "No"]


def test_file_of_another_kind_near_by_is_not_suggested(tmp_path: Path) -> None:
    put(tmp_path, "report.txt")
    assert find_file("report.docx", tmp_path, tmp_path, PAPERS) == Problem(
        "report.docx is not there", f"Looked in {tmp_path}. Put the file there, or correct its name."
    )
