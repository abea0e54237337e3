//! Invisible mark that changes the text direction.
//!
//! ## Why
//!
//! Unicode has invisible marks that reverse the text after them, for scripts written from right to left. With
//! such a mark a line can look as if it said something else: an approval that appears to be required may in
//! fact be part of a comment. Playbooks are reviewed by reading them, so what you see has to be what runs.
//!
//! Arabic, Hebrew and other such scripts don't need the marks: their letters already have a direction. If a
//! text does need one, write it as an escape such as `\u{200F}`, which every reader can see.
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
    let message = format!("{} changes the direction in which this text is displayed", listed(marks));
    let mut finding = Diagnostic::new(CODE, level, span, message)
        .note("the mark is invisible, so this line may not say what it seems to say");
    finding.fixes.extend(fix);
    finding
}
