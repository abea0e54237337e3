"""The npm packages: one that finds the program, and one with the program for each platform.

npm installs the one optional dependency whose `os` and `cpu` fit and skips the others. No script runs at
install time and nothing is downloaded, so `npm ci --ignore-scripts` and private mirrors work.
"""

import json
from pathlib import Path

import archives
import table
from table import Platform

MAIN = f"{table.NPM_SCOPE}/quell"


def _common(name: str, version: str) -> dict:
    return {
        "name": name,
        "version": version,
        "description": table.SUMMARY,
        "license": "MIT",
        "repository": {"type": "git", "url": f"git+{table.REPOSITORY}.git"},
        "homepage": table.REPOSITORY,
    }


def _write(out: Path, manifest: dict, files: list[archives.File]) -> Path:
    # `npm pack` names the files so: @scope/name becomes scope-name.
    name = manifest["name"].removeprefix("@").replace("/", "-")
    text = (json.dumps(manifest, indent=2) + "\n").encode()
    inside = [(f"package/{name}", *rest) for name, *rest in [("package.json", text, False), *files]]
    return archives.write(out / f"{name}-{manifest['version']}.tgz", inside)


def platform_package(out: Path, platform: Platform, version: str, binary: bytes) -> Path:
    system, cpu = platform.npm
    manifest = _common(platform.npm_package, version) | {
        "os": [system],
        "cpu": [cpu],
        "preferUnplugged": True,
    }
    readme = f"The program of [{MAIN}]({table.REPOSITORY}) for {system} on {cpu}. Install that package.\n"
    license = (table.ROOT / "LICENSE").read_bytes()
    files = [
        (platform.binary, binary, True),
        ("README.md", readme.encode(), False),
        ("LICENSE", license, False),
    ]
    return _write(out, manifest, files)


def main_package(out: Path, version: str) -> Path:
    manifest = _common(MAIN, version) | {
        "bin": {"quell": "quell.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": {platform.npm_package: version for platform in table.platforms()},
    }
    files = [
        ("quell.js", (table.ROOT / "packaging/quell.js").read_bytes(), True),
        ("README.md", (table.ROOT / "packaging/README.package.md").read_bytes(), False),
        ("LICENSE", (table.ROOT / "LICENSE").read_bytes(), False),
    ]
    return _write(out, manifest, files)
