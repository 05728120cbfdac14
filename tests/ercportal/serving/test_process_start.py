from __future__ import annotations

import os
from pathlib import Path

import pytest

from ercportal.serving.process_start import ensure_metrics_folder, settings_at_start


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file that the environment names."""
    path = tmp_path / "env"
    path.write_text("# a comment\nFIRST=1\nSECRET='$a=b#c'\n")
    monkeypatch.setenv("ENV_FILE", str(path))
    return path


@pytest.mark.usefixtures("file")
def test_file_is_told_as_it_is_now_and_that_nobody_reads_it_again() -> None:
    assert settings_at_start() == ["FIRST=1", "SECRET=$a=b#c", f"ENV_FILE={os.devnull}"]


def test_variable_that_is_gone_from_the_file_is_not_told_again(file: Path) -> None:
    settings_at_start()

    file.write_text("SECOND=2\n")

    assert settings_at_start() == ["SECOND=2", f"ENV_FILE={os.devnull}"]


@pytest.mark.usefixtures("file")
def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRST", "")

    assert "FIRST=1" not in settings_at_start()
    assert os.environ["FIRST"] == ""


@pytest.mark.usefixtures("file")
def test_environment_itself_stays_as_it_is() -> None:
    before = dict(os.environ)

    settings_at_start()

    assert dict(os.environ) == before


def test_no_file_adds_nothing(file: Path) -> None:
    file.unlink()

    assert settings_at_start() == []


def test_folder_of_metrics_that_was_tidied_away_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone" / "metrics"
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))

    ensure_metrics_folder()
    ensure_metrics_folder()

    assert folder.is_dir()
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(folder)


def test_folder_of_metrics_that_cannot_be_made_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "file" / "metrics"))

    ensure_metrics_folder()

    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ
    assert "PROMETHEUS_MULTIPROC_DIR cannot be made" in caplog.text


def test_without_a_folder_of_metrics_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    monkeypatch.chdir(tmp_path)

    ensure_metrics_folder()

    assert list(tmp_path.iterdir()) == []
