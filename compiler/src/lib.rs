//! Pure functions from Quell text to meaning.
//!
//! The pipeline, each stage a module: `syntax` (text to a lossless tree), `hir` (the tree without
//! its spelling), `names`, `types`, `effects`, `graph` (the step graph), `check` (all of these).
//! `format`, `lint`, `simulate` and `emit` read their results, and `report` reads those of `simulate`.
//! Nothing here opens files, reads the clock or the environment, or prints.

pub mod alerts;
pub mod check;
pub mod coverage;
pub mod diagnostic;
pub mod docs;
pub mod effects;
pub mod emit;
pub mod encoding;
pub mod findings;
pub mod format;
pub mod graph;
pub mod hir;
pub mod import;
pub mod lint;
pub mod markdown;
pub mod names;
pub mod repair;
pub mod report;
pub mod simulate;
pub mod source;
pub mod syntax;
pub mod types;
pub mod visible;
pub mod world;
pub mod yaml;
