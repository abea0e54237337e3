"""What pip runs for `pip install .` in this repository: pre-commit does so for hooks in `language: python`.

Nothing is built. The result is an empty package that depends on `quell` from PyPI, in the version of this
repository: a binary wheel, installed in seconds. It needs Python alone, without another build tool.
"""

import re
from pathlib import Path

from wheels import Wheel

NAME = "quell-pre-commit"
ROOT = Path(__file__).resolve().parent.parent


def get_requires_for_build_wheel(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    manifest = (ROOT / "Cargo.toml").read_text("utf-8")
    version = re.search(r'^version = "([^"]+)"', manifest, re.MULTILINE)[1]
    wheel = Wheel(Path(wheel_directory), NAME, version, ["py3-none-any"], pure=True)
    metadata = [("Name", NAME), ("Version", version), ("Requires-Dist", f"quell=={version}")]
    return wheel.close(metadata).name


def build_sdist(sdist_directory, config_settings=None):
    raise NotImplementedError("this package is for pre-commit; Quell itself is `quell` on PyPI")
