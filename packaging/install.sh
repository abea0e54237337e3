#!/bin/sh
# Installs quell: downloads the archive for this machine, compares its SHA-256 sum, and copies one file.
#
#   curl -fsSL https://github.com/quell-lang/quell/releases/latest/download/install.sh | sh
#
#   --to FOLDER        where the program goes (default: ~/.local/bin)
#   --version v0.1.0   another release than the one that this script belongs to
#
# QUELL_RELEASES names a mirror: an address that has download/VERSION/FILE, as GitHub's releases do.
set -eu

# Made from platforms.toml by `python3 packaging/release.py update`.
version=v0.1.0
repository=https://github.com/quell-lang/quell
target_of() {
  case "$1" in
    "Linux x86_64") echo x86_64-unknown-linux-musl ;;
    "Linux aarch64") echo aarch64-unknown-linux-musl ;;
    "Darwin x86_64") echo x86_64-apple-darwin ;;
    "Darwin arm64") echo aarch64-apple-darwin ;;
    "Windows x86_64") echo x86_64-pc-windows-msvc ;;
    *) return 1 ;;
  esac
}
# End of the generated part.

fail() {
  echo "quell is not installed: $1" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

download() {
  if has curl; then
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
  elif has wget; then
    wget -q -O "$2" "$1"
  else
    fail "neither curl nor wget is installed"
  fi || fail "$1 can't be downloaded"
}

sum_of() {
  if has sha256sum; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

unpack() {
  case "$1" in
    *.zip) unzip -q "$1" -d "$2" ;;
    *) tar -xzf "$1" -C "$2" ;;
  esac
}

# All in one function that is called at the end: a script that arrives in half does nothing.
main() {
  to="${HOME:-}/.local/bin"
  while [ $# -gt 0 ]; do
    case "$1" in
      --to) to="${2:?a folder is missing after --to}" && shift 2 ;;
      --version) version="${2:?a version is missing after --version}" && version="v${version#v}" && shift 2 ;;
      *) fail "unknown option $1 (known: --to FOLDER, --version VERSION)" ;;
    esac
  done

  has sha256sum || has shasum || fail "sha256sum is missing, so the download can't be verified"

  system=$(uname -s)
  case "$system" in MINGW* | MSYS* | CYGWIN*) system=Windows ;; esac
  machine="$system $(uname -m)"
  target=$(target_of "$machine") ||
    fail "there is no binary for $machine; build it: cargo install --locked --git $repository --tag $version quell"
  binary=quell ending=tar.gz
  if [ "$system" = Windows ]; then binary=quell.exe ending=zip; fi
  name="quell-$version-$target"
  from="${QUELL_RELEASES:-$repository/releases}/download/$version"

  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 1' HUP INT TERM
  download "$from/SHA256SUMS" "$scratch/SHA256SUMS"
  download "$from/$name.$ending" "$scratch/$name.$ending"
  expected=$(awk -v file="$name.$ending" '$2 == file { print $1 }' "$scratch/SHA256SUMS")
  [ -n "$expected" ] || fail "SHA256SUMS of $version doesn't list $name.$ending"
  actual=$(sum_of "$scratch/$name.$ending")
  [ "$actual" = "$expected" ] ||
    fail "wrong checksum for $name.$ending: expected $expected, got $actual"
  unpack "$scratch/$name.$ending" "$scratch"

  mkdir -p "$to"
  # Copied beside and renamed: a quell that is running goes on running.
  cp "$scratch/$name/$binary" "$to/.$binary.$$"
  chmod 755 "$to/.$binary.$$"
  mv -f "$to/.$binary.$$" "$to/$binary"
  echo "installed $("$to/$binary" --version) as $to/$binary"
  case ":$PATH:" in
    *":$to:"*) ;;
    *) echo "add $to to your PATH: export PATH=\"$to:\$PATH\"" ;;
  esac
}

main "$@"
