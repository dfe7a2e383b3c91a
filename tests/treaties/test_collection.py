"""The treaties of a data folder: all of them, or those that an answer needs."""

import shutil
from pathlib import Path

import pytest

from depositary.errors import BadInput
from depositary.settings import PROJECT
from depositary.treaties.collection import load_collection

DATA = PROJECT / "data"


def test_a_treaty_is_read_with_those_it_needs_and_no_other(tmp_path: Path) -> None:
    whole = load_collection(DATA)
    for treaty in whole.treaties:
        alone = load_collection(DATA, only=[treaty])
        assert set(alone.treaties) == {*whole.needed_by(treaty)}
        assert alone.needed_by(treaty) == whole.needed_by(treaty)
    assert load_collection(DATA, only=[]).treaties == {}

    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "treaties" / "XVIII-12.toml").write_text("no table")
    assert set(load_collection(tmp_path / "data", only=["XVIII-16"]).treaties) == {"XVIII-16"}
    for only in (None, ["XVIII-12-a"]):
        with pytest.raises(BadInput, match=r"XVIII-12\.toml"):
            load_collection(tmp_path / "data", only=only)
