//! The standard library: the `.quell` modules under `std/`, embedded in the binary.
//!
//! The modules are ordinary Quell. Nothing in the compiler knows any of their actions by name.

use include_dir::{Dir, include_dir};

static STD: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/std");

/// All modules as (module path, text), sorted by path: `("std.slack", "...")`.
pub fn modules() -> Vec<(String, &'static str)> {
    let mut modules: Vec<(String, &'static str)> = STD
        .files()
        .filter(|file| file.path().extension().is_some_and(|ext| ext == "quell"))
        .filter_map(|file| {
            Some((format!("std.{}", file.path().file_stem()?.to_str()?), file.contents_utf8()?))
        })
        .collect();
    modules.sort();
    modules
}
