//! What the pages show is what the program does: programs compile, transcripts are run, commands and project
//! files are read, links lead somewhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod blocks;
mod commands;
mod data;
mod kinds;
mod links;
mod programs;
mod transcripts;

use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
