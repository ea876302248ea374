"""The assembly benchmark at its smallest: real papers, real peers, one round, without the Java peer."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "assembly"
ENOUGH = ("civicpack", "pikepdf", "pypdf", "qpdf")


def benchmark(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARK), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_assembly_benchmark_makes_the_sample_pack_with_every_contender(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    done = benchmark("--sizes", "28", "--rounds", "1", "--only", ",".join(ENOUGH), "--cache", str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("32 pages of 7 papers with 3,") for line in lines)
    rows = [line.split() for line in lines if " 32 " in f"{line} " and not line.startswith("32 pages")]
    contenders = [row for row in rows if row[0].strip(",") in ENOUGH]
    assert [row[0].strip(",") for row in contenders] == list(ENOUGH)
    assert lines[-1].startswith("civicpack, milliseconds a page: ")
    assert lines[-1].endswith(" at 32")


def test_benchmark_names_the_contenders_there_are_when_asked_for_another() -> None:
    done = benchmark("--only", "acrobat")
    assert done.returncode == 2
    assert "there is no acrobat; there are civicpack, inspection, pdfbox, pikepdf, pypdf, qpdf, pdftk" in done.stderr
