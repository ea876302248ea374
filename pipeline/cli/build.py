"""civicpack build: the pack of a meeting."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.model import PackPlan
    from pipeline.workflow import Built


class MeetingFolder(click.ParamType[Path]):
    """A meeting: the path of its folder, or the folder's name under meetings/."""

    name = "meeting"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if isinstance(value, Path):
            return value
        from pipeline.manifest import resolve_meeting

        return resolve_meeting(str(value), Path.cwd())

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        names = [file.parent.name for file in sorted(Path("meetings").glob("*/meeting.yaml"))]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command()
@click.argument("meeting", type=MeetingFolder())
@click.option("--draft", is_flag=True, help="Mark every page DRAFT, and build even if findings would stop a pack.")
@click.option("--large-print", is_flag=True, help="Make a second pack with the pages we render in 18 point.")
@click.option("--ocr", is_flag=True, help="Give scanned pages a text layer, read by machine (needs OCRmyPDF).")
@click.option("--json", "as_json", is_flag=True, help="Print the plan of the pack as JSON.")
@click.option(
    "--convert-seconds",
    type=click.FloatRange(min=1),
    default=120,
    show_default=True,
    metavar="SECONDS",
    help="Give LibreOffice so long for a paper before it is stopped.",
)
def build(meeting: Path, draft: bool, large_print: bool, ocr: bool, as_json: bool, convert_seconds: float) -> None:
    """Build the public document pack of MEETING into build/.

    MEETING is the path of a meeting folder, or its name under meetings/:

        civicpack build meetings/2026-10-12-cabinet-member-green-spaces
    """
    from pipeline.workflow import Options, build_pack

    started = time.monotonic()
    options = Options(draft=draft, large_print=large_print, ocr=ocr, seconds=convert_seconds)
    built = build_pack(meeting, options, _tell, _tell if sys.stderr.isatty() else lambda _: None)
    _show(built, time.monotonic() - started, as_json)
    if built.pack is None:
        raise SystemExit(int(ExitCode.FINDINGS))


def _tell(line: str) -> None:
    click.echo(line, err=True)


def _show(built: "Built", seconds: float, as_json: bool) -> None:
    for finding in built.findings:
        click.echo(f"{finding.severity.value.capitalize()}: {finding.message}", err=True)
    if built.pack is None:
        click.echo("No pack was built. Mend the papers, or build a draft with --draft.", err=True)
    if as_json:
        click.echo(json.dumps(_json(built), ensure_ascii=False, indent=2))
        return
    for note in built.notes:
        click.echo(f"Note: {note}", err=True)
    if built.pack is not None:
        click.echo(f"Built {_nearest(built.pack.path)}")
        click.echo(_summary(built, seconds))
        click.echo(_contents(built.pack.plan))
        if built.accessibility:
            click.echo("Accessibility of the papers:")
        for line in built.accessibility:
            click.echo(f"  {line}")


def _json(built: "Built") -> dict[str, Any]:
    result: dict[str, Any] = {}
    if built.pack is not None:
        result = json.loads(built.plan_file.read_text(encoding="utf-8")) | {
            "pack": str(built.pack.path),
            "tagging": list(built.pack.notes),
        }
    return result | {
        "notes": list(built.notes),
        "findings": [
            {
                "slug": finding.slug,
                "severity": finding.severity.value,
                "message": finding.message,
                "expected": finding.expected,
                "found": finding.found,
                "citations": [],
            }
            for finding in built.findings
        ],
        "converted": built.converted,
        "accessibility": [str(path) for path in built.beside],
        "unchanged": built.unchanged,
    }


def _nearest(path: Path) -> Path:
    """The path as seen from here, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _summary(built: "Built", seconds: float) -> str:
    assert built.pack is not None  # noqa: S101 - asked for by the caller
    plan = built.pack.plan
    return f"{plan.pages} pages, {len(plan.blank_pages)} of them blank; {_news(built)}; {seconds:.1f} seconds"


def _news(built: "Built") -> str:
    if built.unchanged:
        return "nothing has changed since it was built"
    return f"{built.converted} paper{'' if built.converted == 1 else 's'} converted just now"


def _contents(plan: "PackPlan") -> str:
    """A line a paper: its pages in the pack, its item, its title."""
    rows = [
        (f"{e.first_page} - {e.last_page}" if e.first_page != e.last_page else str(e.first_page), e.item or "", e.title)
        for e in plan.entries
    ]
    return "\n".join(
        f"  {pages:>9}  {item:>4}  {title}".rstrip() for pages, item, title in [("Pages", "Item", ""), *rows]
    )
