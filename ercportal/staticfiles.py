"""Static files in production: compressed, and immutable under a name that holds their content's hash."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise is untyped
    """Falls back to plain names where `collectstatic` has not run, so that a page is never a 500 for its style."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name; the name itself where there is no collected file to hash."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
