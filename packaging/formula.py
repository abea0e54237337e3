"""The Homebrew formula, for the tap `quell-lang/homebrew-tap`."""

import table

SYSTEMS = {"darwin": "macos", "linux": "linux"}
CPUS = {"arm64": "arm", "x64": "intel"}


def text(version: str, sums: dict[str, str]) -> str:
    """The formula of a release; `sums` has the SHA-256 sum of each archive by its name."""
    lines = [
        "class Quell < Formula",
        f'  desc "{table.SUMMARY}"',
        f'  homepage "{table.REPOSITORY}"',
        f'  version "{version}"',
        '  license "MIT"',
    ]
    for system, block in SYSTEMS.items():
        lines += ["", f"  on_{block} do"]
        for platform in table.platforms():
            if platform.npm[0] != system:
                continue
            archive = platform.archive(version)
            lines += [
                f"    on_{CPUS[platform.npm[1]]} do",
                f'      url "{table.REPOSITORY}/releases/download/v{version}/{archive}"',
                f'      sha256 "{sums[archive]}"',
                "    end",
            ]
        lines += ["  end"]
    lines += [
        "",
        "  def install",
        '    bin.install "quell"',
        '    generate_completions_from_executable(bin/"quell", "completions")',
        "  end",
        "",
        "  test do",
        '    assert_match version.to_s, shell_output("#{bin}/quell --version")',
        "  end",
        "end",
    ]
    return "\n".join(lines) + "\n"
