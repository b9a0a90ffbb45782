"""Files by name -> one zip archive of them, with the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

READABLE = 0o644
"""Without it whoever unpacks the archive on a Mac or on Linux may not open what lies in it."""


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """An archive in which they lie in one folder; no clock, so that it can be compared."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}")
            entry.external_attr = READABLE << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
