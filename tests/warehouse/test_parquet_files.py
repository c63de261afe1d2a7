"""The Parquet files of a night: linked where the rows did not change, a file a year when large."""

from __future__ import annotations

from datetime import date

import pyarrow.dataset as ds
import pytest

from warehouse import parquet
from warehouse.publish import read_manifest


def _files(night, table):
    return {path.name: path.stat().st_ino for path in (night / "parquet" / table).iterdir()}


def test_a_table_whose_rows_did_not_change_keeps_its_file(warehouse, draft, page, clock):
    warehouse.night(page("/in/1.txt", draft().text(), clock(1)))
    first = warehouse.night_path
    warehouse.night(page("/in/2.txt", b"", clock(2)))  # an attempt more, no brief
    second = warehouse.night_path
    assert _files(first, "developments") == _files(second, "developments")
    assert _files(first, "attempts") != _files(second, "attempts")
    facts = [read_manifest(night)["files"] for night in (first, second)]
    name = "parquet/developments/developments.parquet"
    assert facts[0][name] == facts[1][name]


def test_an_edit_writes_the_file_anew_and_leaves_the_old_one(warehouse, draft, page, clock):
    warehouse.night(page("/in/1.txt", draft().text(), clock(1)))
    first = warehouse.night_path
    before = ds.dataset(first / "parquet" / "developments").to_table()
    edited = draft().reworded(0, "Forty", "Fifty")
    warehouse.night(page("/in/1.txt", edited.text(), clock(2)))
    after = ds.dataset(warehouse.night_path / "parquet" / "developments").to_table()
    assert ds.dataset(first / "parquet" / "developments").to_table() == before
    assert after != before


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr(parquet, "MOST_ROWS", 1)
    monkeypatch.setattr(parquet, "MOST_TEXTS", 1)


@pytest.mark.usefixtures("small_files")
def test_a_large_table_has_a_file_a_year_and_old_years_are_linked(warehouse, draft, page, clock):
    def of(year):
        return draft(title=f"Tugs of {year}", day=date(year, 3, 3) if year else None)

    warehouse.night(
        *(page(f"/in/{year}.txt", of(year).text(), clock(1, year % 24)) for year in (2023, 2024, 0))
    )
    first = warehouse.night_path
    names = {"briefs-2023.parquet", "briefs-2024.parquet", "briefs-undated.parquet"}
    assert set(_files(first, "briefs")) == names
    assert len(_files(first, "developments")) == 3
    warehouse.night(page("/in/2025.txt", of(2025).text(), clock(2)))
    second = _files(warehouse.night_path, "briefs")
    assert set(second) == {*names, "briefs-2025.parquet"}
    assert {name: second[name] for name in names} == _files(first, "briefs")
    for table, rows in read_manifest(warehouse.night_path)["rows"].items():
        folder = warehouse.night_path / "parquet" / table
        assert ds.dataset(folder).count_rows() == rows == warehouse.value(
            f"SELECT count(*) FROM {table}"
        )  # fmt: skip
    years = ds.dataset(warehouse.night_path / "parquet" / "briefs").files
    for path in years:
        ids = ds.dataset(path).to_table(columns=["brief_id"])["brief_id"].to_pylist()
        assert ids == sorted(ids)
