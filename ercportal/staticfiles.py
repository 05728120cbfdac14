"""Static files in production: shortened, compressed, and immutable under a name that holds their hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from ercportal.bundles import BUNDLES, joined

_OURS = ("css/", "js/", "embed/")
_SHORTENED: dict[str, Callable[[str], str]] = {"css": cssmin, "js": jsmin}


class _Shortened:
    """The sources, as they read without comments and blanks."""

    def __init__(self, sources: Storage) -> None:
        self._sources = sources

    def open(self, path: str) -> ContentFile[bytes]:
        """A source, shortened."""
        return ContentFile(_shortened(self._sources, path).encode())


class _Compressor(Compressor):  # type: ignore[misc] # whitenoise is untyped
    """Compresses with zopfli, which takes its time once and saves each agent some bytes."""

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        """The data as gzip."""
        # Only `collectstatic` needs it, not the processes that serve.
        import zopfli.gzip

        packed: bytes = zopfli.gzip.compress(data)
        return packed


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise is untyped
    """Falls back to plain names where `collectstatic` has not run, so that a page is never a 500 for its style."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name; the name itself where there is no collected file to hash."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Iterator[Any]:
        """Hash and compress the collected files; those of the portal's own are shortened first."""
        shortened: dict[str, tuple[Any, str]] = {
            name: (_Shortened(sources) if _is_ours(name) else sources, path)
            for name, (sources, path) in paths.items()
        }
        for name, parts in BUNDLES.items():
            if paths.keys() >= set(parts):
                self._save_anew(name, joined(name, [_shortened(*paths[part]) for part in parts]))
                shortened[name] = (self, name)
        yield from super().post_process(shortened, *args, **options)

    def _save_anew(self, name: str, content: str) -> None:
        self.delete(name)
        self.save(name, ContentFile(content.encode()))

    def create_compressor(self, **options: Any) -> _Compressor:
        """What compresses."""
        return _Compressor(**options)


def _shortened(sources: Storage, path: str) -> str:
    with sources.open(path) as source:
        return _SHORTENED[path.rpartition(".")[2]](source.read().decode())


def _is_ours(name: str) -> bool:
    return name.startswith(_OURS) and name.rpartition(".")[2] in _SHORTENED
