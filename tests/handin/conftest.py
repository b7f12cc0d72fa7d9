import pytest

from pvwidgets import handin


@pytest.fixture(autouse=True)
def fresh(tmp_path, monkeypatch):
    """A folder and, as it were, a kernel of its own."""
    monkeypatch.delenv(handin.HOST, raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    handin.given.clear()
    handin.shown.clear()
