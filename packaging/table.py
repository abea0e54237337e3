"""The table of platforms, and the version that is being packed."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "https://github.com/quell-lang/quell"
SUMMARY = "Incident playbooks as code: check, format and dry-run them before the incident"
NPM_SCOPE = "@quell-lang"


@dataclass(frozen=True)
class Platform:
    """One row of platforms.toml."""

    target: str
    runner: str
    uname: tuple[str, str]
    wheel: tuple[str, ...]
    npm: tuple[str, str]
    container: str | None

    @property
    def is_windows(self) -> bool:
        return "windows" in self.target

    @property
    def binary(self) -> str:
        return "quell.exe" if self.is_windows else "quell"

    @property
    def npm_package(self) -> str:
        return f"{NPM_SCOPE}/quell-{'-'.join(self.npm)}"

    def folder(self, version: str) -> str:
        """The folder inside the archive."""
        return f"quell-v{version}-{self.target}"

    def archive(self, version: str) -> str:
        return f"{self.folder(version)}.{'zip' if self.is_windows else 'tar.gz'}"


def platforms() -> list[Platform]:
    table = tomllib.loads((ROOT / "packaging/platforms.toml").read_text("utf-8"))
    return [
        Platform(
            target=row["target"],
            runner=row["runner"],
            uname=tuple(row["uname"]),
            wheel=tuple(row["wheel"]),
            npm=(row["npm"]["os"], row["npm"]["cpu"]),
            container=row.get("container"),
        )
        for row in table["platform"]
    ]


def platform(target: str) -> Platform:
    known = {platform.target: platform for platform in platforms()}
    if target not in known:
        raise SystemExit(f"packaging/platforms.toml has no target `{target}`: {', '.join(known)}")
    return known[target]


def version() -> str:
    manifest = (ROOT / "Cargo.toml").read_text("utf-8")
    return re.search(r'^\[workspace\.package\]\nversion = "([^"]+)"', manifest, re.MULTILINE)[1]
