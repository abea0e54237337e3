#!/usr/bin/env python3
"""Packs a release. `.github/workflows/release.yml` calls it; the tests call it with the binary at hand.

  release.py matrix [--tag v0.1.0]                       the jobs of the workflow, as its outputs
  release.py pack --target T --binary FILE --out FOLDER  archive, wheel, npm package, container files
  release.py finish --out FOLDER                         what needs all platforms: sums, formula, npm, script
  release.py update                                      rewrites the generated part of install.sh
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import archives
import formula
import npm
import table
from wheels import Wheel

BEGIN = "# Made from platforms.toml by `python3 packaging/release.py update`.\n"
END = "# End of the generated part.\n"


def matrix(tag: str | None) -> None:
    version = table.version()
    if tag is not None and tag != f"v{version}":
        raise SystemExit(f"the tag is {tag}, but Cargo.toml has version {version}")
    jobs = [
        {"target": platform.target, "runner": platform.runner, "binary": platform.binary}
        for platform in table.platforms()
    ]
    print(f"version={version}")
    print(f"matrix={json.dumps({'include': jobs})}")


def pack(target: str, binary: Path, out: Path) -> None:
    platform, version = table.platform(target), table.version()
    content = binary.read_bytes()
    folder = platform.folder(version)
    files = [(f"{folder}/{platform.binary}", content, True)]
    for name in ["LICENSE", "README.md", "CHANGELOG.md"]:
        files.append((f"{folder}/{name}", (table.ROOT / name).read_bytes(), False))
    made = [archives.write(out / "archives" / platform.archive(version), files)]

    tags = [f"py3-none-{tag}" for tag in platform.wheel]
    wheel = Wheel(out / "wheels", "quell", version, tags, pure=False)
    wheel.script(platform.binary, content)
    wheel.add(f"{wheel.info}/licenses/LICENSE", (table.ROOT / "LICENSE").read_bytes())
    metadata = [
        ("Name", "quell"),
        ("Version", version),
        ("Summary", table.SUMMARY),
        ("License-Expression", "MIT"),
        ("License-File", "LICENSE"),
        ("Project-URL", f"Repository, {table.REPOSITORY}"),
        ("Requires-Python", ">=3.8"),
    ]
    made.append(wheel.close(metadata, (table.ROOT / "packaging/README.package.md").read_text("utf-8")))

    made.append(npm.platform_package(out / "npm", platform, version, content))
    if platform.container:
        place = out / "container" / f"linux-{platform.container}" / platform.binary
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        place.chmod(0o755)
        made.append(place)
    for path in made:
        print(path)


def finish(out: Path) -> None:
    version = table.version()
    folder = out / "archives"
    wanted = [platform.archive(version) for platform in table.platforms()]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"missing in {folder}: {', '.join(missing)}")
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in wanted}
    (folder / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in wanted), "utf-8")
    shutil.copy(table.ROOT / "packaging/install.sh", folder / "install.sh")
    (out / "quell.rb").write_text(formula.text(version, sums), "utf-8")
    npm.main_package(out / "npm", version)
    shutil.copy(table.ROOT / "packaging/Dockerfile", out / "container/Dockerfile")
    shutil.copy(table.ROOT / "LICENSE", out / "container/LICENSE")


def install_script(text: str) -> str:
    """The text of install.sh with its generated part as it should be."""
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    lines = [f"version=v{table.version()}\n", f"repository={table.REPOSITORY}\n", "target_of() {\n"]
    lines.append('  case "$1" in\n')
    for platform in table.platforms():
        lines.append(f'    "{" ".join(platform.uname)}") echo {platform.target} ;;\n')
    lines += ["    *) return 1 ;;\n", "  esac\n", "}\n"]
    return before + BEGIN + "".join(lines) + END + after


def update() -> None:
    path = table.ROOT / "packaging/install.sh"
    path.write_text(install_script(path.read_text("utf-8")), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("matrix").add_argument("--tag")
    packing = commands.add_parser("pack")
    packing.add_argument("--target", required=True)
    packing.add_argument("--binary", type=Path, required=True)
    packing.add_argument("--out", type=Path, required=True)
    commands.add_parser("finish").add_argument("--out", type=Path, required=True)
    commands.add_parser("update")
    arguments = vars(parser.parse_args())
    command = arguments.pop("command")
    {"matrix": matrix, "pack": pack, "finish": finish, "update": update}[command](**arguments)


if __name__ == "__main__":
    main()
