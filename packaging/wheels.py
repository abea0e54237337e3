"""Writes wheels with the standard library alone: a wheel is a zip file with a list of its hashes.

The wheel of a platform holds the same bytes as its archive, so that one attestation covers both. That is why
no tool is used that would build the binary a second time. pip itself checks the result in the tests.
"""

import base64
import hashlib
import zipfile
from pathlib import Path

# The earliest time that a zip file knows; with it, the same binary makes the same wheel.
EPOCH = (1980, 1, 1, 0, 0, 0)


class Wheel:
    """One wheel, written into `folder` when it is closed."""

    def __init__(self, folder: Path, name: str, version: str, tags: list[str], pure: bool):
        self.prefix = f"{name.replace('-', '_')}-{version}"
        self.info = f"{self.prefix}.dist-info"
        self.version = version
        self.tags = tags
        self.pure = pure
        self.records: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        python, abi, _ = tags[0].split("-")
        platforms = ".".join(tag.split("-")[2] for tag in tags)
        self.path = folder / f"{self.prefix}-{python}-{abi}-{platforms}.whl"
        self.zip = zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, content: bytes, executable: bool = False) -> None:
        entry = zipfile.ZipInfo(name, EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        # Made on Unix, whatever this runs on: pip reads the permissions.
        entry.create_system = 3
        entry.external_attr = (0o100755 if executable else 0o100644) << 16
        self.zip.writestr(entry, content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self.records.append(f"{name},sha256={digest},{len(content)}\n")

    def script(self, name: str, content: bytes) -> None:
        """A program that pip puts on the path."""
        self.add(f"{self.prefix}.data/scripts/{name}", content, executable=True)

    def close(self, metadata: list[tuple[str, str]], description: str = "") -> Path:
        lines = [("Metadata-Version", "2.4"), *metadata]
        text = "".join(f"{key}: {value}\n" for key, value in lines)
        if description:
            text += f"Description-Content-Type: text/markdown\n\n{description}"
        self.add(f"{self.info}/METADATA", text.encode())
        tags = "".join(f"Tag: {tag}\n" for tag in self.tags)
        pure = "true" if self.pure else "false"
        wheel = f"Wheel-Version: 1.0\nGenerator: quell\nRoot-Is-Purelib: {pure}\n{tags}"
        self.add(f"{self.info}/WHEEL", wheel.encode())
        self.records.append(f"{self.info}/RECORD,,\n")
        record = zipfile.ZipInfo(f"{self.info}/RECORD", EPOCH)
        record.create_system = 3
        record.external_attr = 0o100644 << 16
        self.zip.writestr(record, "".join(self.records))
        self.zip.close()
        return self.path
