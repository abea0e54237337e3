//! Tabs in the indentation.
//!
//! ## Why
//!
//! Quell files are indented with two spaces per level, so that they look the same in every editor, chat and
//! review. `quell fmt` converts tabs.
//!
//! ## Bad
//!
//! ```text
//! record Disk {
//! <TAB>mount: Text,
//! }
//! ```
//!
//! ## Good
//!
//! ```quell
//! record Disk {
//!   mount: Text,
//! }
//! ```

use crate::{
    diagnostic::{Diagnostic, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "tab";

/// `count` lines are indented so; the first at `span`.
pub fn at(span: Span, count: usize) -> Diagnostic {
    let lines = if count == 1 { "line is" } else { "lines are" };
    Diagnostic::new(CODE, Level::Info, span, format!("{count} {lines} indented with tabs"))
        .note("the width of a tab differs from tool to tool")
        .help("run `quell fmt` to indent with two spaces per level")
}
