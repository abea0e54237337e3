//! A mark changes the direction in which a text is read.
//!
//! ## Why
//!
//! Unicode has marks that turn the letters behind them around, for scripts that are read from right to left.
//! They can't be seen, and with them a line can be made to look as if it said something else: an approval
//! that seems to be required may stand in a comment. Playbooks are approved by reading them.
//!
//! Texts in Arabic, Hebrew and the like need none: their letters have a direction of their own. A text that
//! does need a mark can have it as `\u{200F}`, where everybody sees it.
//!
//! ## Bad
//!
//! ```text
//! let note: Text = "restart<U+202E>"
//! ```
//!
//! ## Good
//!
//! ```quell
//! let note: Text = "restart\u{202E}"
//! ```

use super::invisible_character::listed;
use crate::{
    diagnostic::{Diagnostic, Fix, Level},
    source::Span,
};

/// The code.
pub const CODE: &str = "direction-mark";

/// The marks in a comment, a text or elsewhere, between the ends of `span`.
pub fn found(span: Span, marks: &[char], fix: Option<Fix>) -> Diagnostic {
    // These only set the direction of what has none of its own, such as a full stop.
    let weak = marks.iter().all(|mark| matches!(mark, '\u{200E}' | '\u{200F}' | '\u{61C}'));
    let level = if weak { Level::Warning } else { Level::Error };
    let message = format!("{} changes the direction in which this is read", listed(marks));
    let mut finding = Diagnostic::new(CODE, level, span, message)
        .note("it can't be seen, and what stands here may look like something else");
    finding.fixes.extend(fix);
    finding
}
