"""What the repository says of its own documents is there: files, headings, and a row for each setting."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT

HERE = Path(__file__)
_NO_TEXT = {".png", ".mo", ".po"}

# A document is named by its path, as `docs/settings.md` or `CONTRIBUTING.md`, with or without a heading.
_MENTION = re.compile(r"(?<![\w./:#-])((?:[\w.-]+/)*[\w.-]+\.md)\b(?:#([\w-]+))?")
_DOCS_PATH = re.compile(r"(?<![\w./:-])(docs/[\w./-]*\w)")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^( *)(```|~~~).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_READ_SETTING = re.compile(r"""\benv\.\w+\(\s*"([A-Z][A-Z_]+)\"""")
_SERVER_VARIABLE = re.compile(r"""os\.environ\.get\(["']([A-Z][A-Z_]+)["']\)""")
_ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", re.MULTILINE)
_README_SECTION = re.compile(r"README(?:['’]s)?,? [\"“]")


@cache
def _tracked() -> tuple[Path, ...]:
    """The files of the repository that hold text of ours."""
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is None or listed.returncode:
        pytest.skip("no git, or no repository to list the files of")
    paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return tuple(path for path in paths if path.is_file() and path.suffix not in _NO_TEXT and path != HERE)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _markdown() -> list[Path]:
    return [path for path in _tracked() if path.suffix == ".md"]


@cache
def _anchors(document: Path) -> frozenset[str]:
    """The anchors that a page of Markdown has for its headings, spelled as code hosts spell them."""
    headings = _HEADING.findall(_FENCE.sub("", _text(document)))
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)


def _named(path: Path, name: str) -> Path | None:
    """The file that a mention means: from the root, from docs/, or from the folder of whoever mentions it."""
    return next((found for base in (ROOT, ROOT / "docs", path.parent) if (found := base / name).is_file()), None)


def _where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_each_mention_of_a_document_names_a_file_and_a_heading_that_exist() -> None:
    mentions = [(path, name, anchor) for path in _tracked() for name, anchor in _MENTION.findall(_text(path))]

    wrong = [
        f"{_where(path)}: {name}#{anchor}"
        for path, name, anchor in mentions
        if (document := _named(path, name)) is None or (anchor and anchor not in _anchors(document))
    ]

    assert mentions
    assert wrong == []


def test_no_section_of_the_readme_is_named_because_operators_topics_have_documents() -> None:
    wrong = [_where(path) for path in _tracked() if _README_SECTION.search(_text(path))]

    assert wrong == []


def test_each_path_below_docs_exists() -> None:
    wrong = [
        f"{_where(path)}: {name}"
        for path in _tracked()
        for name in _DOCS_PATH.findall(_text(path))
        if not (ROOT / name).exists()
    ]

    assert wrong == []


def test_each_relative_link_resolves() -> None:
    wrong = []
    for path in _markdown():
        for link in _LINK.findall(_FENCE.sub("", _text(path))):
            name, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            target = path.parent / name if name else path
            if not target.exists() or (anchor and anchor not in _anchors(target)):
                wrong.append(f"{_where(path)}: {link}")

    assert wrong == []


def test_each_file_that_a_document_names_exists() -> None:
    folders = ("orders/", "ercportal/", "tests/", "templates/", "static/", ".ci/")
    wrong = [
        f"{_where(path)}: {name}"
        for path in _markdown()
        for name in (code.strip("`") for code in _CODE.findall(_FENCE.sub("", _text(path))))
        if name.startswith(folders) and re.fullmatch(r"[\w./-]+", name) and not (ROOT / name).exists()
    ]

    assert wrong == []


def test_each_document_is_in_the_index() -> None:
    index = _text(ROOT / "docs" / "README.md")
    decisions = _text(ROOT / "docs" / "adr" / "README.md")

    documents = {path for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"}
    pages = {path for path in (ROOT / "docs" / "adr").glob("*.md") if path.name != "README.md"}

    assert [path.name for path in sorted(documents) if f"({path.name})" not in index] == []
    assert [path.name for path in sorted(pages) if f"({path.name})" not in decisions] == []


def test_each_setting_has_a_row_and_each_row_a_setting() -> None:
    folders = ("ercportal", "ercportal/serving")
    modules = [path for folder in folders for path in sorted((ROOT / folder).glob("*.py"))]
    code = "\n".join(_text(path) for path in (*modules, ROOT / "gunicorn.conf.py"))
    read = set(_READ_SETTING.findall(code)) | set(_SERVER_VARIABLE.findall(code))

    rows = re.findall(r"`([A-Z_]+)`", "\n".join(_ROW.findall(_text(ROOT / "docs" / "settings.md"))))

    assert sorted(read - set(rows)) == []
    assert [name for name in rows if not re.search(rf"\b{name}\b", code)] == []
