"""The sample meeting's pack before validators of PDF/UA-1, and read as a screen reader walks it."""

import json

import page
import pdfua
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.workspaces import BuiltSample, built_sample

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSample:
    return built_sample(tmp_path_factory.getbasetemp())


def test_sample_pack_claims_pdf_ua_and_no_validator_finds_it_wanting(sample: BuiltSample) -> None:
    plan = json.loads((sample.case.output / "plan.json").read_text(encoding="utf-8"))
    assert plan["tagged"] and plan["pdf_ua"]
    report = page.validate_pdf(sample.pack, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.total > 100
    checked = pdfua.validate(str(sample.pack))
    grave = (pdfua.Severity.ERROR,)
    assert [(finding.rule_id, finding.message) for finding in checked.findings if finding.severity in grave] == []


def test_agenda_links_are_links_with_their_words(sample: BuiltSample) -> None:
    with pikepdf.open(sample.pack) as pdf:
        owners = dict(zip(*_search_tree(pdf.Root.StructTreeRoot.ParentTree), strict=True))
        for annotation in pdf.pages[0].obj.Annots:
            owner = owners[annotation.StructParent]
            held = list(owner.K) if isinstance(owner.K, Array) else [owner.K]
            assert Name.Link == owner.S and len(held) > 1  # the annotation and the words
            assert any(isinstance(kid, Dictionary) and kid.get("/Obj") is not None for kid in held)
            assert str(annotation.Contents)
        assert len(pdf.pages[0].obj.Annots) > 2


def _search_tree(tree: pikepdf.Object) -> tuple[list[int], list[pikepdf.Object]]:
    pairs = [value for leaf in tree.Kids for value in leaf.Nums]
    return [int(key) for key in pairs[::2]], pairs[1::2]
