"""The house: imports only go down, and each outside library has its owners."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"

#: From the top down. A module may import from its own row or from rows below it.
LAYERS = (
    ("cli",),
    ("workflow", "workspace", "installed"),
    ("building", "unchanged"),
    ("papers",),
    ("minutes", "reports"),
    ("manifest", "render", "convert", "ocr", "office", "residue", "reading", "archive", "publish", "markdown",
     "pack"),
    ("storage",),
    ("notice", "signoff", "privacy", "pack.plan", "figures", "dates", "accessibility"),
    ("model",),
    ("errors",),
)  # fmt: skip

OWNERS = {
    "click": ("cli",),
    "pikepdf": ("pack", "reading", "residue"),
    "pypdf": ("pack", "reading", "residue"),
    "pypdfium2": ("pack", "reading", "residue"),
    "pdfplumber": ("reading",),
    "weasyprint": ("render",),
    "jinja2": ("render",),
    "subprocess": ("convert", "ocr", "publish"),
    "docx": ("office",),
    "openpyxl": ("office",),
    "mammoth": ("office",),
    "olefile": ("office",),
    "pydantic": ("manifest",),
    "ruamel": ("manifest",),
    "markdown_it": ("markdown", "manifest"),
    "sqlite3": ("archive",),
    "socket": ("publish",),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(module: Path) -> str:
    """The module's name inside the package, like "pack.plan"."""
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def row_of(name: str) -> int | None:
    """The number of the layer a module stands in, by its longest known name."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        for row, names in enumerate(LAYERS):
            if ".".join(parts[:length]) in names:
                return row
    return None


def imports_of(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_imports_only_go_down(module: Path) -> None:
    row = row_of(name_of(module))
    if row is None:
        return
    for imported in imports_of(module):
        if imported.startswith("pipeline."):
            below = row_of(imported.removeprefix("pipeline."))
            assert below is None or below >= row, f"{name_of(module)} imports {imported}, which stands above it"


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_each_outside_library_has_its_owners(module: Path) -> None:
    name = name_of(module)
    for imported in imports_of(module):
        owners = OWNERS.get(imported.split(".")[0])
        assert owners is None or name.split(".")[0] in owners, f"{name} imports {imported}; its owners are {owners}"


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_every_module_has_its_place(module: Path) -> None:
    name = name_of(module)
    assert row_of(name) is not None or name == "", f"{name} stands in no layer of {__file__}"
