"""Times the assembly of packs of several sizes, tagged and stamped, against the tools others would take.

Run as `python benchmarks/assembly [--sizes 28,500,5000] [--rounds N] [--only civicpack,pdfbox ...]`. The papers are
made first, through the tool's own conversion and rendering (some minutes the first time for 5,000 pages; kept in
build/.cache). Then every contender makes the whole pack in a fresh process, all of them in turn, round after round.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from contenders import HERE, Contender, Job, contenders, judged
from measure import Run, run

_CACHE = HERE.parents[1] / "build" / ".cache"
_SLUGS = [contender.slug for contender in contenders(Path())]


@dataclass
class Result:
    """What came of one contender at one size."""

    contender: Contender
    runs: list[Run] = field(default_factory=list)
    kilobytes: int = 0
    elements: int | None = None

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)


@dataclass(frozen=True)
class Pages:
    """A size as it came out. ``elements``: the structure elements of all papers together."""

    pages: int
    papers: int
    elements: int
    kilobytes: int
    last_label: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, default=[28, 500, 5000], help="pages, like 28,500,5000")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed; medians are printed")
    parser.add_argument("--only", type=_slugs, default=_SLUGS, help=f"some of {','.join(_SLUGS)}")
    parser.add_argument("--cache", type=Path, default=_CACHE, help="where conversions are kept")
    wanted = parser.parse_args()
    growth: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as name:
        taking_part = _present(wanted.only, Path(name) / "classes")
        for size in wanted.sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            pages = make_job(size, folder, wanted.cache)
            results = compete(folder, taking_part, wanted.rounds, pages)
            show(pages, results, wanted.rounds)
            growth += [(pages.pages, r.wall) for r in results if r.contender.slug == "civicpack"]
    if growth:
        each = ", ".join(f"{1000 * wall / pages:.2f} at {pages:,}" for pages, wall in growth)
        sys.stdout.write(f"civicpack, milliseconds a page: {each}\n")


def _numbers(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


def _slugs(words: str) -> list[str]:
    chosen = words.split(",")
    if unknown := set(chosen) - set(_SLUGS):
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(_SLUGS)}")
    return chosen


def _present(slugs: list[str], classes: Path) -> list[Contender]:
    """Return the chosen contenders that can take part, and say of each other one why it cannot."""
    present: list[Contender] = []
    for contender in (each for each in contenders(classes) if each.slug in slugs):
        missing = contender.missing()
        if contender.reads and contender.reads not in slugs:
            missing = missing or f"it reads the pack of {contender.reads}, which was not asked for"
        if missing:
            sys.stdout.write(f"left out: {contender.what}: {missing}\n")
        else:
            present.append(contender)
    return present


def make_job(size: int, folder: Path, cache: Path) -> Pages:
    """Have the papers made in a process of its own, so that this one stays small."""
    sys.stderr.write(f"Making the papers of a pack of about {size:,} pages ...\n")
    subprocess.run([sys.executable, str(HERE / "sources.py"), str(size), str(folder), str(cache)], check=True)
    return Pages(**json.loads((folder / "facts.json").read_text(encoding="utf-8")))


def compete(folder: Path, taking_part: list[Contender], rounds: int, pages: Pages) -> list[Result]:
    """Run all contenders in turn, so often; judge each pack once. Raises FailedError when one does not work."""
    results = [Result(contender) for contender in taking_part]
    for number in range(1, rounds + 1):
        for result in results:
            contender = result.contender
            sys.stderr.write(f"{pages.pages:,} pages, round {number} of {rounds}: {contender.what}\n")
            job = Job(folder, folder / f"{contender.reads or contender.slug}.pdf")
            result.runs.append(run(contender.commands(job), folder))
            if number == 1 and not contender.reads:
                _judge(result, job, pages)
    return results


def _judge(result: Result, job: Job, pages: Pages) -> None:
    """Note size and tags. Ends the run if pages or the last number are missing: something else was timed then."""
    found = judged(job, pages.pages)
    if found["pages"] != pages.pages or f"Page {pages.last_label}" not in str(found["words"]):
        raise SystemExit(f"{result.contender.what}: wrong pack: {found['pages']} pages, the last says {found['words']}")
    result.kilobytes = job.pack.stat().st_size // 1024
    result.elements = int(str(found["elements"])) if found["elements"] is not None else None


def show(pages: Pages, results: list[Result], rounds: int) -> None:
    out = sys.stdout.write
    out(f"\n{pages.pages:,} pages of {pages.papers} papers with {pages.elements:,} structure elements, ")
    out(f"{pages.kilobytes:,} KB; medians of {rounds}, in turn\n")
    out(f"{'what':30} {'pages':>6} {'wall s':>7} {'least':>7} {'CPU s':>7} {'peak MB':>8} {'output KB':>10}")
    out(f" {'ours/it':>8}  keeps tags\n")
    ours = next((result.wall for result in results if result.contender.slug == "civicpack"), None)
    for result in results:
        least, cpu, peak = (
            min(run.wall for run in result.runs),
            statistics.median(run.cpu for run in result.runs),
            statistics.median(run.peak for run in result.runs),
        )
        out(f"{result.contender.what:30} {pages.pages:6} {result.wall:7.2f} {least:7.2f} {cpu:7.2f} {peak:8.0f}")
        if result.contender.reads:
            out("\n")
            continue
        ratio = f"{ours / result.wall:8.2f}" if ours else f"{'':8}"
        out(f" {result.kilobytes:10,} {ratio}  {_tags(result.elements, pages.elements)}\n")
    out("\n")


def _tags(found: int | None, wanted: int) -> str:
    if found is None:
        return "no"
    return f"{'yes' if found >= wanted else 'NOT ALL'}: {found:,} elements"


if __name__ == "__main__":
    main()
