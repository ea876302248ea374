"""The contender of this project: `python ours.py JOB PACK` writes the pack as a build does, from the papers on."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from pipeline.model import Document, DocumentInfo, EntryKind, OutlineNode, PackEntry, PackPlan, Publicity
from pipeline.pack.assembly import write_pack
from pipeline.privacy import release


def plan_of(job: dict[str, Any]) -> PackPlan:
    entries = tuple(PackEntry(**entry | {"kind": EntryKind(entry["kind"])}) for entry in job["plan"]["entries"])
    return PackPlan(entries, tuple(job["plan"]["labels"]))


def documents_of(job: dict[str, Any]) -> list[Document]:
    return [_document(**facts) for facts in job["documents"]]


def _document(**facts: Any) -> Document:
    """Make a Document from what ``dataclasses.asdict`` and JSON left of it."""
    outline = tuple(_outline(node) for node in facts.pop("outline"))
    facts |= {"path": Path(facts["path"]), "publicity": Publicity(facts["publicity"])}
    return Document(**facts, outline=outline)


def _outline(node: dict[str, Any]) -> OutlineNode:
    return OutlineNode(node["title"], node["page"], tuple(_outline(child) for child in node["children"]))


def write(job: dict[str, Any], pack: Path) -> None:
    info = DocumentInfo(**job["info"] | {"created": dt.date.fromisoformat(job["info"]["created"])})
    documents = [release(document) for document in documents_of(job)]
    write_pack(plan_of(job), documents, job["titles"], info, pack)


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
