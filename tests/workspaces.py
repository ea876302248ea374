"""Small workspaces with real papers in them, and the command run on them as an officer runs it.

Ardenshire, its Trees Panel and everybody in it are invented.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.pdfs import text_pdf

REPOSITORY = Path(__file__).parent.parent
SAMPLE = "2026-10-12-cabinet-member-green-spaces"
SLUG = "2026-11-09-trees-panel"
PACK = f"{SLUG}-public-pack.pdf"
#: The command in a process of its own, by this Python.
COMMAND = (
    sys.executable,
    "-c",
    # a test runner in the background ignores Ctrl-C, and so would what it starts
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from pipeline.cli import main; main(prog_name='civicpack')",
)

_COUNCIL = """\
council: {name: Ardenshire City Council, website: https://www.ardenshire.example, language: en-GB}
contact: {team: Governance Services, telephone: 01632 960001, email: committees@ardenshire.example}
proper_officer: {name: Imelda Crossley, title: Director of Law and Governance}
bodies:
  - slug: trees-panel
    name: Trees Panel
    place: Room 4 - Council House
    time: 3.30 pm
    members: [Councillor R Penhallow (Chair), Councillor T Adeyemi]
"""
_HEAD = "body: trees-panel\ndate: 2026-11-09\npublished: 2026-10-30\n"

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A workspace and one meeting in it."""

    root: Path
    folder: Path

    @property
    def output(self) -> Path:
        return self.root / "build" / self.folder.name

    @property
    def pack(self) -> Path:
        """The public pack, not a draft of it or the one in large print."""
        (found,) = [path for path in self.output.glob("*.pdf") if path.stem.endswith("public-pack")]
        return found

    def strays(self) -> list[str]:
        """The files of the output that are none of pack, plan, accessibility report, lock and record."""
        known = {self.pack.name, "plan.json", ".lock", ".public.json"}
        known |= {f"{self.pack.stem}.accessibility.{ending}" for ending in ("html", "json")}
        return sorted({path.name for path in self.output.iterdir()} - known)

    @property
    def plan(self) -> dict[str, Any]:
        plan: dict[str, Any] = json.loads((self.output / "plan.json").read_text(encoding="utf-8"))
        return plan

    def write(self, name: str, text: str) -> Path:
        """Write a file, its path seen from the workspace; names without a folder belong to the meeting."""
        path = self.root / name if "/" in name else self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def pdf(self, name: str, *texts: str) -> Path:
        """Put a PDF with a page for each text into the meeting folder."""
        return text_pdf(self.folder / name, *(texts or (f"The words of {Path(name).stem}.",)))

    def word(self, name: str, *paragraphs: str) -> Path:
        """Put a Word file into the meeting folder; a paragraph of "\\f" is a page break."""
        document = docx.Document()
        for words in paragraphs or (f"The words of {Path(name).stem}.",):
            if words == "\f":
                document.add_page_break()
            else:
                document.add_paragraph(words)
        document.save(str(self.folder / name))
        return self.folder / name

    def items(self, public: Sequence[Tree], private: Sequence[Tree] = (), head: str = _HEAD) -> None:
        """Write meeting.yaml with these items: JSON, which is YAML as well."""
        trees = {"public": public, "private": private}
        lines = [f"{key}: {json.dumps(tree, ensure_ascii=False)}" for key, tree in trees.items()]
        self.write("meeting.yaml", head + "\n".join(lines) + "\n")

    def build(self, *options: str) -> Result:
        """Run ``civicpack build`` here and now."""
        return civicpack("build", str(self.folder), *options)

    def built(self, *options: str) -> dict[str, Any]:
        """Build, which must succeed, and return what ``--json`` says."""
        result = self.build("--json", *options)
        assert result.exit_code == 0, result.stderr
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer

    def start(self, *options: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        """Start ``civicpack build`` in a process of its own."""
        return subprocess.Popen(
            [*COMMAND, "build", str(self.folder), *options],
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(env or {})},
        )


def case(
    root: Path, public: Sequence[Tree] = (), private: Sequence[Tree] = (), council: str = "", slug: str = SLUG
) -> Case:
    """Make a workspace at ``root`` with one meeting of the Trees Panel; ``council`` is added to council.yaml."""
    made = Case(root, root / "meetings" / slug)
    made.folder.mkdir(parents=True)
    (root / "council.yaml").write_text(_COUNCIL + council, encoding="utf-8")
    made.items(public, private)
    return made


def one_report(root: Path, council: str = "") -> Case:
    """A workspace whose meeting has one item with one PDF of a page, report.pdf."""
    made = case(root, [{"title": "Trees", "papers": [{"file": "report.pdf", "kind": "report"}]}], council=council)
    made.pdf("report.pdf")
    return made


def civicpack(*words: str) -> Result:
    """Run the command in this process: what it printed, and its exit code."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        result = CliRunner().invoke(main, words, prog_name="civicpack")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "Traceback" not in result.stderr, result.stderr
    return result


def run(*words: str, cwd: Path, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **(env or {})},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def files(folder: Path, hidden: bool = True) -> dict[str, str]:
    """Return the hash of every file below a folder, by its path; {} when there is no such folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if hidden or not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def sample_copy(target: Path) -> Case:
    """Copy the sample workspace of this repository, without what was built from it."""
    target.mkdir(parents=True)
    for name in ("council.yaml", "crest.svg"):
        shutil.copy(REPOSITORY / name, target)
    for name in ("meetings", "minutes"):
        shutil.copytree(REPOSITORY / name, target / name)
    return Case(target, target / "meetings" / SAMPLE)


@dataclass(frozen=True)
class BuiltSample:
    """The sample meeting, built once for all tests, and what the command said."""

    case: Case
    stdout: str
    stderr: str

    @property
    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.stdout)
        return answer

    @property
    def plan(self) -> dict[str, Any]:
        return self.case.plan

    @property
    def pack(self) -> Path:
        return self.case.pack


@cache
def built_sample(base: Path) -> BuiltSample:
    """Build the sample meeting below ``base``, by its name, from the top of its workspace. Nobody may change it."""
    made = sample_copy(base / "sample-workspace")
    done = run("build", SAMPLE, "--json", cwd=made.root)
    assert done.returncode == 0, done.stderr
    return BuiltSample(made, done.stdout, done.stderr)
