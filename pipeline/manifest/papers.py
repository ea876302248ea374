"""The papers of a meeting: each finds its file, its id, its title and who may see it."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline import dates
from pipeline.manifest.fields import slug
from pipeline.manifest.files import PAPERS, Problem, find_file
from pipeline.manifest.meeting_records import ExemptRecord, ItemRecord, PaperRecord
from pipeline.manifest.yamlfile import Loc, YamlFile
from pipeline.model import Exemption, Paper, PaperKind, Publicity

SIGN_OFFS = (".xlsx", ".yaml", ".yml")


@dataclass(frozen=True)
class Standing:
    """Who may see an item or a paper. ``private``: it stands under private business."""

    publicity: Publicity
    exempt: Exemption | None
    private: bool


@dataclass
class PaperMaker:
    """Makes the papers of one meeting.yaml. ``taken`` holds the ids in use: those given first, then those made."""

    file: YamlFile
    folder: Path
    workspace: Path
    taken: set[str] = field(default_factory=set)

    def take_given_ids(self, items: list[tuple[Loc, ItemRecord]]) -> None:
        """Note every id that meeting.yaml gives, and a fault for one that is given twice."""
        first: dict[str, Loc] = {}
        for item_loc, item in items:
            for index, paper in enumerate(item.papers):
                loc = (*item_loc, "papers", index, "id")
                if not paper.id or not self.file.is_sound(loc):
                    continue
                if paper.id in first:
                    message = f"two papers have the id {paper.id}, the first in line {self.file.line(first[paper.id])}"
                    self.file.fault(loc, message, "Give one of them another id.")
                first.setdefault(paper.id, loc)
        self.taken.update(first)

    def paper(self, record: PaperRecord, item: ItemRecord, loc: Loc, standing: Standing) -> Paper:
        """Return the paper at ``loc``; what is wrong with it is noted in the file."""
        seen = publicity_of(record, loc, standing, self.file, "this paper")
        title = record.title or default_title(record, item)
        return Paper(
            id=record.id or self._new_id(record, title),
            kind=record.kind,
            title=title,
            source=self._source(record, loc),
            file=record.file or "",
            letter=record.letter,
            report_type=record.report_type,
            sign_offs=self._found(record.sign_offs, (*loc, "sign_offs"), SIGN_OFFS),
            publicity=seen.publicity,
            exempt=seen.exempt,
            public_title=record.public_title,
            to_follow=record.to_follow,
            supplement=record.supplement,
            replaces=record.replaces,
            urgent_reason=record.urgent.reason if record.urgent else "",
            urgent_agreed_by=record.urgent.agreed_by if record.urgent else "",
            line=self.file.line(loc),
        )

    def _source(self, record: PaperRecord, loc: Loc) -> Path | None:
        of_file, to_follow = (*loc, "file"), (*loc, "to_follow")
        if record.file and record.to_follow:
            remedy = "Take to_follow: out now that the paper is there."
            self.file.fault(to_follow, f"{record.file} is there and yet is to follow", remedy, of_key=True)
        if not record.file and not record.to_follow and self.file.is_sound(of_file) and self.file.is_sound(to_follow):
            remedy = "Write  file: report.docx  or, while it is still to come,  to_follow: 5 October 2017"
            self.file.fault(loc, "this paper has no file", remedy)
        return self._found(record.file, of_file, PAPERS)

    def _found(self, text: str | None, loc: Loc, kinds: tuple[str, ...]) -> Path | None:
        if not text or not self.file.is_sound(loc):
            return None
        found = find_file(text, self.folder, self.workspace, kinds)
        if isinstance(found, Problem):
            self.file.fault(loc, found.message, found.remedy)
            return None
        return found

    def _new_id(self, record: PaperRecord, title: str) -> str:
        base = slug(_stem(record.file) if record.file else title) or "paper"
        ids = [base, *(f"{base}-{n}" for n in range(2, len(self.taken) + 3))]
        made = next(id_ for id_ in ids if id_ not in self.taken)
        self.taken.add(made)
        return made


def publicity_of(record: PaperRecord | ItemRecord, loc: Loc, around: Standing, file: YamlFile, what: str) -> Standing:
    """Return who may see it, given what holds it; contradictions are noted in the file.

    What is under private business is never open: without a word of its own it is exempt.
    """
    publicity = record.publicity or around.publicity
    of_publicity, of_exempt = (*loc, "publicity"), (*loc, "exempt")
    exempt = Exemption(record.exempt.paragraph, record.exempt.reason) if record.exempt else around.exempt
    if file.is_sound(of_publicity) and file.is_sound(of_exempt):
        _check_exemption(record.exempt, publicity, exempt, record.publicity, of_exempt, file, what)
    if record.publicity is Publicity.OPEN and around.publicity is not Publicity.OPEN and file.is_sound(of_publicity):
        where = "stands under private business" if around.private else f"belongs to an item that is {around.publicity}"
        file.fault(of_publicity, f"{what} is marked open but {where}", "Move it to public business, or take open out.")
    return Standing(publicity, exempt if publicity is Publicity.EXEMPT else None, around.private)


def _check_exemption(
    given: ExemptRecord | None,
    publicity: Publicity,
    exempt: Exemption | None,
    said: Publicity | None,
    loc: Loc,
    file: YamlFile,
    what: str,
) -> None:
    if given and publicity is not Publicity.EXEMPT:
        remedy = "Add  publicity: exempt  or, when the public may see it, take exempt: out."
        file.fault(loc, f"{what} has a reason for being exempt but is {publicity}", remedy, of_key=True)
    if said is Publicity.EXEMPT and not exempt:
        remedy = (
            "Add it, for example  exempt: {paragraph: 3, reason: ...}; the Monitoring Officer can say which applies."
        )
        file.fault((*loc[:-1], "publicity"), f"{what} is marked exempt but names no Schedule 12A paragraph", remedy)


def default_title(record: PaperRecord, item: ItemRecord) -> str:
    """Return the title of a paper that gives none."""
    stem = _stem(record.file or "")
    if record.kind is PaperKind.MINUTES:
        try:
            return f"Minutes of the meeting held on {dates.day_date(dates.parse_date(stem))}"
        except ValueError:
            return item.title
    if record.kind is PaperKind.APPENDIX and not stem and record.letter:
        return f"Appendix {record.letter}"
    if record.kind is PaperKind.REPORT or not stem:
        return item.title
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _stem(file: str) -> str:
    return PurePosixPath(file.replace("\\", "/")).stem
