"""The assembly benchmark at its smallest: real papers, real peers, one round, without the Java peer."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "assembly"
ENOUGH = ("civicpack", "pikepdf", "pypdf", "qpdf")
WHAT = 30  # the width of the first column


def benchmark(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARK), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_assembly_benchmark_makes_the_sample_pack_with_every_contender(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    done = benchmark("--sizes", "28", "--rounds", "1", "--only", ",".join(ENOUGH), "--cache", str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("32 pages of 7 papers with 3,") for line in lines)
    table = lines[next(at for at, line in enumerate(lines) if line.startswith("what ")) + 1 : -2]
    rows = {line.split(maxsplit=1)[0].strip(","): line[WHAT:].split() for line in table}
    assert list(rows) == list(ENOUGH)
    for name in ENOUGH:
        pages, wall, least, cpu, peak, kilobytes = (float(number.replace(",", "")) for number in rows[name][:6])
        assert pages == 32
        assert 0.05 < least == wall < 60
        assert 0.05 < cpu < 60
        assert 10 < peak < 500
        assert 100 < kilobytes < 2000
    assert rows["pikepdf"][7:] == rows["pypdf"][7:] == rows["qpdf"][7:] == ["no"]
    assert lines[-1].startswith("civicpack, milliseconds a page: ")
    assert lines[-1].endswith(" at 32")


def test_benchmark_names_the_contenders_there_are_when_asked_for_another() -> None:
    done = benchmark("--only", "acrobat")
    assert done.returncode == 2
    assert "there is no acrobat; there are civicpack, inspection, pdfbox, pikepdf, pypdf, qpdf, pdftk" in done.stderr
