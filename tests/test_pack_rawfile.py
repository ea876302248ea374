from pathlib import Path

import pikepdf
import pytest

from pipeline.pack.rawfile import RawFileError, Ref, parse, read_file, string_bytes, text_string, unparse
from tests.pdfs import tagged_pdf


def test_values_are_read_and_written_alike() -> None:
    written = b"<</A[1 2 0 R(a\\)b(c))<0aFF>/N#20m null]/B<</C true>>/D -.5>> more"
    value, end = parse(written)
    assert isinstance(value, dict)
    assert value[b"/A"] == [b"1", Ref(2), b"(a\\)b(c))", b"<0aFF>", b"/N#20m", b"null"]
    assert (value[b"/B"], value[b"/D"], written[end:]) == ({b"/C": b"true"}, b"-.5", b" more")
    assert parse(unparse(value))[0] == value


@pytest.mark.parametrize("broken", [b"", b"]", b"<</A", b"<<1 2>>", b"[(open]", b"[" * 60 + b"]" * 60])
def test_what_is_no_value_is_refused(broken: bytes) -> None:
    with pytest.raises(RawFileError):
        parse(broken)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"(plain)", b"plain"),
        (b"(a\\(b\\)\\\\\\n\\101\\\nz)", b"a(b)\\\nAz"),
        (b"<48 65 6C6>", b"Hel`"),
    ],
)
def test_strings_stand_for_bytes(written: bytes, meant: bytes) -> None:
    assert string_bytes(written) == meant


def test_words_are_written_as_text_strings() -> None:
    assert text_string("Parks (all)") == b"(Parks \\(all\\))"
    assert bytes.fromhex(text_string("Tŷ")[1:-1].decode()) == b"\xfe\xff\x00T\x01w"


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode.__members__.values()), ids=lambda mode: mode.name)
def test_objects_are_found_however_they_are_stored(mode: pikepdf.ObjectStreamMode, tmp_path: Path) -> None:
    with pikepdf.open(tagged_pdf(tmp_path / "a.pdf", ["One"], ["Two"])) as pdf:
        pdf.save(tmp_path / "b.pdf", object_stream_mode=mode)
    raw = read_file((tmp_path / "b.pdf").read_bytes())
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        for number in {*raw.offsets, *raw.packed} - {0}:
            thing = pdf.get_object(number, 0)
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") != pikepdf.Name.XRef:
                value = raw.value(number)
                assert isinstance(value, dict) and {key.decode() for key in value} == set(thing.keys())


def test_file_with_both_kinds_of_cross_references_is_read(tmp_path: Path) -> None:
    """As Word writes them: an old table in which the packed objects are free, and a stream that has them."""
    with pikepdf.open(tagged_pdf(tmp_path / "a.pdf", ["One"])) as pdf:
        pdf.save(tmp_path / "b.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = (tmp_path / "b.pdf").read_bytes()
    plain = read_file(data)
    size = int(bytes(plain.trailer[b"/Size"]))  # type: ignore[arg-type]
    rows = b"".join(
        b"%010d 00000 n\r\n" % plain.offsets[number] if plain.offsets.get(number, -1) > 0 else b"0000000000 65535 f\r\n"
        for number in range(size)
    )
    root = b"/Root %d 0 R" % plain.trailer[b"/Root"]
    old = len(data)
    data += b"xref\n0 %d\n%strailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, rows, size, root, old)
    new = len(data)
    ends = (size, root, old, plain.start, new)
    data += b"xref\n0 0\ntrailer\n<</Size %d%s/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % ends
    hybrid = read_file(data)
    assert [hybrid.get(number) for number in range(1, size)] == [plain.get(number) for number in range(1, size)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"xref\nstartxref\n0\n%%EOF", b"startxref\n99999\n%%EOF"])
def test_file_that_is_not_sound_is_refused(data: bytes) -> None:
    with pytest.raises(RawFileError):
        read_file(data)
