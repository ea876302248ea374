"""Where the workspace and a meeting are."""

from pathlib import Path

import pytest

from pipeline.errors import ExitCode, ManifestError
from pipeline.manifest import find_workspace, resolve_meeting

NAME = "2017-10-09-cabinet-member-children"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "Gwynedd's papers"
    for name in (NAME, "2017-11-13-cabinet-member-children", "2017-11-14-scrutiny"):
        (root / "meetings" / name).mkdir(parents=True)
        (root / "meetings" / name / "meeting.yaml").write_text("")
    (root / "meetings" / "2018-01-01-bare").mkdir()
    (root / "council.yaml").write_text("")
    return root


def test_workspace_is_the_nearest_folder_above_with_a_council(root: Path) -> None:
    inner = root / "meetings" / NAME
    (inner / "council.yaml").mkdir()
    assert find_workspace(inner).root == root
    assert find_workspace(root).root == root


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="civicpack init") as caught:
        find_workspace(tmp_path)
    assert caught.value.exit_code is ExitCode.MANIFEST
    assert caught.value.faults[0].file == tmp_path


@pytest.mark.parametrize(
    ("argument", "cwd"),
    [
        (NAME, "."),
        (f"{NAME}/", "."),
        (NAME, "minutes/.."),
        (f"meetings/{NAME}", "."),
        (f"meetings/{NAME}/", "."),
        (f"meetings/{NAME}/meeting.yaml", "."),
        (f"{NAME}/meeting.yaml", "."),
        (NAME, "meetings"),
        (f"./{NAME}", "meetings"),
        (".", f"meetings/{NAME}"),
        ("meeting.yaml", f"meetings/{NAME}"),
        (f"../{NAME}", "meetings/2017-11-14-scrutiny"),
        (NAME, "meetings/2017-11-14-scrutiny"),
    ],
)
def test_meeting_is_found_by_path_or_by_name(root: Path, argument: str, cwd: str) -> None:
    (root / "minutes").mkdir()
    assert resolve_meeting(argument, root / cwd) == root / "meetings" / NAME


def test_meeting_is_found_by_its_whole_path_from_anywhere(root: Path, tmp_path: Path) -> None:
    assert resolve_meeting(str(root / "meetings" / NAME), tmp_path) == root / "meetings" / NAME


@pytest.mark.parametrize(
    ("argument", "suggestion"),
    [
        ("2017-10-09-cabinet-member-childen", f"Did you mean {NAME}"),
        ("scrutiny", "Did you mean 2017-11-14-scrutiny?"),
        ("meetings/2017-11-41-scrutiny/", "Did you mean 2017-11-14-scrutiny"),
        ("zzz", f"The meetings are {NAME}, 2017-11-13-cabinet-member-children, 2017-11-14-scrutiny."),
    ],
)
def test_unknown_meeting_suggests_the_nearest_names(root: Path, argument: str, suggestion: str) -> None:
    with pytest.raises(ManifestError) as caught:
        resolve_meeting(argument, root)
    assert caught.value.faults[0].message == f'there is no meeting "{argument}"'
    assert suggestion in caught.value.faults[0].remedy


def test_folder_without_meeting_yaml_says_so(root: Path) -> None:
    with pytest.raises(ManifestError, match=r"there is no meeting\.yaml in this folder") as caught:
        resolve_meeting("2018-01-01-bare", root)
    assert caught.value.faults[0].file == root / "meetings" / "2018-01-01-bare"


def test_link_to_a_meeting_keeps_the_name_it_was_asked_by(root: Path) -> None:
    (root / "meetings" / "next").symlink_to(root / "meetings" / NAME)
    assert resolve_meeting("next", root) == root / "meetings" / "next"
