//! A line is indented with tabs.
//!
//! ## Why
//!
//! Quell files are indented with two spaces for each level, so that they look alike in each editor,
//! in chats and in reviews. `quell fmt` writes them so.
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
        .note("tabs are as wide as each tool likes")
        .help("`quell fmt` puts two spaces for each level")
}
