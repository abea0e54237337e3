"""Writes archives whose bytes depend on nothing but their content: no times, no owners."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

from wheels import EPOCH

# The name of a file, its content, and whether it is a program.
File = tuple[str, bytes, bool]


def write(path: Path, files: list[File]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        _zip(path, files)
    else:
        _tar(path, files)
    return path


def _tar(path: Path, files: list[File]) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, content, executable in files:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                entry.mode = 0o755 if executable else 0o644
                archive.addfile(entry, io.BytesIO(content))


def _zip(path: Path, files: list[File]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, executable in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            archive.writestr(entry, content)
