"""The stories, each about a screen: what happens from a meeting folder to its pack."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import manifest
from pipeline.model import EntryKind, Finding, Meeting, Pack, PackEntry, PackPlan, Severity, Workspace
from pipeline.privacy import public_view, withheld
from pipeline.storage import Cache, only_one, swept
from pipeline.unchanged import fingerprint, recall, remember

MAIN = "public"
Teller = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How to build. ``large_print``: the pages we render in 18 point. ``ocr``: scanned pages
    read by machine. ``seconds``: LibreOffice's time limit a file."""

    draft: bool = False
    large_print: bool = False
    ocr: bool = False
    seconds: float = 120


@dataclass(frozen=True)
class Built:
    """What a build gives back: the pack, unless findings stopped it, and what the officer should know.

    ``converted``: how many papers LibreOffice converted just now. ``unchanged``: the last pack was still right.
    ``beside``: the accessibility report, page and JSON; ``accessibility``: its summary, a line a paper with faults.
    """

    pack: Pack | None
    plan_file: Path
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    converted: int = 0
    unchanged: bool = False
    beside: tuple[Path, ...] = ()
    accessibility: tuple[str, ...] = ()


def build_pack(folder: Path, options: Options, tell: Teller, progress: Teller = lambda _: None) -> Built:
    """Build the public pack of a meeting into ``build/<meeting>/``.

    ``tell`` is given a line for the officer that matters; ``progress`` one before something slow. Raises PipelineError;
    the last good pack then stays as it was.
    """
    workspace = manifest.find_workspace(folder)
    output = workspace.build / folder.name
    waiting = "Another build of this meeting is running; waiting for it to end."
    with only_one(output / ".lock", lambda: tell(waiting)), swept(output):
        record = output / f".{_flavour(options)}.json"
        if facts := recall(record, workspace, folder, _deciding(options)):
            return _from_facts(facts, output)
        meeting = manifest.load_meeting(folder)
        inputs = _inputs(public_view(meeting).meeting)
        key = fingerprint(workspace, folder, inputs, _deciding(options))
        built = _build(meeting, workspace, output, options, progress)
        if built.pack is not None:
            remember(record, key, inputs, (built.pack.path, built.plan_file, *built.beside), _facts(built))
        return built


def _build(meeting: Meeting, workspace: Workspace, output: Path, options: Options, progress: Teller) -> Built:
    """The papers are prepared, the front sheet and the plan settled, the pack written and put in place."""
    from pipeline import building, papers
    from pipeline.render import Renderer

    cache = Cache(workspace.cache)
    renderer = Renderer([workspace.templates], cache, options.large_print)
    desk = papers.Desk(workspace, renderer, cache, options.seconds, progress, options.ocr)
    view = public_view(meeting)
    prepared = papers.prepare(view, desk)
    name = building.pack_name(view, draft=options.draft, large_print=options.large_print)
    plan_file = output / ("plan.json" if _flavour(options) == MAIN else f"{name}.plan.json")
    notes = (*_withheld_notes(len(withheld(meeting))), *prepared.notes)
    if _stops(prepared.findings) and not options.draft:
        return Built(None, plan_file, notes, prepared.findings, prepared.converted)
    sheet, plan = building.settle(view, prepared.papers, desk)
    target, flags = output / f"{name}.pdf", {"draft": options.draft, "large_print": options.large_print}
    pack = building.written(view, prepared.papers, sheet, plan, target, **flags)
    kept = building.put_in_place(pack, workspace, plan_file)
    beside, summary = building.accessibility_files(kept, view, desk)
    return Built(kept, plan_file, notes, prepared.findings, prepared.converted, beside=beside, accessibility=summary)


def _flavour(options: Options) -> str:
    """The options that change what is in the pack, as a word; MAIN for the pack that goes out."""
    kinds = (("draft", options.draft), ("large-print", options.large_print))
    return "-".join([MAIN, *(word for word, wanted in kinds if wanted)])


def _deciding(options: Options) -> str:
    return f"{_flavour(options)} {'ocr' if options.ocr else ''}"


def _inputs(meeting: Meeting) -> tuple[Path, ...]:
    """The files that the manifest names for the public pack: what is withheld is not even named in build/."""
    papers = [paper for item in meeting.public for paper in item.papers]
    named = [meeting.council.crest, *(p.source for p in papers), *(p.sign_offs for p in papers)]
    return tuple(path for path in named if path is not None)


def _withheld_notes(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{count} paper{'s are' if count > 1 else ' is'} not open and not in the public pack.",)


def _stops(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _facts(built: Built) -> dict[str, Any]:
    assert built.pack is not None  # noqa: S101 - only a pack is remembered
    return {
        "pack": built.pack.path.name,
        "sha256": built.pack.sha256,
        "tagged": built.pack.tagged,
        "pdf_ua": built.pack.pdf_ua,
        "tagging": built.pack.notes,
        "plan": asdict(built.pack.plan),
        "plan_file": built.plan_file.name,
        "notes": built.notes,
        "beside": [path.name for path in built.beside],
        "accessibility": built.accessibility,
        "findings": [asdict(finding) for finding in built.findings],
    }


def _from_facts(facts: dict[str, Any], output: Path) -> Built:
    entries = tuple(PackEntry(**entry | {"kind": EntryKind(entry["kind"])}) for entry in facts["plan"]["entries"])
    plan = PackPlan(entries, tuple(facts["plan"]["labels"]))
    findings = tuple(Finding(**f | {"severity": Severity(f["severity"])}) for f in facts["findings"])
    tags = {"tagged": facts["tagged"], "pdf_ua": facts["pdf_ua"], "notes": tuple(facts["tagging"])}
    pack = Pack(output / facts["pack"], facts["sha256"], plan, **tags)
    return Built(
        pack,
        output / facts["plan_file"],
        tuple(facts["notes"]),
        findings,
        unchanged=True,
        beside=tuple(output / name for name in facts["beside"]),
        accessibility=tuple(facts["accessibility"]),
    )
