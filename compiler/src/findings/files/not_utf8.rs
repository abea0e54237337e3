//! File that isn't UTF-8.
//!
//! ## Why
//!
//! Quell files are UTF-8. Other encodings can't be detected reliably, and a wrong guess would put wrong
//! letters into the messages that people get during an incident.
//!
//! ## Bad
//!
//! ```text
//! let greeting: Text = "Gr<0xFC>ezi"     ISO 8859-1
//! ```
//!
//! ## Good
//!
//! ```quell
//! let greeting: Text = "Grüezi"
//! ```

use crate::{diagnostic::Diagnostic, source::Span};

/// The code.
pub const CODE: &str = "not-utf8";

/// `bytes[at]` is the first that can't be read; it is shown at `span`.
pub fn at(span: Span, bytes: &[u8], at: usize) -> Diagnostic {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let finding = if utf16 {
        Diagnostic::error(CODE, span, "the file is UTF-16, not UTF-8")
    } else {
        let byte = bytes.get(at).copied().unwrap_or_default();
        Diagnostic::error(CODE, span, format!("byte 0x{byte:02X} at offset {at} is not UTF-8"))
            .note("the rest of the file was read with replacement characters for such bytes")
    };
    finding.help("save the file as UTF-8")
}
